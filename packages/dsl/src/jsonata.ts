/** JSONata written by hand, with typed references inside. */
import { createExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";

/**
 * An expression in JSONata, without the `{% %}`; the type says what it gives.
 * Interpolated references print as their paths, everything else as a literal.
 * @example jsonata<number>`$sum(${s.input.orders}.amount)`
 */
export function jsonata<Value = unknown>(
  texts: TemplateStringsArray,
  ...values: readonly unknown[]
): Expression<Value, "JSONata"> {
  return createExpression({ kind: "jsonata", texts, values });
}
