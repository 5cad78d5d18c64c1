/** A definition in, everything that is wrong with it out. */
import type { Diagnostic } from "../diagnostic.ts";
import { isJsonObject } from "../json.ts";
import type { JsonValue } from "../json.ts";
import { limits } from "../limits.ts";
import { locationOf } from "../place.ts";
import { walkGraphs, walkStates } from "../walk.ts";
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
  const subject = { definition, graphs: walkGraphs(definition), states: walkStates(definition), options };
  for (const rule of rules) rule(subject, (code, message, place) => findings.push({ code, message, place }));
  return options.severity === "ERROR"
    ? findings.filter(({ code }) => diagnosticCodes[code].severity === "ERROR")
    : findings;
}

/** Without recursion: this is what protects the recursive checks. */
function isDeeperThan(root: JsonValue, maxLevels: number): boolean {
  let level: JsonValue[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxLevels) return true;
    const next: JsonValue[] = [];
    for (const value of level) {
      if (typeof value !== "object" || value === null) continue;
      for (const member of Object.values(value)) if (typeof member === "object" && member !== null) next.push(member);
    }
    level = next;
  }
  return false;
}
