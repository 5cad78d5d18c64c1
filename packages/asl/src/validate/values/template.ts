/**
 * Evaluated JSON. JSONPath: a payload template, whose keys that end in `.$` hold paths or intrinsic calls.
 * JSONata: JSON whose strings may be expressions in `{% %}`.
 * See the ASL specification, "Payload Template" and "Using JSONata expressions".
 */
import { ExpressionSyntaxError } from "../../expression-syntax-error.ts";
import type { FieldValue } from "../../fields.ts";
import { parseIntrinsic } from "../../intrinsic/parse-intrinsic.ts";
import { isJsonArray, isJsonObject } from "../../json.ts";
import type { JsonValue } from "../../json.ts";
import { parsePath } from "../../path/parse-path.ts";
import { placeIn } from "../../place.ts";
import type { Place } from "../../place.ts";
import { hasPlaceholder } from "../../substitution.ts";
import type { ValueContext } from "./check-value.ts";
import { checkExpression, isDelimited } from "./jsonata.ts";

export function checkTemplate(
  value: JsonValue,
  wanted: FieldValue & { kind: "template" },
  context: ValueContext,
): void {
  const { report, place, language } = context;
  const isDynamic = language === "JSONata" && isDelimited(value);
  if (wanted.of === "object" && !isJsonObject(value) && !isDynamic) {
    return report("SCHEMA_VALIDATION_FAILED", "Expected value of type [OBJECT]", place);
  }
  if (language === "JSONata") checkExpressions(value, context);
  else checkPayload(value, context, place);
}

function checkExpressions(value: JsonValue, context: ValueContext): void {
  if (typeof value === "string") {
    if (isDelimited(value)) checkExpression(value, context);
  } else if (isJsonArray(value)) {
    value.forEach((item, index) => checkExpressions(item, { ...context, place: placeIn(context.place, index) }));
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      checkExpressions(value[key] as JsonValue, { ...context, place: placeIn(context.place, key) });
    }
  }
}

function checkPayload(value: JsonValue, context: ValueContext, place: Place | undefined): void {
  if (isJsonArray(value)) {
    value.forEach((item, index) => checkPayload(item, context, placeIn(place, index)));
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = value[key] as JsonValue;
      if (key.endsWith(".$")) checkDynamicMember(key, member, context, place);
      else checkPayload(member, context, placeIn(place, key));
      if (key.endsWith(".$") && Object.hasOwn(value, key.slice(0, -2))) {
        const plain = key.slice(0, -2);
        context.report("SCHEMA_VALIDATION_FAILED", `The fields '${plain}' and '${key}' can not both be present`, place);
      }
    }
  }
}

function checkDynamicMember(key: string, value: JsonValue, { report }: ValueContext, place: Place | undefined): void {
  if (typeof value === "string" && isPathOrCall(value)) return;
  // The service names the object that holds the member, not the member.
  report(
    "SCHEMA_VALIDATION_FAILED",
    `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
    place,
  );
}

function isPathOrCall(text: string): boolean {
  if (hasPlaceholder(text)) return true;
  if (text.startsWith("$")) return !(parsePath(text) instanceof ExpressionSyntaxError);
  return isIntrinsicCall(text);
}

function isIntrinsicCall(text: string): boolean {
  return text.startsWith("States.") && !(parseIntrinsic(text) instanceof ExpressionSyntaxError);
}
