/**
 * Conditions of a Choice: one function per comparison operator of ASL, under the operator's own name.
 * In JSONPath they print as rules, in JSONata as expressions. Besides that a condition knows which facts it proves,
 * and the Choice narrows the data by them.
 *
 * @see ASL specification, "Choice State"
 */
import type { ComparisonOperator, JsonObject } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import type { Located } from "./reference.ts";

declare const facts: unique symbol;

/**
 * @typeParam Fact  what holds when the condition is true
 * @typeParam Inverse  what holds when it is false
 */
export interface Condition<out Fact = never, out Inverse = never> {
  /** Types only; never present. */
  readonly [facts]?: { fact: Fact; inverse: Inverse };
  readonly rule: ConditionRule;
}

export type ConditionRule =
  | { readonly kind: "comparison"; readonly operator: PlainOperator; readonly left: unknown; readonly right: unknown }
  | { readonly kind: "and"; readonly conditions: readonly ConditionRule[] }
  | { readonly kind: "or"; readonly conditions: readonly ConditionRule[] }
  | { readonly kind: "not"; readonly condition: ConditionRule }
  | { readonly kind: "asl"; readonly fields: JsonObject };

/** The operators without their `…Path` forms: an operand that is a reference has that form by itself. */
export type PlainOperator = Exclude<ComparisonOperator, `${string}Path`>;

/** The value at the path is there. */
export interface Present<Path> {
  readonly present: Path;
}

/** The value at the path is exactly this one. */
export interface Equal<Path, Value> {
  readonly equal: Path;
  readonly value: Value;
}

/** The value at the path is any other. */
export interface Different<Path, Value> {
  readonly different: Path;
  readonly value: Value;
}

/** Only a comparison with a literal says something about the type. */
type FactOfLiteral<Fact, Value> = string extends Value ? never : boolean extends Value ? never : Fact;

type At<Value, Path> = Expression<Value> & Located<Path>;

/** The value exists, be it `null`. */
export const isPresent = <Path>(value: At<unknown, Path>): Condition<Present<Path>> =>
  compare(value, "IsPresent", true);
export const isNull = (value: Expression<unknown>): Condition => compare(value, "IsNull", true);
export const isString = (value: Expression<unknown>): Condition => compare(value, "IsString", true);
export const isNumeric = (value: Expression<unknown>): Condition => compare(value, "IsNumeric", true);
export const isBoolean = (value: Expression<unknown>): Condition => compare(value, "IsBoolean", true);
/** An RFC 3339 string with `T` and `Z` or an offset. */
export const isTimestamp = (value: Expression<unknown>): Condition => compare(value, "IsTimestamp", true);

/** Against a literal it narrows: behind it, only the union members with that literal remain. */
export function stringEquals<Path, const Value extends string>(
  value: At<string, Path>,
  other: Value | Expression<string>,
): Condition<FactOfLiteral<Equal<Path, Value>, Value>, FactOfLiteral<Different<Path, Value>, Value>> {
  return compare(value, "StringEquals", other);
}
export const stringLessThan = comparison<string>("StringLessThan");
export const stringGreaterThan = comparison<string>("StringGreaterThan");
export const stringLessThanEquals = comparison<string>("StringLessThanEquals");
export const stringGreaterThanEquals = comparison<string>("StringGreaterThanEquals");
/** @param pattern  `*` stands for any run of characters; a literal asterisk is written `\*` */
export const stringMatches = (value: Expression<string>, pattern: string): Condition =>
  compare(value, "StringMatches", pattern);

export const numericEquals = comparison<number>("NumericEquals");
export const numericLessThan = comparison<number>("NumericLessThan");
export const numericGreaterThan = comparison<number>("NumericGreaterThan");
export const numericLessThanEquals = comparison<number>("NumericLessThanEquals");
export const numericGreaterThanEquals = comparison<number>("NumericGreaterThanEquals");

/** Against a literal it narrows, as `stringEquals` does. */
export function booleanEquals<Path, const Value extends boolean>(
  value: At<boolean, Path>,
  other: Value | Expression<boolean>,
): Condition<FactOfLiteral<Equal<Path, Value>, Value>, FactOfLiteral<Different<Path, Value>, Value>> {
  return compare(value, "BooleanEquals", other);
}

export const timestampEquals = comparison<string>("TimestampEquals");
export const timestampLessThan = comparison<string>("TimestampLessThan");
export const timestampGreaterThan = comparison<string>("TimestampGreaterThan");
export const timestampLessThanEquals = comparison<string>("TimestampLessThanEquals");
export const timestampGreaterThanEquals = comparison<string>("TimestampGreaterThanEquals");

export function and<const Conditions extends readonly Condition<unknown, unknown>[]>(
  ...conditions: Conditions
): Condition<FactOf<Conditions[number]>> {
  return { rule: { kind: "and", conditions: conditions.map((condition) => condition.rule) } };
}

export function or<const Conditions extends readonly Condition<unknown, unknown>[]>(
  ...conditions: Conditions
): Condition<never, InverseOf<Conditions[number]>> {
  return { rule: { kind: "or", conditions: conditions.map((condition) => condition.rule) } };
}

export function not<Fact, Inverse>(condition: Condition<Fact, Inverse>): Condition<Inverse, Fact> {
  return { rule: { kind: "not", condition: condition.rule } };
}

/**
 * A rule as ASL, for what no function here says. In JSONata it is a whole rule, not a part of one.
 * @example aslRule({ Variable: "$.scores[-1:]", IsPresent: false, Comment: "nothing was scored" })
 */
export function aslRule(fields: JsonObject): Condition {
  return { rule: { kind: "asl", fields } };
}

type FactOf<Some> = Some extends Condition<infer Fact, unknown> ? Fact : never;
type InverseOf<Some> = Some extends Condition<unknown, infer Inverse> ? Inverse : never;

type Comparison<Value> = (left: Expression<Value>, right: Value | Expression<Value>) => Condition;

function comparison<Value extends string | number>(operator: PlainOperator): Comparison<Value> {
  return (left, right) => compare(left, operator, right);
}

function compare(left: unknown, operator: PlainOperator, right: unknown): Condition {
  return { rule: { kind: "comparison", operator, left, right } };
}
