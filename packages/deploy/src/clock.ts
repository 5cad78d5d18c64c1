/** Time, as a deployment needs it. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Clock {
  /** Ends early, without an error, when the signal aborts. */
  wait(durationMs: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  async wait(durationMs, signal) {
    try {
      await sleep(durationMs, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
