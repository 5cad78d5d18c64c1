import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { jsonataLimits } from "./limits.ts";

/** The library's parser calls itself for every bracket; this looks before it does. Texts in quotes do not count. */
export function nestingError(text: string): ExpressionSyntaxError | undefined {
  let depth = 0;
  let quote = "";
  for (let offset = 0; offset < text.length; offset += 1) {
    const char = text.charAt(offset);
    if (quote !== "") {
      if (char === "\\" && quote !== "`") offset += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (char === "(" || char === "[" || char === "{") depth += 1;
    else if (char === ")" || char === "]" || char === "}") depth -= 1;
    if (depth > jsonataLimits.nesting) {
      const message = `found brackets nested deeper than ${jsonataLimits.nesting}, wanted a flatter expression`;
      return new ExpressionSyntaxError(text, offset, message);
    }
  }
  return undefined;
}
