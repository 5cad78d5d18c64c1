/**
 * JSONata as the service speaks it: the `jsonata` library with AWS's functions and without `$eval`, where finding
 * nothing is an error, nothing comes from outside the scope, and no expression runs for ever.
 */
import { EvaluationFailure, type Evaluated, type EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { printJson } from "../text/json-text.ts";
import { jsonataFunctions } from "./functions.ts";
import { describeError, type JsonataResult } from "./library.ts";
import { parseJsonata, type ParsedJsonata } from "./parse-jsonata.ts";
import type { JsonataReferences } from "./references.ts";
import { elsewhere, statesOf } from "./synchronous.ts";
import { toJson, unsupported } from "./to-json.ts";

export type JsonTypeName = "array" | "boolean" | "null" | "number" | "object" | "string";

/** Where an expression stands, for the texts and the location of its failures. */
export interface JsonataField {
  /** As AWS names it: `Arguments/FunctionName`, `Items`, `Catch[1]/Output/v`. */
  readonly field: string;
  /** What the field takes; anything when absent. */
  readonly expected?: JsonTypeName;
}

export interface CompiledJsonata {
  /** Without delimiters, trimmed: as the service prints it. */
  readonly text: string;
  readonly references: JsonataReferences;
  /** Nothing found, a wrong type and an error are the failure `States.QueryEvaluationError`. Never rejects. */
  evaluate(scope: EvaluationScope): Promise<Evaluated>;
  /**
   * The same answer without a promise, where there is one: present for expressions of a simple kind, and even then
   * `undefined` (call `evaluate`) when the data needs more.
   */
  readonly evaluateSync?: (scope: EvaluationScope) => Evaluated | undefined;
}

/** @param text the expression without `{%` and `%}` */
export function compileJsonata(text: string, field: JsonataField): CompiledJsonata | ExpressionSyntaxError {
  const parsed = parseJsonata(text.trim());
  if (parsed instanceof ExpressionSyntaxError) return parsed;
  const { synchronous } = parsed;
  return {
    text: parsed.text,
    references: parsed.references,
    evaluate: (scope) => evaluate(parsed, field, scope),
    ...(synchronous === undefined
      ? {}
      : {
          evaluateSync(scope) {
            const result = synchronous(scope);
            return result === elsewhere ? undefined : checkResult(parsed.text, field, result);
          },
        }),
  };
}

/** `{% … %}` exactly: with blanks around it a string is a literal (a recorded case). */
export function jsonataIn(value: string): string | undefined {
  return value.startsWith("{%") && value.endsWith("%}") && value.length >= 4 ? value.slice(2, -2) : undefined;
}

async function evaluate(parsed: ParsedJsonata, field: JsonataField, scope: EvaluationScope): Promise<Evaluated> {
  let result: JsonataResult;
  try {
    const bindings = bindingsFor(parsed, scope);
    result = await parsed.expression.evaluate(undefined, bindings);
  } catch (error) {
    return failure(parsed.text, field.field, `threw an error during evaluation. ${describeError(error).message}`);
  }
  return checkResult(parsed.text, field, toJson(result));
}

function bindingsFor({ references, marksData }: ParsedJsonata, scope: EvaluationScope): Record<string, unknown> {
  const own = <Value extends JsonValue | undefined>(value: Value): Value =>
    marksData ? structuredClone(value) : value;
  const bindings: Record<string, unknown> = {};
  // A function can be called by its name or passed on by it.
  for (const name of [...references.functions, ...references.variables]) {
    const variable = scope.variables.get(name);
    if (variable !== undefined) bindings[name] = own(variable);
    else if (Object.hasOwn(jsonataFunctions, name)) bindings[name] = jsonataFunctions[name]?.(scope);
  }
  if (references.statesFields.length > 0) bindings["states"] = own(statesOf(scope));
  return bindings;
}

function checkResult(
  text: string,
  { field, expected }: JsonataField,
  result: JsonValue | undefined | typeof unsupported,
): Evaluated {
  if (result === undefined) return failure(text, field, "returned nothing (undefined).");
  if (result === unsupported) return failure(text, field, "returned an unsupported result type.");
  if (expected === undefined || expected === jsonTypeOf(result)) return result;
  return unexpectedType(text, field, expected, result);
}

/** For fields that take more than one type, such as `Items` of a distributed Map. */
export function unexpectedType(text: string, field: string, expected: string, value: JsonValue): EvaluationFailure {
  const found = `Expected '${expected}', but was '${jsonTypeOf(value)}' for value: ${printJson(value)}`;
  return failure(text, field, `returned an unexpected result type. ${found}`);
}

function failure(text: string, field: string, what: string): EvaluationFailure {
  return new EvaluationFailure(
    "States.QueryEvaluationError",
    `The JSONata expression '${text}' specified for the field '${field}' ${what}`,
    field,
  );
}

export function jsonTypeOf(value: JsonValue): JsonTypeName {
  if (value === null) return "null";
  if (typeof value === "object") return Array.isArray(value) ? "array" : "object";
  return typeof value === "string" ? "string" : typeof value === "number" ? "number" : "boolean";
}
