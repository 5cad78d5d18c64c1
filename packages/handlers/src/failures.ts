/**
 * Everything that can go wrong in a step, by the name that Retry, Catch and people see, with what it does to the run.
 *
 * `retry` may pass by itself: it is thrown, and becomes data on the last attempt. `skip` and `fail` come out the same
 * however often they are tried: they end the model's run as data. `refuse` means that the run itself was asked for
 * wrongly: it is thrown, and trying again does not help.
 */

export type FailureKind = "retry" | "skip" | "fail" | "refuse";

const failureKinds = {
  TransientDependencyError: "retry",
  SourceNotReadyError: "retry",
  TrainingJobStillRunning: "retry",
  TrainingCapacityUnavailable: "retry",
  RegistryConflictError: "fail",
  EndpointBusy: "retry",
  StaleDataError: "skip",
  DataValidationError: "skip",
  InsufficientLabelsError: "skip",
  SchemaMismatchError: "fail",
  SourceUnreadableError: "fail",
  PanDetectedError: "fail",
  LeakageSuspectedError: "fail",
  TrainingJobFailed: "fail",
  InvalidHyperParameterError: "fail",
  InvalidGateError: "fail",
  ModelArtifactCorruptError: "fail",
  FeatureSchemaMismatchError: "fail",
  SmokeTestFailed: "fail",
  DeploymentRolledBack: "fail",
  UnknownModelError: "refuse",
} as const satisfies Record<string, FailureKind>;

export type FailureName = keyof typeof failureKinds;

/** An exception under one of the names above; `name` is what AWS Lambda reports as the error's type. */
export class PipelineError extends Error {
  override readonly name: FailureName;
  readonly reportUri: string | undefined;

  constructor(name: FailureName, message: string, options?: { cause?: unknown; reportUri?: string }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = name;
    this.reportUri = options?.reportUri;
  }
}

/** An exception that no table knows comes from below (disk, network, engine) and may pass. */
export function failureKind(error: unknown): FailureKind {
  return error instanceof Error && isFailureName(error.name) ? failureKinds[error.name] : "retry";
}

/** The exception under a name that contracts know. */
export function asPipelineError(error: unknown): Error {
  if (error instanceof Error && isFailureName(error.name)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PipelineError("TransientDependencyError", message, { cause: error });
}

function isFailureName(name: string): name is FailureName {
  return Object.hasOwn(failureKinds, name);
}
