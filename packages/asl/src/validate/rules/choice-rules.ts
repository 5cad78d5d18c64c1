/**
 * A Choice rule is one thing: a comparison with one operator, a combination of rules, or a JSONata condition.
 * See the ASL specification, "Choice Rules".
 */
import { isComparisonOperator } from "../../comparison.ts";
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import type { Report, Rule } from "../report.ts";

const kinds = ["And", "Or", "Not", "Variable", "Condition"];

export const choiceRules: Rule = ({ states }, report) => {
  for (const { value, place } of states) {
    const choices = value["Type"] === "Choice" ? value["Choices"] : undefined;
    if (isJsonArray(choices)) checkRules(choices, placeIn(place, "Choices"), report);
  }
};

function checkRules(rules: readonly JsonValue[], place: Place, report: Report): void {
  rules.forEach((rule, index) => {
    if (isJsonObject(rule)) checkRule(rule, placeIn(place, index), report);
  });
}

function checkRule(rule: JsonObject, place: Place, report: Report): void {
  const present = kinds.filter((kind) => Object.hasOwn(rule, kind));
  if (present.length !== 1) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      `The object must have only one of the following fields, [${kinds.join(", ")}]`,
      place,
    );
  }
  const operators = Object.keys(rule).filter(isComparisonOperator);
  if (operators.length > 1) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      `There should only be one of the following fields: [${operators.join(", ")}]`,
      place,
    );
  }
  if (Object.hasOwn(rule, "Variable") && operators.length === 0) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      "A rule with 'Variable' needs a comparison operator, such as StringEquals",
      place,
    );
  }
  for (const field of ["And", "Or"]) {
    const rules = Object.hasOwn(rule, field) ? rule[field] : undefined;
    if (isJsonArray(rules)) checkRules(rules, placeIn(place, field), report);
  }
  const negated = Object.hasOwn(rule, "Not") ? rule["Not"] : undefined;
  if (isJsonObject(negated)) checkRule(negated, placeIn(place, "Not"), report);
}
