import type { Clock } from "./clock.ts";

/** The longest that `setTimeout` can wait. */
const maxTimeoutMs = 2_147_483_647;

/** The system's clock, except that it never goes back. */
export class RealClock implements Clock {
  readonly #onWake: (timerId: number) => void;
  #timeouts: Map<number, NodeJS.Timeout> | undefined;
  #latestEpochMs = 0;

  /** @param onWake called for each timer, at its time or a little after */
  constructor(onWake: (timerId: number) => void) {
    this.#onWake = onWake;
  }

  nowEpochMs(): number {
    this.#latestEpochMs = Math.max(this.#latestEpochMs, Date.now());
    return this.#latestEpochMs;
  }

  wakeAt(timerId: number, atEpochMs: number): void {
    const delayMs = Math.min(Math.max(atEpochMs - this.nowEpochMs(), 0), maxTimeoutMs);
    this.#timeouts ??= new Map();
    this.#timeouts.set(
      timerId,
      setTimeout(() => this.#wake(timerId, atEpochMs), delayMs),
    );
  }

  #wake(timerId: number, atEpochMs: number): void {
    // setTimeout may fire a millisecond early, and cannot wait longer than its maximum.
    if (this.nowEpochMs() < atEpochMs) return this.wakeAt(timerId, atEpochMs);
    this.#timeouts?.delete(timerId);
    this.#onWake(timerId);
  }

  cancel(timerId: number): void {
    clearTimeout(this.#timeouts?.get(timerId));
    this.#timeouts?.delete(timerId);
  }

  advance(): undefined {
    return undefined;
  }

  get hasTimers(): boolean {
    return this.#timeouts !== undefined && this.#timeouts.size > 0;
  }

  stop(): void {
    for (const timeout of this.#timeouts?.values() ?? []) clearTimeout(timeout);
    this.#timeouts = undefined;
  }
}
