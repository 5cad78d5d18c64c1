/**
 * The Choice state's comparison operators (JSONPath): what each one compares and whether its operand is a path.
 * See the ASL specification, "Data-Test Expression".
 */
import type { ComparisonOperator } from "./definition.ts";

export type ComparedType = "String" | "Numeric" | "Boolean" | "Timestamp" | "Type";

export interface ComparisonTraits {
  readonly compares: ComparedType;
  /** The operand is a JSONPath that is read at run time. */
  readonly operandIsPath: boolean;
}

const literal = (compares: ComparedType): ComparisonTraits => ({ compares, operandIsPath: false });
const path = (compares: ComparedType): ComparisonTraits => ({ compares, operandIsPath: true });

export const comparisonOperators: Readonly<Record<ComparisonOperator, ComparisonTraits>> = {
  StringEquals: literal("String"),
  StringEqualsPath: path("String"),
  StringLessThan: literal("String"),
  StringLessThanPath: path("String"),
  StringGreaterThan: literal("String"),
  StringGreaterThanPath: path("String"),
  StringLessThanEquals: literal("String"),
  StringLessThanEqualsPath: path("String"),
  StringGreaterThanEquals: literal("String"),
  StringGreaterThanEqualsPath: path("String"),
  StringMatches: literal("String"),
  NumericEquals: literal("Numeric"),
  NumericEqualsPath: path("Numeric"),
  NumericLessThan: literal("Numeric"),
  NumericLessThanPath: path("Numeric"),
  NumericGreaterThan: literal("Numeric"),
  NumericGreaterThanPath: path("Numeric"),
  NumericLessThanEquals: literal("Numeric"),
  NumericLessThanEqualsPath: path("Numeric"),
  NumericGreaterThanEquals: literal("Numeric"),
  NumericGreaterThanEqualsPath: path("Numeric"),
  BooleanEquals: literal("Boolean"),
  BooleanEqualsPath: path("Boolean"),
  TimestampEquals: literal("Timestamp"),
  TimestampEqualsPath: path("Timestamp"),
  TimestampLessThan: literal("Timestamp"),
  TimestampLessThanPath: path("Timestamp"),
  TimestampGreaterThan: literal("Timestamp"),
  TimestampGreaterThanPath: path("Timestamp"),
  TimestampLessThanEquals: literal("Timestamp"),
  TimestampLessThanEqualsPath: path("Timestamp"),
  TimestampGreaterThanEquals: literal("Timestamp"),
  TimestampGreaterThanEqualsPath: path("Timestamp"),
  IsNull: literal("Type"),
  IsPresent: literal("Type"),
  IsNumeric: literal("Type"),
  IsString: literal("Type"),
  IsBoolean: literal("Type"),
  IsTimestamp: literal("Type"),
};

export function isComparisonOperator(name: string): name is ComparisonOperator {
  return Object.hasOwn(comparisonOperators, name);
}
