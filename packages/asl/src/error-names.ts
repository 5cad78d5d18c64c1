/**
 * The error names that the language and the service reserve. Any other string is a custom error.
 * See the ASL specification, "Errors", and
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.
 */
export interface ErrorNameTraits {
  /** A Retrier can see it. */
  readonly retriable: boolean;
  /** A Catcher can see it. */
  readonly catchable: boolean;
  readonly meaning: string;
}

const handled = (meaning: string): ErrorNameTraits => ({ retriable: true, catchable: true, meaning });
const final = (meaning: string): ErrorNameTraits => ({ retriable: false, catchable: false, meaning });

export const reservedErrors = {
  "States.ALL": handled("any error but States.Runtime"),
  "States.TaskFailed": handled("any error but States.Timeout; or a job that failed without a name"),
  "States.Timeout": handled("TimeoutSeconds exceeded, or a heartbeat missed"),
  "States.HeartbeatTimeout": handled("a heartbeat missed; the history calls it States.Timeout"),
  "States.Permissions": handled("the role may not do what the task asks"),
  "States.Runtime": final("the state cannot be processed: a path that finds nothing, no next state"),
  // The guide says that nothing catches it; recorded executions show a Task's catchers do.
  "States.DataLimitExceeded": { retriable: false, catchable: true, meaning: "a payload above 256 KiB" },
  "States.NoChoiceMatched": handled("no rule of a Choice matched and it has no Default"),
  "States.ParameterPathFailure": handled("a path in a payload template found nothing"),
  "States.ResultPathMatchFailure": handled("ResultPath cannot be applied to the state's input"),
  "States.IntrinsicFailure": handled("an intrinsic function failed"),
  "States.QueryEvaluationError": handled("a JSONata expression failed or gave the wrong type"),
  "States.BranchFailed": handled("a Parallel branch failed"),
  "States.ExceedToleratedFailureThreshold": handled("more items of a distributed Map failed than tolerated"),
  "States.ItemReaderFailed": handled("a distributed Map could not read its items"),
  "States.ResultWriterFailed": handled("a distributed Map could not write its results"),
  "States.Http.Socket": handled("an HTTP task could not connect"),
} as const satisfies Readonly<Record<string, ErrorNameTraits>>;

export type ReservedErrorName = keyof typeof reservedErrors;

/** @param name `States.Http.StatusCode.404` and its like are reserved too */
export function isReservedErrorName(name: string): boolean {
  return Object.hasOwn(reservedErrors, name) || /^States\.Http\.StatusCode\.\d{3}$/.test(name);
}
