/**
 * Assign names variables by identifiers, and an inner States block does not assign a variable of an outer one.
 * See https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html. A distributed Map is the border:
 * its child executions see no variable of their parent.
 */
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonValue } from "../../json.ts";
import { limits } from "../../limits.ts";
import { characterCount } from "../../name.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import type { WalkedGraph, WalkedState } from "../../walk.ts";
import { isDistributedMap } from "../map-mode.ts";
import type { Report, Rule } from "../report.ts";

interface Assignment {
  readonly variable: string;
  readonly place: Place;
}

// Unicode's identifiers (UAX 31), and what the specification adds to them: nothing.
const identifier = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

export const variables: Rule = ({ graphs }, report) => {
  const assigned = new Map<WalkedGraph, readonly Assignment[]>();
  for (const graph of graphs) {
    const assignments = graph.states.flatMap(assignmentsOf);
    if (assignments.length > 0) assigned.set(graph, assignments);
  }
  for (const [graph, assignments] of assigned) {
    const outer = outerVariables(graph, assigned);
    for (const assignment of assignments) {
      checkName(assignment, report);
      if (!outer.has(assignment.variable)) continue;
      report(
        "SCHEMA_VALIDATION_FAILED",
        `Variable '${assignment.variable}' is already assigned in an outer scope`,
        assignment.place,
      );
    }
  }
};

function assignmentsOf({ value, place, queryLanguage }: WalkedState): readonly Assignment[] {
  const found: Assignment[] = [];
  collect(value, place);
  for (const field of ["Choices", "Catch"]) {
    const list = Object.hasOwn(value, field) ? value[field] : undefined;
    if (!isJsonArray(list)) continue;
    const listPlace = placeIn(place, field);
    list.forEach((item, index) => collect(item, placeIn(listPlace, index)));
  }
  return found;

  function collect(owner: JsonValue, ownerPlace: Place): void {
    const assign = isJsonObject(owner) && Object.hasOwn(owner, "Assign") ? owner["Assign"] : undefined;
    if (!isJsonObject(assign)) return;
    const assignPlace = placeIn(ownerPlace, "Assign");
    for (const key of Object.keys(assign)) {
      const variable = queryLanguage === "JSONPath" && key.endsWith(".$") ? key.slice(0, -2) : key;
      found.push({ variable, place: placeIn(assignPlace, key) });
    }
  }
}

function outerVariables(
  graph: WalkedGraph,
  assigned: ReadonlyMap<WalkedGraph, readonly Assignment[]>,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (let owner = graph.owner; owner !== undefined && !isDistributedMap(owner); owner = owner.graph.owner) {
    for (const { variable } of assigned.get(owner.graph) ?? []) names.add(variable);
  }
  return names;
}

function checkName({ variable, place }: Assignment, report: Report): void {
  const longest = limits.variableNameCharacters.value;
  if (variable === "states") {
    report("RESERVED_VARIABLE_NAME", "Cannot assign to reserved variable '$states'.", place);
  } else if (!identifier.test(variable)) {
    report(
      "INVALID_VARIABLE_NAME",
      `Invalid variable name '${variable}': the variable name contains invalid characters.`,
      place,
    );
  } else if (characterCount(variable) > longest) {
    report(
      "INVALID_VARIABLE_NAME",
      `Invalid variable name '${variable}': the variable name exceeds the ${longest}-character limit.`,
      place,
    );
  }
}
