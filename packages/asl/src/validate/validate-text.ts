/** A definition's text in, everything that is wrong with it out, with lines and columns. */
import type { Diagnostic } from "../diagnostic.ts";
import { parseDefinitionText } from "../text/definition-text.ts";
import type { DefinitionTextOptions } from "../text/definition-text.ts";
import type { DefinitionPositions } from "../text/parsed-definition-text.ts";
import { limits } from "../limits.ts";
import { keysOf } from "../place.ts";
import type { DiagnosticCode } from "./codes.ts";
import type { ValidateOptions } from "./report.ts";
import { diagnosticOf, findingsOf } from "./validate-definition.ts";

/** Like `validateDefinition`, from JSON or YAML; every diagnostic also says where in the text (`source`). */
export function validateText(
  text: string,
  options: ValidateOptions & DefinitionTextOptions = {},
): readonly Diagnostic[] {
  const parsed = parseDefinitionText(text, options);
  const { definition, format, positions } = parsed;
  const ofText = parsed.diagnostics.filter(({ severity }) => severity === "ERROR" || options.severity !== "ERROR");
  if (definition === undefined) return ofText;
  const ofLength = format === "json" ? checkLength(text, positions) : [];
  const ofDefinition = findingsOf(definition, options).map((finding): Diagnostic => {
    const source = positions.locate(finding.place === null ? [] : keysOf(finding.place));
    return { ...diagnosticOf(finding), source };
  });
  return [...ofText, ...ofLength, ...ofDefinition];
}

/** Of JSON only: it is what is sent. YAML is printed as JSON before. */
function checkLength(text: string, positions: DefinitionPositions): readonly Diagnostic[] {
  const longest = limits.definitionCharacters.value;
  if (text.length <= longest) return [];
  const message = `The definition has ${text.length} characters, and the service takes ${longest}`;
  return [
    {
      severity: "ERROR",
      code: "DEFINITION_LIMIT_EXCEEDED" satisfies DiagnosticCode,
      message,
      source: positions.locate([]),
    },
  ];
}
