/** Conditions as the fields of a Choice rule: comparisons in JSONPath, a `Condition` in JSONata. */
import type { JsonObject, JsonValue, QueryLanguage } from "@stepwright/asl";
import type { Condition, ConditionRule, PlainOperator } from "./condition.ts";
import { nodeOf } from "./expression.ts";
import { printJsonata } from "./print-jsonata.ts";
import { printPath } from "./print-path.ts";

/** Each takes what a `when` callback gave: a condition or, in JSONata, any boolean expression. */
export const printCondition: Record<QueryLanguage, (condition: unknown) => JsonObject> = {
  JSONPath: (condition) => printRule(ruleOf(condition)),
  JSONata: (condition) => {
    const rule = nodeOf(condition) === undefined ? ruleOf(condition) : undefined;
    if (rule?.kind === "asl") return rule.fields;
    const text = nodeOf(condition) === undefined ? printBoolean(ruleOf(condition)) : printJsonata(condition);
    return { Condition: `{% ${text} %}` };
  },
};

function ruleOf(condition: unknown): ConditionRule {
  return (condition as Condition).rule;
}

function printRule(rule: ConditionRule): JsonObject {
  if (rule.kind === "asl") return rule.fields;
  if (rule.kind === "not") return { Not: printRule(rule.condition) };
  if (rule.kind === "and") return { And: rule.conditions.map(printRule) };
  if (rule.kind === "or") return { Or: rule.conditions.map(printRule) };
  const { operator, left, right } = rule;
  const operand: JsonObject =
    nodeOf(right) === undefined ? { [operator]: right as JsonValue } : { [`${operator}Path`]: printPath(right) };
  return { Variable: printPath(left), ...operand };
}

function printBoolean(rule: ConditionRule): string {
  if (rule.kind === "asl")
    throw new TypeError("found an aslRule inside a JSONata condition, wanted it as the whole rule");
  if (rule.kind === "not") return `$not(${printBoolean(rule.condition)})`;
  if (rule.kind === "comparison") return printComparison(rule.operator, rule.left, rule.right);
  return rule.conditions.map((condition) => `(${printBoolean(condition)})`).join(` ${rule.kind} `);
}

type PrintTest = (left: string) => string;

const tests: { readonly [Operator in PlainOperator]?: PrintTest } = {
  IsPresent: (left) => `$exists(${left})`,
  IsNull: (left) => `${left} = null`,
  IsString: (left) => `$type(${left}) = "string"`,
  IsNumeric: (left) => `$type(${left}) = "number"`,
  IsBoolean: (left) => `$type(${left}) = "boolean"`,
  // RFC 3339 with `T` and a zone, as the JSONPath operator wants it.
  IsTimestamp: (left) =>
    `$type(${left}) = "string" and $contains(${left}, /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$/)`,
};

const signs: readonly (readonly [suffix: string, sign: string])[] = [
  ["LessThanEquals", "<="],
  ["GreaterThanEquals", ">="],
  ["LessThan", "<"],
  ["GreaterThan", ">"],
  ["Equals", "="],
];

function printComparison(operator: PlainOperator, left: unknown, right: unknown): string {
  const test = tests[operator];
  if (test !== undefined) return test(printJsonata(left));
  if (operator === "StringMatches") return `$contains(${printJsonata(left)}, ${printPattern(String(right))})`;
  const sign = signs.find(([suffix]) => operator.endsWith(suffix))?.[1];
  const [one, other] = [printJsonata(left), printJsonata(right)];
  // Instants, not texts, are what the Timestamp operators compare.
  return operator.startsWith("Timestamp") ? `$toMillis(${one}) ${sign} $toMillis(${other})` : `${one} ${sign} ${other}`;
}

/** `*` matches any run, `\*` an asterisk, `\\` a backslash; all else is literal. ASL specification, "Choice State". */
function printPattern(pattern: string): string {
  const parts = pattern.match(/\\[*\\]|[^]/gu) ?? [];
  const regex = parts.map((part) => {
    if (part === "*") return "[\\s\\S]*";
    return part.replace(/^\\(?=.)/, "").replaceAll(/[$()*+./?[\\\]^{|}]/g, "\\$&");
  });
  return `/^${regex.join("")}$/`;
}
