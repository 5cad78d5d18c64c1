/** An instant as RFC 3339 profiles ISO 8601, with a capital T and a capital Z or an offset. */
import type { FieldValue } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import type { ValueContext } from "./check-value.ts";
import { checkExpression, isDelimited } from "./jsonata.ts";

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/;

export function checkTimestamp(
  value: JsonValue,
  wanted: FieldValue & { kind: "timestamp" },
  context: ValueContext,
): void {
  const { report, place, language } = context;
  if (wanted.expression === true && language === "JSONata" && isDelimited(value))
    return checkExpression(value, context);
  if (typeof value !== "string") {
    report("SCHEMA_VALIDATION_FAILED", "Expected value of type [STRING]", place);
  } else if (!isTimestamp(value)) {
    report("SCHEMA_VALIDATION_FAILED", "String does not match RFC3339 timestamp", place);
  }
}

/** Recorded: `2016-12-05T25:29:29Z` and a blank for the `T` are refused. */
function isTimestamp(text: string): boolean {
  const match = pattern.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetHour = 0, offsetMinute = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    offsetHour <= 23 &&
    offsetMinute <= 59
  );
}
