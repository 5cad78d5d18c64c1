import type { Clock } from "./clock.ts";

/** A clock that stands still until told to advance, and then jumps to the next timer: a year costs nothing. */
export class VirtualClock implements Clock {
  readonly #timers = new TimerQueue();
  #nowEpochMs: number;

  constructor(startEpochMs: number) {
    this.#nowEpochMs = startEpochMs;
  }

  nowEpochMs(): number {
    return this.#nowEpochMs;
  }

  wakeAt(timerId: number, atEpochMs: number): void {
    this.#timers.add({ timerId, atEpochMs });
  }

  cancel(timerId: number): void {
    this.#timers.cancel(timerId);
  }

  advance(): number | undefined {
    const timer = this.#timers.takeFirst();
    if (timer === undefined) return undefined;
    this.#nowEpochMs = Math.max(this.#nowEpochMs, timer.atEpochMs);
    return timer.timerId;
  }

  get hasTimers(): boolean {
    return this.#timers.size > 0;
  }

  stop(): void {
    this.#timers.clear();
  }
}

interface QueuedTimer {
  readonly timerId: number;
  readonly atEpochMs: number;
}

/** A binary heap: the earliest first, of equals the one asked for first. */
class TimerQueue {
  #heap: QueuedTimer[] = [];
  readonly #cancelled = new Set<number>();

  /** With those that were cancelled and not skipped yet. */
  get size(): number {
    return this.#heap.length;
  }

  add(timer: QueuedTimer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(heap[parent]!, timer)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  /** Cheap: the timer is skipped when its turn comes. */
  cancel(timerId: number): void {
    this.#cancelled.add(timerId);
  }

  takeFirst(): QueuedTimer | undefined {
    for (;;) {
      const first = this.#takeRoot();
      if (first === undefined || !this.#cancelled.delete(first.timerId)) return first;
    }
  }

  clear(): void {
    this.#heap = [];
    this.#cancelled.clear();
  }

  #takeRoot(): QueuedTimer | undefined {
    const heap = this.#heap;
    const root = heap[0];
    const last = heap.pop();
    if (root === undefined || last === undefined || heap.length === 0) return root;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (isBefore(last, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return root;
  }
}

function isBefore(left: QueuedTimer, right: QueuedTimer): boolean {
  return left.atEpochMs < right.atEpochMs || (left.atEpochMs === right.atEpochMs && left.timerId < right.timerId);
}
