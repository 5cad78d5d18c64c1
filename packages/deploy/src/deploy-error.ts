/** Every way in which we refuse; what AWS itself refuses keeps AWS's own error. */
export type DeployErrorCode =
  | "TYPE_CHANGED"
  | "CHANGED_MEANWHILE"
  | "UNFILLED_SUBSTITUTION"
  | "VALUE_UNAVAILABLE"
  | "ANSWER_INCOMPLETE"
  | "NOT_DEPLOYED"
  | "NO_EARLIER_VERSION"
  | "ALARM_MISSING"
  | "FUNCTION_MISSING"
  | "FUNCTION_FAILED"
  | "NOT_CONNECTED"
  | "INTERRUPTED";

/** A deployment that was refused or broken off. */
export class DeployError extends Error {
  override readonly name = "DeployError";
  readonly code: DeployErrorCode;

  constructor(code: DeployErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** AWS's name for an error that it answered: `ConflictException`. */
export function isAwsError(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}

/** `undefined` when AWS answers that there is no such thing. */
export async function orAbsent<Answer>(answer: Promise<Answer>, ...absent: readonly string[]) {
  try {
    return await answer;
  } catch (error) {
    if (isAwsError(error, ...absent)) return undefined;
    throw error;
  }
}
