/** An integer or a number with its bounds. */
import type { FieldValue } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import type { ValueContext } from "./check-value.ts";
import { checkExpression, isDelimited } from "./jsonata.ts";

export function checkNumber(
  value: JsonValue,
  wanted: FieldValue & { kind: "integer" | "number" },
  context: ValueContext,
): void {
  const { report, place, language } = context;
  if (wanted.expression === true && language === "JSONata" && isDelimited(value))
    return checkExpression(value, context);
  if (typeof value !== "number" || (wanted.kind === "integer" && !Number.isInteger(value))) {
    const type = wanted.kind === "integer" ? "Integer" : "[NUMBER]";
    return report("SCHEMA_VALIDATION_FAILED", `Expected value of type ${type}`, place);
  }
  const { minimum, maximum } = wanted;
  if (minimum !== undefined && value < minimum) {
    report("SCHEMA_VALIDATION_FAILED", `Minimum value is ${minimum}`, place);
  } else if (maximum !== undefined && value > maximum) {
    report("SCHEMA_VALIDATION_FAILED", `Maximum value is ${maximum}`, place);
  }
}
