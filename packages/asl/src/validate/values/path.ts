/**
 * JSONPaths of fields: `InputPath`, `ResultPath`, `SecondsPath`, a rule's `Variable`.
 * See the ASL specification, "Paths" and "Reference Paths".
 */
import { ExpressionSyntaxError } from "../../expression-syntax-error.ts";
import type { FieldValue } from "../../fields.ts";
import type { IntrinsicName } from "../../intrinsic/intrinsic.ts";
import { parseIntrinsic } from "../../intrinsic/parse-intrinsic.ts";
import type { JsonValue } from "../../json.ts";
import { parsePath } from "../../path/parse-path.ts";
import type { ValueContext } from "./check-value.ts";

export function checkPath(value: JsonValue, wanted: FieldValue & { kind: "path" }, context: ValueContext): void {
  if (value === null && wanted.nullable === true) return;
  const { report, place } = context;
  if (typeof value !== "string") return report("SCHEMA_VALIDATION_FAILED", "Expected value of type [STRING]", place);
  const refusal = refusalOf(value, wanted);
  if (refusal !== undefined) report("SCHEMA_VALIDATION_FAILED", refusal, place);
}

function refusalOf(text: string, wanted: FieldValue & { kind: "path" }): string | undefined {
  if (wanted.intrinsic === true && returnsText(text)) return undefined;
  if (!text.startsWith("$")) {
    return wanted.condition === true
      ? "Value is not a Reference Path: Reference path didn't start with '$'"
      : "Value must be a valid JSONPath.";
  }
  const path = parsePath(text);
  if (path instanceof ExpressionSyntaxError) return "Value must be a valid JSONPath.";
  const onlyInput = wanted.written === true && path.root.kind !== "input";
  return (wanted.reference === true && !path.reference) || onlyInput ? "Value is not a Reference Path" : undefined;
}

/** Those that may stand in a Fail state's ErrorPath and CausePath. */
const textFunctions: ReadonlySet<IntrinsicName> = new Set<IntrinsicName>([
  "States.ArrayGetItem",
  "States.Base64Decode",
  "States.Base64Encode",
  "States.Format",
  "States.Hash",
  "States.JsonToString",
  "States.UUID",
]);

function returnsText(text: string): boolean {
  if (!text.startsWith("States.")) return false;
  const call = parseIntrinsic(text);
  return !(call instanceof ExpressionSyntaxError) && textFunctions.has(call.name);
}
