/** A definition in, everything that is wrong with it out. */
import type { Diagnostic } from "../diagnostic.ts";
import { isJsonArray, isJsonObject } from "../json.ts";
import type { JsonValue } from "../json.ts";
import { limits } from "../limits.ts";
import { locationOf } from "../place.ts";
import { statesWithin, walkGraphs } from "../walk.ts";
import { diagnosticCodes } from "./codes.ts";
import type { Finding, ValidateOptions } from "./report.ts";
import { rules } from "./rules.ts";

/**
 * All diagnostics at once, errors and warnings, in a stable order. The codes, messages and locations of what AWS refuses
 * are AWS's. `${Name}` placeholders are accepted wherever a value may be filled in later.
 * @returns an empty list for a definition that CreateStateMachine would accept without a warning
 * @throws never, whatever the value
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validateDefinition(
  definition: JsonValue | object,
  options: ValidateOptions = {},
): readonly Diagnostic[] {
  return findingsOf(definition as JsonValue, options).map(diagnosticOf);
}

export function diagnosticOf({ code, message, place }: Finding): Diagnostic {
  const { severity } = diagnosticCodes[code];
  return place === null ? { severity, code, message } : { severity, code, message, location: locationOf(place) };
}

/** The same with places that can still be looked up in the text. */
export function findingsOf(definition: JsonValue, options: ValidateOptions): readonly Finding[] {
  if (!isJsonObject(definition)) {
    return [{ code: "SCHEMA_VALIDATION_FAILED", message: "Definition must be a valid JSON object", place: null }];
  }
  if (isDeeperThan(definition, limits.nestingLevels.value)) {
    const message = `The definition is nested deeper than ${limits.nestingLevels.value} levels`;
    return [{ code: "TOO_DEEPLY_NESTED", message, place: null }];
  }
  const findings: Finding[] = [];
  const graphs = walkGraphs(definition);
  const subject = { definition, graphs, states: graphs[0] === undefined ? [] : statesWithin(graphs[0]), options };
  for (const rule of rules) rule(subject, (code, message, place) => findings.push({ code, message, place }));
  return options.severity === "ERROR"
    ? findings.filter(({ code }) => diagnosticCodes[code].severity === "ERROR")
    : findings;
}

/** Looks no deeper than it has to, which is what protects the recursive checks. */
function isDeeperThan(value: JsonValue, maxLevels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (maxLevels === 0) return true;
  if (isJsonArray(value)) return value.some((item) => isDeeperThan(item, maxLevels - 1));
  return Object.keys(value).some((key) => isDeeperThan(value[key] as JsonValue, maxLevels - 1));
}
