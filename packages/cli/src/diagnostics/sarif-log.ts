/**
 * Diagnostics as a SARIF 2.1.0 log, which code scanning services read.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
import type { ReportedDiagnostic } from "./reported-diagnostic.ts";

export function sarifLog(diagnostics: readonly ReportedDiagnostic[]) {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "stepwright", rules: codes.map((id) => ({ id })) } },
        results: diagnostics.map((diagnostic) => sarifResult(diagnostic, codes)),
      },
    ],
  };
}

function sarifResult(
  { severity, code, message, location, file, source }: ReportedDiagnostic,
  codes: readonly string[],
) {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity === "ERROR" ? "error" : "warning",
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(source?.file ?? file) },
          ...(source === undefined ? {} : { region: { startLine: source.line, startColumn: source.column } }),
        },
        ...(location === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: location }] }),
      },
    ],
  };
}

/** A URI reference: each segment escaped, the separators not. */
function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
