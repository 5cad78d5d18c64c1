/**
 * Conditions of a Choice: one function per comparison operator of ASL, under the operator's own name.
 * In JSONPath they print as rules, in JSONata as expressions. Besides that a condition knows which facts it proves,
 * and the Choice narrows the data by them.
 *
 * @see ASL specification, "Choice State"
 */
import type { ComparisonOperator, JsonObject, QueryLanguage } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import type { Located } from "./reference.ts";

declare const facts: unique symbol;

/**
 * @typeParam Fact  what holds when the condition is true
 * @typeParam Inverse  what holds when it is false
 * @typeParam Language  the one query language that can say it, because of its operands; `never` when both can
 */
export interface Condition<out Fact = never, out Inverse = never, out Language extends QueryLanguage = never> {
  /** Types only; no value has it. */
  readonly [facts]: { fact: Fact; inverse: Inverse; language: Language };
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

type At<Value, Path> = Expression<Value, never> & Located<Path>;

/** The value exists, be it `null`. */
export const isPresent = <Path>(value: At<unknown, Path>): Condition<Present<Path>> =>
  compare(value, "IsPresent", true);
export const isNull = typeTest("IsNull");
export const isString = typeTest("IsString");
export const isNumeric = typeTest("IsNumeric");
export const isBoolean = typeTest("IsBoolean");
/** An RFC 3339 string with `T` and `Z` or an offset. */
export const isTimestamp = typeTest("IsTimestamp");

/** Against a literal it narrows: behind it, only the union members with that literal remain. */
export function stringEquals<Path, const Value extends string, Language extends QueryLanguage = never>(
  value: At<string, Path>,
  other: Value | Expression<string, Language>,
): Condition<FactOfLiteral<Equal<Path, Value>, Value>, FactOfLiteral<Different<Path, Value>, Value>, Language> {
  return compare(value, "StringEquals", other);
}
export const stringLessThan = comparison<string>("StringLessThan");
export const stringGreaterThan = comparison<string>("StringGreaterThan");
export const stringLessThanEquals = comparison<string>("StringLessThanEquals");
export const stringGreaterThanEquals = comparison<string>("StringGreaterThanEquals");
/** @param pattern  `*` stands for any run of characters; a literal asterisk is written `\*` */
export const stringMatches = <Language extends QueryLanguage>(
  value: Expression<string, Language>,
  pattern: string,
): Condition<never, never, Language> => compare(value, "StringMatches", pattern);

export const numericEquals = comparison<number>("NumericEquals");
export const numericLessThan = comparison<number>("NumericLessThan");
export const numericGreaterThan = comparison<number>("NumericGreaterThan");
export const numericLessThanEquals = comparison<number>("NumericLessThanEquals");
export const numericGreaterThanEquals = comparison<number>("NumericGreaterThanEquals");

/** Against a literal it narrows, as `stringEquals` does. */
export function booleanEquals<Path, const Value extends boolean, Language extends QueryLanguage = never>(
  value: At<boolean, Path>,
  other: Value | Expression<boolean, Language>,
): Condition<FactOfLiteral<Equal<Path, Value>, Value>, FactOfLiteral<Different<Path, Value>, Value>, Language> {
  return compare(value, "BooleanEquals", other);
}

export const timestampEquals = comparison<string>("TimestampEquals");
export const timestampLessThan = comparison<string>("TimestampLessThan");
export const timestampGreaterThan = comparison<string>("TimestampGreaterThan");
export const timestampLessThanEquals = comparison<string>("TimestampLessThanEquals");
export const timestampGreaterThanEquals = comparison<string>("TimestampGreaterThanEquals");

export function and<const Conditions extends readonly AnyCondition[]>(
  ...conditions: Conditions
): Condition<FactOf<Conditions[number]>, never, LanguageOf<Conditions[number]>> {
  return holdsWhen({ kind: "and", conditions: conditions.map((condition) => condition.rule) });
}

export function or<const Conditions extends readonly AnyCondition[]>(
  ...conditions: Conditions
): Condition<never, InverseOf<Conditions[number]>, LanguageOf<Conditions[number]>> {
  return holdsWhen({ kind: "or", conditions: conditions.map((condition) => condition.rule) });
}

export function not<Fact, Inverse, Language extends QueryLanguage>(
  condition: Condition<Fact, Inverse, Language>,
): Condition<Inverse, Fact, Language> {
  return holdsWhen({ kind: "not", condition: condition.rule });
}

/**
 * A rule as ASL, for what no function here says. In JSONata it is a whole rule, not a part of one.
 * @example aslRule({ Variable: "$.scores[-1:]", IsPresent: false, Comment: "nothing was scored" })
 */
export function aslRule(fields: JsonObject): Condition {
  return holdsWhen({ kind: "asl", fields });
}

type AnyCondition = Condition<unknown, unknown, QueryLanguage>;
type FactOf<Some> = Some extends Condition<infer Fact, unknown, QueryLanguage> ? Fact : never;
type InverseOf<Some> = Some extends Condition<unknown, infer Inverse, QueryLanguage> ? Inverse : never;
type LanguageOf<Some> = Some extends Condition<unknown, unknown, infer Language> ? Language : never;

type TypeTest = <Language extends QueryLanguage>(
  value: Expression<unknown, Language>,
) => Condition<never, never, Language>;

function typeTest(operator: PlainOperator): TypeTest {
  return (value) => compare(value, operator, true);
}

type Comparison<Value> = <Left extends QueryLanguage, Right extends QueryLanguage = never>(
  left: Expression<Value, Left>,
  right: Value | Expression<Value, Right>,
) => Condition<never, never, Left | Right>;

function comparison<Value extends string | number>(operator: PlainOperator): Comparison<Value> {
  return (left, right) => compare(left, operator, right);
}

function compare(left: unknown, operator: PlainOperator, right: unknown): Condition {
  return holdsWhen({ kind: "comparison", operator, left, right });
}

function holdsWhen<Fact, Inverse, Language extends QueryLanguage>(
  rule: ConditionRule,
): Condition<Fact, Inverse, Language> {
  const condition: unknown = { rule };
  return condition as Condition<Fact, Inverse, Language>;
}
