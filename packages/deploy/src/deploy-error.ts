export type DeployErrorCode = "TYPE_CHANGED" | "CHANGED_MEANWHILE" | "UNFILLED_SUBSTITUTION" | "ANSWER_INCOMPLETE";

/** A deployment that was refused. What AWS itself refuses keeps AWS's own error. */
export class DeployError extends Error {
  override readonly name = "DeployError";
  readonly code: DeployErrorCode;

  constructor(code: DeployErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
