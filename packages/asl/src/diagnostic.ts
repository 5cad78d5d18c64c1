/**
 * What is wrong with a definition, as data. The shape is that of AWS's ValidateStateMachineDefinition,
 * plus the place in the author's own source when it is known.
 */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  /** Stable and searchable: AWS's code where AWS has one (`SCHEMA_VALIDATION_FAILED`), else ours. */
  readonly code: string;
  readonly message: string;
  /** Where in the definition, as AWS prints it: `/States/Train/Next`. */
  readonly location?: string;
  /** Where in the text or the TypeScript code that the definition came from. */
  readonly source?: SourceLocation;
}

export interface SourceLocation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}
