/** A Choice rule in the words of a picture: `$.total > 10`, `$.kind = "card" and $.limit is present`. */
import { isComparisonOperator, isJsonArray, isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";

/** @returns an empty text for a rule that is none */
export function conditionLabel(rule: JsonObject): string {
  const { Condition: condition } = rule;
  if (condition !== undefined) {
    return typeof condition === "string" ? condition.replaceAll(/^\{%\s*|\s*%\}$/g, "") : JSON.stringify(condition);
  }
  if (isJsonArray(rule["And"])) {
    return joined(rule["And"], " and ");
  }
  if (isJsonArray(rule["Or"])) {
    return joined(rule["Or"], " or ");
  }
  if (isJsonObject(rule["Not"])) {
    return `not (${conditionLabel(rule["Not"])})`;
  }
  const operator = Object.keys(rule).find(isComparisonOperator);
  return operator === undefined ? "" : comparisonLabel(rule["Variable"], operator, rule[operator]);
}

function joined(conditions: readonly JsonValue[], word: string): string {
  return conditions
    .filter(isJsonObject)
    .map((condition) => (isCombination(condition) ? `(${conditionLabel(condition)})` : conditionLabel(condition)))
    .join(word);
}

function isCombination(condition: JsonObject): boolean {
  return condition["And"] !== undefined || condition["Or"] !== undefined;
}

/** The longest ends first: `LessThanEqualsPath` ends with `EqualsPath` as well. */
const signs: readonly (readonly [ending: RegExp, sign: string])[] = [
  [/LessThanEquals(?:Path)?$/, "≤"],
  [/GreaterThanEquals(?:Path)?$/, "≥"],
  [/LessThan(?:Path)?$/, "<"],
  [/GreaterThan(?:Path)?$/, ">"],
  [/Equals(?:Path)?$/, "="],
  [/Matches$/, "matches"],
];

function comparisonLabel(variable: JsonValue | undefined, operator: string, operand: JsonValue | undefined): string {
  const left = typeof variable === "string" ? variable : JSON.stringify(variable ?? null);
  if (operator.startsWith("Is")) {
    const what = operator.slice("Is".length).toLowerCase();
    return `${left} ${operand === false ? "is not" : "is"} ${what}`;
  }
  const sign = signs.find(([ending]) => ending.test(operator))?.[1] ?? operator;
  const right = operator.endsWith("Path") && typeof operand === "string" ? operand : JSON.stringify(operand);
  return `${left} ${sign} ${right}`;
}
