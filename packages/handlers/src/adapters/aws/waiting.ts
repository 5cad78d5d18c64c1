/** Waiting for something that AWS does, inside the time that a function is given. */
import type { Clock } from "../../ports.ts";

export interface Waiting {
  readonly clock: Clock;
  /** The moment at which the function must have answered. */
  readonly deadlineEpochMs: () => number;
  readonly pause: (durationMs: number) => Promise<unknown>;
}

/**
 * Asks until there is an answer.
 *
 * @returns `undefined` when the next pause would end after the deadline
 */
export async function waitFor<Answer>(
  { clock, deadlineEpochMs, pause }: Waiting,
  everyMs: number,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (clock.nowEpochMs() + everyMs >= deadlineEpochMs()) return undefined;
    await pause(everyMs);
  }
}
