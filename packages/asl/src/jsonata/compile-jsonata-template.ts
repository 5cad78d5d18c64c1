/** JSON with `{% … %}` strings anywhere in it: `Arguments`, `Output`, `Assign`, `ItemSelector` of JSONata states. */
import { EvaluationFailure, type Evaluated, type EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "../json.ts";
import { keepNumberTexts } from "../text/json-text.ts";
import { maxTemplateDepth } from "../template/compile-template.ts";
import { setMember } from "../set-member.ts";
import { compileJsonata, jsonataIn, type CompiledJsonata, type JsonataField } from "./compile-jsonata.ts";

export interface CompiledJsonataTemplate {
  /** Nothing in it is evaluated: the answer is the same frozen value every time. */
  readonly constant: boolean;
  /** Every expression in the template, for asking what it reads. */
  readonly expressions: readonly CompiledJsonata[];
  /** The first failure in the order of the template, if any. Never rejects. */
  evaluate(scope: EvaluationScope): Promise<Evaluated>;
  /** As of `CompiledJsonata`: the same answer at once, or `undefined` when it takes `evaluate` to find it. */
  readonly evaluateSync?: (scope: EvaluationScope) => Evaluated | undefined;
}

/** @param field where the value stands, as AWS names it; members follow after `/`: `Output/result` */
export function compileJsonataTemplate(
  value: JsonValue,
  field: string,
  expected?: JsonataField["expected"],
): CompiledJsonataTemplate | ExpressionSyntaxError {
  const expressions: CompiledJsonata[] = [];
  try {
    const node = compileNode(value, { field, ...(expected === undefined ? {} : { expected }) }, expressions, 0);
    if (node.constant !== undefined) {
      const { constant } = node;
      return { constant: true, expressions, evaluate: () => Promise.resolve(constant), evaluateSync: () => constant };
    }
    return {
      constant: false,
      expressions,
      evaluate: async (scope) => {
        const found = await evaluateAll(expressions, scope);
        return found instanceof EvaluationFailure ? found : node.build(found);
      },
      ...(expressions.every(({ evaluateSync }) => evaluateSync !== undefined)
        ? {
            evaluateSync: (scope) => {
              const found = evaluateAllSync(expressions, scope);
              return found === undefined || found instanceof EvaluationFailure ? found : node.build(found);
            },
          }
        : {}),
    };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}

async function evaluateAll(
  expressions: readonly CompiledJsonata[],
  scope: EvaluationScope,
): Promise<readonly JsonValue[] | EvaluationFailure> {
  const found: JsonValue[] = [];
  for (const expression of expressions) {
    const atOnce = expression.evaluateSync?.(scope);
    // One after the other: they share the scope's random numbers, and the first failure is the one that counts.
    const value = atOnce === undefined ? await expression.evaluate(scope) : atOnce;
    if (value instanceof EvaluationFailure) return value;
    found.push(value);
  }
  return found;
}

function evaluateAllSync(
  expressions: readonly CompiledJsonata[],
  scope: EvaluationScope,
): readonly JsonValue[] | EvaluationFailure | undefined {
  const found: JsonValue[] = [];
  for (const { evaluateSync } of expressions) {
    const value = evaluateSync?.(scope);
    if (value === undefined || value instanceof EvaluationFailure) return value;
    found.push(value);
  }
  return found;
}

interface Node {
  readonly constant: JsonValue | undefined;
  /** @param found what each expression of the whole template gave */
  build(found: readonly JsonValue[]): JsonValue;
}

function constantNode(value: JsonValue): Node {
  const constant = typeof value === "object" && value !== null ? Object.freeze(value) : value;
  return { constant, build: () => constant };
}

/** Puts the expressions it meets into the list; throws their syntax errors, which `compileJsonataTemplate` returns. */
function compileNode(value: JsonValue, field: JsonataField, expressions: CompiledJsonata[], depth: number): Node {
  if (depth > maxTemplateDepth) {
    throw new ExpressionSyntaxError(
      "",
      0,
      `found a value deeper than ${maxTemplateDepth} levels, wanted a flatter one`,
    );
  }
  if (isJsonArray(value)) return compileList(value, field.field, expressions, depth);
  if (isJsonObject(value)) return compileMembers(value, field.field, expressions, depth);
  const text = typeof value === "string" ? jsonataIn(value) : undefined;
  if (text === undefined) return constantNode(value);
  const expression = compileJsonata(text, field);
  if (expression instanceof ExpressionSyntaxError) throw expression;
  const position = expressions.push(expression) - 1;
  return { constant: undefined, build: (found) => found[position]! };
}

function compileList(list: JsonArray, field: string, expressions: CompiledJsonata[], depth: number): Node {
  const items = list.map((item, index) => compileNode(item, { field: `${field}[${index}]` }, expressions, depth + 1));
  if (items.every(({ constant }) => constant !== undefined)) {
    return constantNode(
      keepNumberTexts(
        list,
        items.map(({ constant }) => constant!),
      ),
    );
  }
  return {
    constant: undefined,
    build: (found) =>
      keepNumberTexts(
        list,
        items.map((item) => item.build(found)),
      ),
  };
}

function compileMembers(object: JsonObject, field: string, expressions: CompiledJsonata[], depth: number): Node {
  const members = Object.entries(object).map(([key, value]) => ({
    key,
    node: compileNode(value, { field: `${field}/${key}` }, expressions, depth + 1),
  }));
  const build = (found: readonly JsonValue[]): JsonValue => {
    const built: Record<string, JsonValue> = {};
    for (const { key, node } of members) setMember(built, key, node.build(found));
    return keepNumberTexts(object, built);
  };
  return members.every(({ node }) => node.constant !== undefined)
    ? constantNode(build([]))
    : { constant: undefined, build };
}
