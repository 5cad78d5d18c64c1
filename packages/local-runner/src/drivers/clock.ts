/** Time as a driver sees it: what moment it is, and who wants to be woken when. */
export interface Clock {
  nowEpochMs(): number;
  wakeAt(timerId: number, atEpochMs: number): void;
  cancel(timerId: number): void;
  /**
   * Virtual time only moves when nothing else happens: goes to the next due timer.
   * @returns that timer, or `undefined` when there is none or the clock moves by itself
   */
  advance(): number | undefined;
  readonly hasTimers: boolean;
  /** Forgets every timer. */
  stop(): void;
}
