/** Which workflow variables each state reads: `variableReferences` of DescribeStateMachine. */
import { ExpressionSyntaxError } from "./expression-syntax-error.ts";
import type { IntrinsicArgument } from "./intrinsic/intrinsic.ts";
import { parseIntrinsic } from "./intrinsic/parse-intrinsic.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "./json.ts";
import { jsonataIn } from "./jsonata/compile-jsonata.ts";
import { parseJsonata } from "./jsonata/parse-jsonata.ts";
import { parsePath } from "./path/parse-path.ts";
import type { Path } from "./path/path.ts";
import { walkStates } from "./walk.ts";

/** The states of these belong to themselves. */
const graphFields = new Set(["ItemProcessor", "Iterator", "Branches"]);

/**
 * @returns variable names in alphabetical order by state name; a state that reads none is not there.
 *   What cannot be parsed is passed over: that is the validator's matter.
 */
export function variableReferences(definition: JsonObject): Readonly<Record<string, readonly string[]>> {
  const states = walkStates(definition);
  const assigned = new Set(states.flatMap(({ value }) => assignedIn(value)));
  const references = states.map(({ name, value, queryLanguage }) => {
    const read =
      queryLanguage === "JSONata"
        ? // `$string` may be a function that is passed on; only an assignment makes it a variable.
          stringsIn(value).flatMap(({ text }) => variablesOfJsonata(text).filter((variable) => assigned.has(variable)))
        : stringsIn(value).flatMap(({ key, text }) => (isEvaluated(key) ? variablesOfValue(text) : []));
    return [name, [...new Set(read)].toSorted()] as const;
  });
  return Object.fromEntries(references.filter(([, variables]) => variables.length > 0));
}

interface FieldText {
  /** The member that holds the text, also through lists. */
  readonly key: string;
  readonly text: string;
}

function stringsIn(value: JsonValue, key = ""): readonly FieldText[] {
  if (typeof value === "string") return [{ key, text: value }];
  if (isJsonArray(value)) return value.flatMap((item) => stringsIn(item, key));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => (graphFields.has(name) ? [] : stringsIn(member, name)));
}

/** In a JSONPath state; `ResultPath` writes. */
function isEvaluated(key: string): boolean {
  return key.endsWith(".$") || key === "Variable" || (key.endsWith("Path") && key !== "ResultPath");
}

function assignedIn(state: JsonValue): readonly string[] {
  if (isJsonArray(state)) return state.flatMap(assignedIn);
  if (!isJsonObject(state)) return [];
  return Object.entries(state).flatMap(([field, value]) => {
    if (graphFields.has(field)) return [];
    return field === "Assign" && isJsonObject(value) ? Object.keys(value).map(withoutSuffix) : assignedIn(value);
  });
}

function withoutSuffix(key: string): string {
  return key.endsWith(".$") ? key.slice(0, -2) : key;
}

function variablesOfJsonata(text: string): readonly string[] {
  const expression = jsonataIn(text);
  const parsed = expression === undefined ? undefined : parseJsonata(expression.trim());
  return parsed === undefined || parsed instanceof ExpressionSyntaxError ? [] : parsed.references.variables;
}

/** Of a path or an intrinsic function call. */
function variablesOfValue(text: string): readonly string[] {
  if (text.startsWith("$")) {
    const path = parsePath(text);
    return path instanceof ExpressionSyntaxError ? [] : variablesOfPath(path);
  }
  const call = parseIntrinsic(text);
  return call instanceof ExpressionSyntaxError ? [] : variablesOfArgument(call);
}

function variablesOfPath({ root }: Path): readonly string[] {
  return root.kind === "variable" ? [root.name] : [];
}

function variablesOfArgument(argument: IntrinsicArgument): readonly string[] {
  if (argument.kind === "path") return variablesOfPath(argument.path);
  return argument.kind === "call" ? argument.arguments.flatMap(variablesOfArgument) : [];
}
