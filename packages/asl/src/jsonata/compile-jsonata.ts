/**
 * JSONata as the service speaks it: the `jsonata` library with AWS's functions and without `$eval`, where finding
 * nothing is an error, nothing comes from outside the scope, and no expression runs for ever.
 */
import { EvaluationFailure, type Evaluated, type EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { printJson } from "../json-text.ts";
import { jsonataFunctions, type LibraryFunctions } from "./functions.ts";
import { describeError, parseWithLibrary, type JsonataExpression, type JsonataResult } from "./library.ts";
import { jsonataLimits } from "./limits.ts";
import { LinearRegExp } from "../linear-reg-exp.ts";
import { nestingError } from "./nesting.ts";
import { referencesOf, type JsonataReferences } from "./references.ts";
import { compileSynchronously, elsewhere, statesOf, type EvaluateSynchronously } from "./synchronous.ts";
import { childrenOf, type JsonataNode } from "./syntax.ts";
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

export interface ParsedJsonata {
  readonly text: string;
  readonly references: JsonataReferences;
  readonly expression: JsonataExpression;
  readonly synchronous: EvaluateSynchronously | undefined;
  /** The library writes its marks into the data of such an expression, so it gets a copy. */
  readonly marksData: boolean;
}

/** Parsing takes longer than most evaluations, and the same few texts come again and again. */
const cache = new Map<string, ParsedJsonata>();
const maxCachedExpressions = 1000;

/** @returns the expression, or why the text is none; never throws. Parsed expressions are kept for the next time. */
export function parseJsonata(text: string): ParsedJsonata | ExpressionSyntaxError {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = nestingError(text) ?? parse(text);
  if (parsed instanceof ExpressionSyntaxError) return parsed;
  const [oldest] = cache.keys();
  if (cache.size >= maxCachedExpressions && oldest !== undefined) cache.delete(oldest);
  cache.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedJsonata | ExpressionSyntaxError {
  try {
    const expression = parseWithLibrary(text, {
      stack: jsonataLimits.depth,
      sequence: jsonataLimits.sequenceLength,
      timeout: jsonataLimits.milliseconds,
      RegexEngine: LinearRegExp,
    });
    expression.assign(afterEveryNode, countWork);
    const root = expression.ast();
    return {
      text,
      expression,
      references: referencesOf(root),
      synchronous: compileSynchronously(root),
      marksData: isMarkingData(root, false),
    };
  } catch (error) {
    if (error instanceof RangeError) return new ExpressionSyntaxError(text, 0, "found an expression nested too deep");
    const { message, position } = describeError(error);
    return new ExpressionSyntaxError(text, position, message);
  }
}

/** The library's hook after each node; it is looked up like a variable. */
const afterEveryNode = Symbol.for("jsonata.__evaluate_exit");

/** @param environment its `base` is the frame of one evaluation, so that evaluations at the same time count apart */
function countWork(
  node: JsonataNode,
  _input: unknown,
  environment: { readonly base: { work?: number } },
  result: unknown,
): void {
  const { base } = environment;
  base.work = (base.work ?? 0) + 1 + sizeCost(node, result);
  if (base.work > jsonataLimits.work) throw new Error(`Evaluation stopped after ${jsonataLimits.work} units of work`);
}

/** What a node made costs its size, so that few steps cannot fill the memory. */
function sizeCost({ type, value }: JsonataNode, result: unknown): number {
  if (typeof result === "string") {
    if (result.length > jsonataLimits.textLength) throw new Error(`Text of ${result.length} characters is too long`);
    return value === "&" || type === "function" ? result.length / 256 : 0;
  }
  const makesList = type === "function" || value === ".." || value === "[";
  return makesList && Array.isArray(result) ? result.length / 16 : 0;
}

/**
 * The library marks a list with `keepSingleton` for `[]`, and gives an empty list an item before it groups it.
 * Both may be a list of the input, which others share and which may be frozen.
 * @param onData the node sees items of the data as its context
 */
function isMarkingData(node: JsonataNode, onData: boolean): boolean {
  if (node.keepArray === true || node.keepSingletonArray === true || node.group !== undefined) return true;
  if (onData && node.type === "unary" && node.value === "{") return true;
  const { outer, inner } = childrenOf(node);
  return outer.some((child) => isMarkingData(child, onData)) || inner.some((child) => isMarkingData(child, true));
}

async function evaluate(parsed: ParsedJsonata, field: JsonataField, scope: EvaluationScope): Promise<Evaluated> {
  let result: JsonataResult;
  try {
    const bindings = bindingsFor(parsed, scope, await libraryFunctions());
    result = await parsed.expression.evaluate(undefined, bindings);
  } catch (error) {
    return failure(parsed.text, field.field, `threw an error during evaluation. ${describeError(error).message}`);
  }
  return checkResult(parsed.text, field, toJson(result));
}

function bindingsFor(
  { references, marksData }: ParsedJsonata,
  scope: EvaluationScope,
  library: LibraryFunctions,
): Record<string, unknown> {
  const own = <Value extends JsonValue | undefined>(value: Value): Value =>
    marksData ? structuredClone(value) : value;
  const bindings: Record<string, unknown> = {};
  // A function can be called by its name or passed on by it.
  for (const name of [...references.functions, ...references.variables]) {
    const variable = scope.variables.get(name);
    if (variable !== undefined) bindings[name] = own(variable);
    else if (Object.hasOwn(jsonataFunctions, name)) bindings[name] = jsonataFunctions[name]?.(scope, library);
  }
  if (references.statesFields.length > 0) bindings["states"] = own(statesOf(scope));
  return bindings;
}

/** The library shows its functions to expressions only, so an expression fetches them. */
async function libraryFunctions(): Promise<LibraryFunctions> {
  foundLibraryFunctions ??= fetchLibraryFunctions();
  return foundLibraryFunctions;
}

let foundLibraryFunctions: Promise<LibraryFunctions> | undefined;

async function fetchLibraryFunctions(): Promise<LibraryFunctions> {
  const { implementation: fromMillis } = await parseWithLibrary("$fromMillis").evaluate<LibraryFunction>(undefined, {});
  return { fromMillis };
}

/** How the library keeps a function. */
interface LibraryFunction {
  readonly implementation: LibraryFunctions["fromMillis"];
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
