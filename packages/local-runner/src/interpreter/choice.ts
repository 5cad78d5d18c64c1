/**
 * The conditions of a JSONPath Choice as functions. An operand of another type than the operator's makes a
 * comparison false; a path that finds nothing is a failure, except for `IsPresent`.
 * See ASL specification, "Data-Test Expression".
 */
import { EvaluationFailure, comparisonOperators } from "@stepwright/asl";
import type {
  ChoiceCondition,
  CompiledPath,
  ComparisonOperator,
  ComparisonTraits,
  EvaluationScope,
  JsonObject,
  JsonValue,
} from "@stepwright/asl";
import { compilePathField } from "./evaluators.ts";
import { parseInstant } from "./instant.ts";
import { runtimeError } from "./state-failure.ts";

export type Condition = (scope: EvaluationScope) => boolean | EvaluationFailure;

export function compileCondition(condition: ChoiceCondition): Condition {
  if ("And" in condition) return allOf(condition.And.map(compileCondition));
  if ("Or" in condition) return anyOf(condition.Or.map(compileCondition));
  if ("Not" in condition) return not(compileCondition(condition.Not));
  return compileComparison(condition);
}

function allOf(conditions: readonly Condition[]): Condition {
  return (scope) => {
    for (const condition of conditions) {
      const holds = condition(scope);
      if (holds !== true) return holds;
    }
    return true;
  };
}

function anyOf(conditions: readonly Condition[]): Condition {
  return (scope) => {
    for (const condition of conditions) {
      const holds = condition(scope);
      if (holds !== false) return holds;
    }
    return false;
  };
}

function not(condition: Condition): Condition {
  return (scope) => {
    const holds = condition(scope);
    return holds instanceof EvaluationFailure ? holds : !holds;
  };
}

function compileComparison(comparison: JsonObject): Condition {
  const variable = compilePathField(comparison["Variable"] as string);
  const operator = Object.keys(comparison).find((key) => Object.hasOwn(comparisonOperators, key)) as ComparisonOperator;
  const operand = comparison[operator]!;
  if (operator === "IsPresent") return (scope) => (variable.evaluate(scope) !== undefined) === operand;
  const { operandIsPath, compares } = comparisonOperators[operator];
  if (compares === "Type") {
    const isOfType = typeTests[operator]!;
    return (scope) => {
      const value = variable.evaluate(scope);
      return value === undefined ? invalidPath(variable) : isOfType(value) === operand;
    };
  }
  if (operator === "StringMatches") {
    const matches = compilePattern(operand as string);
    return (scope) => {
      const value = variable.evaluate(scope);
      return value === undefined ? invalidPath(variable) : typeof value === "string" && matches(value);
    };
  }
  const holds = compileOrder(operator, comparables[compares as Ordered]);
  if (!operandIsPath) {
    return (scope) => {
      const value = variable.evaluate(scope);
      return value === undefined ? invalidPath(variable) : holds(value, operand);
    };
  }
  const other = compilePathField(operand as string);
  return (scope) => {
    const value = variable.evaluate(scope);
    if (value === undefined) return invalidPath(variable);
    const compared = other.evaluate(scope);
    return compared === undefined ? invalidPath(other) : holds(value, compared);
  };
}

function invalidPath(path: CompiledPath): EvaluationFailure {
  const cause = `Invalid path '${path.text}': The choice state's condition path references an invalid value.`;
  return new EvaluationFailure(runtimeError, cause);
}

const typeTests: Readonly<Partial<Record<ComparisonOperator, (value: JsonValue) => boolean>>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === "number",
  IsString: (value) => typeof value === "string",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: (value) => typeof value === "string" && parseInstant(value) !== undefined,
};

type Ordered = Exclude<ComparisonTraits["compares"], "Type">;
type Comparable = string | number | boolean;

/** A value as what the operator compares; `undefined` when it is of another type. */
const comparables: Readonly<Record<Ordered, (value: JsonValue) => Comparable | undefined>> = {
  String: (value) => (typeof value === "string" ? value : undefined),
  Numeric: (value) => (typeof value === "number" ? value : undefined),
  Boolean: (value) => (typeof value === "boolean" ? value : undefined),
  Timestamp: (value) => (typeof value === "string" ? parseInstant(value) : undefined),
};

const orders: readonly (readonly [name: string, holds: (left: Comparable, right: Comparable) => boolean])[] = [
  ["LessThanEquals", (left, right) => left <= right],
  ["GreaterThanEquals", (left, right) => left >= right],
  ["LessThan", (left, right) => left < right],
  ["GreaterThan", (left, right) => left > right],
  ["Equals", (left, right) => left === right],
];

/** Strings compare by UTF-16 code units, as Java's `compareTo` does. */
function compileOrder(
  operator: ComparisonOperator,
  comparable: (value: JsonValue) => Comparable | undefined,
): (value: JsonValue, operand: JsonValue) => boolean {
  const [, holds] = orders.find(([name]) => operator.includes(name))!;
  return (value, operand) => {
    const left = comparable(value);
    if (left === undefined) return false;
    const right = comparable(operand);
    return right !== undefined && holds(left, right);
  };
}

/**
 * `StringMatches`: `*` is any run of characters, `\*` an asterisk, `\\` a backslash, all else itself.
 * Greedy from the left without backtracking, so a hostile pattern costs no more than its length times the text's.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern);
  const first = pieces[0]!;
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces.at(-1)!;
  const middle = pieces.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}

/** The literal texts between the asterisks. */
function piecesOf(pattern: string): readonly string[] {
  const pieces = [""];
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    const next = pattern.charAt(i + 1);
    if (char === "*") pieces.push("");
    else if (char === "\\" && (next === "*" || next === "\\")) {
      pieces[pieces.length - 1] += next;
      i += 1;
    } else pieces[pieces.length - 1] += char;
  }
  return pieces;
}
