/**
 * JSONata expressions in their delimiters. See the ASL specification, "Using JSONata expressions", and
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.
 */
import { ExpressionSyntaxError } from "../../expression-syntax-error.ts";
import type { ShapeName } from "../../fields.ts";
import type { JsonValue } from "../../json.ts";
import { jsonataIn } from "../../jsonata/compile-jsonata.ts";
import { parseJsonata } from "../../jsonata/parse-jsonata.ts";
import { hasPlaceholder } from "../../substitution.ts";
import type { ValueContext } from "./check-value.ts";

/** A string that begins as an expression does; whether it is one, `checkExpression` says. */
export function isDelimited(value: JsonValue): value is string {
  return typeof value === "string" && value.startsWith("{%");
}

export function checkExpression(value: string, context: ValueContext): void {
  const { report, place } = context;
  if (hasPlaceholder(value)) return;
  const text = jsonataIn(value);
  if (text === undefined) {
    return report("SCHEMA_VALIDATION_FAILED", "JSONata string must start with {% and end with %}", place);
  }
  const parsed = parseJsonata(text.trim());
  if (parsed instanceof ExpressionSyntaxError) return report("INVALID_JSONATA_EXPRESSION", parsed.message, place);
  const { rootReferences, functions, statesFields } = parsed.references;
  const unsupported = (reference: string): void => {
    report("UNSUPPORTED_JSONATA_EXPRESSION", `Reference to '${reference}' is not supported.`, place);
  };
  for (const reference of rootReferences) {
    if (reference === "$$") unsupported(reference);
    else {
      const message = `Reference to '${reference}' at the top level is not supported.`;
      report("UNSUPPORTED_JSONATA_EXPRESSION", message, place);
    }
  }
  if (functions.includes("eval")) unsupported("$eval");
  for (const field of statesFields) {
    if (!isStatesFieldSet(field, context)) unsupported(`$states.${field}`);
  }
}

const withResult: ReadonlySet<ShapeName> = new Set<ShapeName>(["Task", "Parallel", "Map"]);

/** `$states.result` is what a state's work gave; `$states.errorOutput` is what a Catcher caught. */
function isStatesFieldSet(field: string, { name, shape }: ValueContext): boolean {
  const isAfterwards = name === "Output" || name === "Assign";
  // A Catcher has no result to read, but AWS's own editor calls such a definition valid.
  if (field === "result") return isAfterwards && (withResult.has(shape) || shape === "Catcher");
  if (field === "errorOutput") return isAfterwards && shape === "Catcher";
  return true;
}
