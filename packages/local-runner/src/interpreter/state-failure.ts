import type { JsonObject } from "@stepwright/asl";

/** What Retry and Catch see of a failure. A Fail state may give neither; both are then `undefined`. */
export interface StateFailure {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** A second name that Retry and Catch know it by. */
  readonly alias?: string;
  /**
   * Ends the execution whatever Retry, Catch, Map and Parallel say: a failure that the service itself reports
   * as `States.Runtime`. (A Fail state or a task may use that name too; then it is a name like any other.)
   */
  readonly fatal?: boolean;
}

export const runtimeError = "States.Runtime";

export const timedOut: StateFailure = { error: "States.Timeout", cause: undefined };

/** The service reports a missed heartbeat as a timeout (recorded); the specification gives it a name of its own. */
export const heartbeatMissed: StateFailure = { ...timedOut, alias: "States.HeartbeatTimeout" };

/** What a catcher gives to the next state. A timeout's missing cause is an empty one (recorded), another's is `null`. */
export function errorOutput({ error, cause }: StateFailure): JsonObject {
  return { Error: error ?? null, Cause: cause ?? (error === timedOut.error ? "" : null) };
}

/** @param source as AWS names it: the resource type of an integration, a function's ARN, a state's name */
export function dataLimitExceeded(source: string): StateFailure {
  const cause = `The state/task '${source}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return { error: "States.DataLimitExceeded", cause };
}
