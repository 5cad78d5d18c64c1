/** A string, perhaps one of a few. */
import type { FieldValue } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import type { ValueContext } from "./check-value.ts";
import { checkExpression, isDelimited } from "./jsonata.ts";

export function checkText(
  value: JsonValue,
  wanted: FieldValue & { kind: "text" | "target" },
  context: ValueContext,
): void {
  const { report, place, language } = context;
  if (typeof value !== "string") {
    report("SCHEMA_VALIDATION_FAILED", "Expected value of type [STRING]", place);
  } else if (wanted.kind === "text" && wanted.oneOf !== undefined && !wanted.oneOf.includes(value)) {
    const values = wanted.oneOf.join(", ");
    report("SCHEMA_VALIDATION_FAILED", `Value should be one of the following: [${values}]`, place);
  } else if (wanted.kind === "text" && wanted.expression === true && language === "JSONata" && isDelimited(value)) {
    checkExpression(value, context);
  }
}
