/** The state that a request means, its definition checked. */
import { invalidDefinitionMessage, isJsonObject, parseJson, validateDefinition, walkGraphs } from "@stepwright/asl";
import type { Diagnostic, JsonObject, JsonValue, QueryLanguage, State } from "@stepwright/asl";
import { TestStateRefusal, invalid } from "./test-state-refusal.ts";
import type { TestStateRequest } from "./test-state-request.ts";

/** The service calls every tested state so, whatever its definition does (recorded). */
export const testedStateName = "StateName";

export interface TestedState {
  readonly state: State;
  readonly language: QueryLanguage;
}

/** @throws TestStateRefusal for a definition with errors, or without the named state */
export function testedState({ definition, stateName }: TestStateRequest): TestedState {
  const { error, value } = parseJson(definition);
  if (error !== undefined) {
    const message = `INVALID_JSON_DESCRIPTION: ${error.message}`;
    throw new TestStateRefusal("InvalidDefinition", `Invalid State Machine Definition: '${message}'`);
  }
  return stateName === undefined ? aloneState(value) : namedState(value, stateName);
}

function aloneState(value: JsonValue): TestedState {
  const machine = { StartAt: testedStateName, States: { [testedStateName]: value } };
  refuseErrors(validateDefinition(machine, { severity: "ERROR" }).filter(concernsAloneState));
  const state = value as JsonObject & State;
  return { state, language: state.QueryLanguage ?? "JSONPath" };
}

/** Where a state alone leads to is not there, and who does the work inside a Map or Parallel is not asked (recorded). */
function concernsAloneState({ code, location = "" }: Diagnostic): boolean {
  const isInnerResource = /^\/States\/[^/]+\/.+\/Resource$/.test(location);
  return code !== "MISSING_TRANSITION_TARGET" && code !== "MISSING_END_STATE" && !isInnerResource;
}

function namedState(machine: JsonValue, stateName: string): TestedState {
  refuseErrors(validateDefinition(machine, { severity: "ERROR" }));
  const found = walkGraphs(machine)
    .flatMap(({ states }) => states)
    .find(({ name }) => name === stateName);
  if (found === undefined) throw invalid("State not found in definition");
  return { state: found.value as JsonObject & State, language: found.queryLanguage };
}

function refuseErrors(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) throw new TestStateRefusal("InvalidDefinition", invalidDefinitionMessage(diagnostics));
}

/** @throws TestStateRefusal when the text is not JSON */
export function parsedMember(text: string, message: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined) throw invalid(message);
  return value;
}

/** @throws TestStateRefusal when the text is not a JSON object */
export function parsedObject(text: string, message: string): JsonObject {
  const value = parsedMember(text, message);
  if (!isJsonObject(value)) throw invalid(message);
  return value;
}
