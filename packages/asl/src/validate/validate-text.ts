/** A definition's text in, everything that is wrong with it out, with lines and columns. */
import type { Diagnostic } from "../diagnostic.ts";
import { parseDefinitionText } from "../definition-text.ts";
import type { DefinitionTextOptions } from "../definition-text.ts";
import { keysOf } from "../place.ts";
import type { ValidateOptions } from "./report.ts";
import { diagnosticOf, findingsOf } from "./validate-definition.ts";

/** Like `validateDefinition`, from JSON or YAML; every diagnostic also says where in the text (`source`). */
export function validateText(
  text: string,
  options: ValidateOptions & DefinitionTextOptions = {},
): readonly Diagnostic[] {
  const parsed = parseDefinitionText(text, options);
  const ofText = options.severity === "ERROR" ? parsed.diagnostics.filter(isError) : parsed.diagnostics;
  if (parsed.definition === undefined) return ofText;
  const ofDefinition = findingsOf(parsed.definition, options).map((finding) => ({
    ...diagnosticOf(finding),
    source: parsed.positions.locate(finding.place === null ? [] : keysOf(finding.place)),
  }));
  return [...ofText, ...ofDefinition];
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "ERROR";
}
