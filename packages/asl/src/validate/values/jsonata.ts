/** JSONata expressions in their delimiters. See the ASL specification, "Using JSONata expressions". */
import type { JsonValue } from "../../json.ts";
import type { ValueContext } from "./check-value.ts";

/** A string that begins or ends as an expression does; whether it is one, `checkExpression` says. */
export function isDelimited(value: JsonValue): value is string {
  return typeof value === "string" && (value.startsWith("{%") || value.endsWith("%}"));
}

export function isExpression(value: JsonValue): value is string {
  return typeof value === "string" && value.startsWith("{%") && value.endsWith("%}") && value.length >= 4;
}

export function checkExpression(value: string, { report, place }: ValueContext): void {
  if (!isExpression(value)) {
    report("SCHEMA_VALIDATION_FAILED", "JSONata string must start with {% and end with %}", place);
  }
}
