import type { FieldValue } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import type { ValueContext } from "./check-value.ts";
import { checkExpression, isDelimited } from "./jsonata.ts";

export function checkBoolean(value: JsonValue, wanted: FieldValue & { kind: "boolean" }, context: ValueContext): void {
  if (typeof value === "boolean") return;
  if (wanted.expression === true && context.language === "JSONata" && isDelimited(value)) {
    checkExpression(value, context);
  } else {
    context.report("SCHEMA_VALIDATION_FAILED", "Expected value of type [BOOLEAN]", context.place);
  }
}
