import type { Diagnostic } from "@stepwright/asl";

/** A diagnostic and the file it is about, relative to the working directory. */
export interface ReportedDiagnostic extends Diagnostic {
  readonly file: string;
}

/** @example countSeverities([]) // => "0 errors, 0 warnings" */
export function countSeverities(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR").length;
  return `${counted(errors, "error")}, ${counted(diagnostics.length - errors, "warning")}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "ERROR");
}

/** @example counted(1, "file") // => "1 file" */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
