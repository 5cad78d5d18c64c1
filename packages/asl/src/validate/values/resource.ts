/** What a Task calls, and what a Map's reader and writer use. */
import type { FieldValue } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import { parseTaskResource } from "../../resource.ts";
import type { ValueContext } from "./check-value.ts";

export function checkResource(
  value: JsonValue,
  wanted: FieldValue & { kind: "resource" },
  context: ValueContext,
): void {
  const { report, place } = context;
  if (typeof value !== "string") {
    report("SCHEMA_VALIDATION_FAILED", "Expected value of type [STRING]", place);
  } else if (wanted.allowed !== undefined) {
    const action = /^arn:aws[a-z-]*:states:::(.+)$/.exec(value)?.[1];
    if (action === undefined || !wanted.allowed.includes(action)) {
      report("SCHEMA_VALIDATION_FAILED", "The field 'Resource' does not match any of the allowed values", place);
    }
  } else if (!value.startsWith("arn:")) {
    report("SCHEMA_VALIDATION_FAILED", "Value is not a valid resource ARN", place);
  } else if (parseTaskResource(value) === undefined) {
    report(
      "SCHEMA_VALIDATION_FAILED",
      `The resource provided ${value} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      place,
    );
  }
}
