/** Which errors a Retrier or Catcher means, and how long a Retrier waits. */
import type { RandomSource, Retrier } from "@stepwright/asl";

/**
 * Whether `ErrorEquals` names a failure. `States.TaskFailed` means every error but a timeout; an error without
 * a name (SendTaskFailure may give none) is meant by the two wildcards only.
 * See ASL specification, "Error representation".
 */
export function namesError(errorEquals: readonly string[], { error, alias }: NamedError): boolean {
  return errorEquals.some(
    (name) =>
      name === error ||
      name === "States.ALL" ||
      (name === "States.TaskFailed" && error !== "States.Timeout") ||
      (alias !== undefined && name === alias),
  );
}

/** What Retry and Catch look at. */
export interface NamedError {
  readonly error: string | undefined;
  /** A second name that means it too. */
  readonly alias?: string;
}

/** @returns the position of the first Retrier that names the failure, -1 when none does */
export function matchRetrier(retriers: readonly Retrier[], failure: NamedError): number {
  return retriers.findIndex((retrier) => namesError(retrier.ErrorEquals, failure));
}

/**
 * Delay before the next attempt, in milliseconds.
 *
 * @param retries how often this retrier has been used in this visit of the state, from 0
 * @returns `undefined` when the retrier is spent
 * @see ASL specification, "Retrying after error"
 * @example nextDelayMs({ ErrorEquals: ["States.ALL"], IntervalSeconds: 2 }, 1, random) // => 4000
 */
export function nextDelayMs(retrier: Retrier, retries: number, random: RandomSource): number | undefined {
  if (retries >= (retrier.MaxAttempts ?? 3)) return undefined;
  const backoffSeconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** retries;
  const delayMs = Math.min(backoffSeconds, retrier.MaxDelaySeconds ?? maxDelaySeconds) * 1000;
  return Math.round(retrier.JitterStrategy === "FULL" ? delayMs * random.next() : delayMs);
}

/** The highest `MaxDelaySeconds`; also keeps an unbounded backoff from leaving the calendar. */
const maxDelaySeconds = 31_622_400;
