import type { SourceLocation } from "@stepwright/asl";

/** Why a call was refused; stable and searchable. */
export type CodegenErrorCode =
  | "CONFIG_NOT_FOUND"
  | "CONFIG_INVALID"
  | "MODULE_NOT_FOUND"
  | "MODULE_SYNTAX"
  | "MODULE_THREW"
  | "MODULE_TIMED_OUT"
  | "NOT_A_MACHINE"
  | "CONTRACT_UNREPRESENTABLE"
  | "NAME_INVALID"
  | "NAME_TAKEN"
  | "NOT_A_DEFINITION"
  | "NOT_IMPORTABLE"
  | "READ_FAILED"
  | "WRITE_FAILED";

/**
 * A call that could not be carried out. The message says what was found, what was wanted and where;
 * a definition that is merely wrong is never an exception but a list of diagnostics.
 */
export class CodegenError extends Error {
  override readonly name = "CodegenError";
  readonly code: CodegenErrorCode;
  /** The place in the author's own source, when it is known; its `file` is absolute. */
  readonly source: SourceLocation | undefined;

  constructor(code: CodegenErrorCode, message: string, details: { source?: SourceLocation; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.source = details.source;
  }
}
