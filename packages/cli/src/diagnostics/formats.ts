/** Diagnostics as people and machines read them. */
import type { Terminal } from "../terminal.ts";
import { githubAnnotation } from "./github-annotation.ts";
import type { ReportedDiagnostic } from "./reported-diagnostic.ts";
import { sarifLog } from "./sarif-log.ts";

export type DiagnosticFormat = keyof typeof diagnosticFormats;

/** Each gives whole lines, or nothing at all. */
export const diagnosticFormats = {
  text: (diagnostics, terminal) => diagnostics.map((diagnostic) => textLine(diagnostic, terminal)).join(""),
  json: (diagnostics) => `${JSON.stringify({ diagnostics }, undefined, 2)}\n`,
  sarif: (diagnostics) => `${JSON.stringify(sarifLog(diagnostics), undefined, 2)}\n`,
  github: (diagnostics) =>
    diagnostics
      .map(({ severity, code, message, location, file, source }) =>
        githubAnnotation({
          level: severity === "ERROR" ? "error" : "warning",
          title: code,
          file: source?.file ?? file,
          ...(source === undefined ? {} : { line: source.line, column: source.column }),
          message: location === undefined ? message : `${message} (${location})`,
        }),
      )
      .join(""),
} satisfies Record<string, (diagnostics: readonly ReportedDiagnostic[], terminal: Terminal) => string>;

function textLine({ severity, code, message, location, file, source }: ReportedDiagnostic, terminal: Terminal): string {
  const place = source === undefined ? file : `${source.file}:${source.line}:${source.column}`;
  const level = terminal.style(severity === "ERROR" ? "red" : "yellow", severity.toLowerCase());
  const where = location === undefined ? "" : terminal.style("dim", `  (${location})`);
  return `${place}: ${level} ${code}: ${message}${where}\n`;
}
