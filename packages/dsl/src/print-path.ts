/** Expressions as JSONPath: `$.models[0]`, `$$.Execution.Id`, `$threshold`, `States.Format('{}', $.id)`. */
import type { ExpressionNode, PathRoot } from "./expression.ts";
import { nodeOf } from "./expression.ts";

/** @throws TypeError for what JSONPath cannot say; the message names the expression */
export function printPath(value: unknown): string {
  const expression = nodeOf(value);
  return expression === undefined ? printLiteral(value) : printers[expression.kind](expression as never);
}

const printers: {
  readonly [Kind in ExpressionNode["kind"]]: (node: Extract<ExpressionNode, { kind: Kind }>) => string;
} = {
  path: (path) => printRoot(path.root) + path.keys.map(printKey).join(""),
  quoted: ({ text }) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`,
  intrinsic: (call) => `${call.name}(${call.arguments.map(printPath).join(", ")})`,
  jsonata: (expression) => {
    throw new TypeError(
      `found the JSONata expression "${expression.texts.join("…")}" in a JSONPath state, wanted a reference or an intrinsic function`,
    );
  },
};

/** `$` is whatever the field reads: the state's input, its result or the error output. */
function printRoot(root: PathRoot): string {
  if (typeof root === "object") return `$${root.variable}`;
  return root === "context" ? "$$" : "$";
}

function printKey(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `['${key.replaceAll(/['\\]/g, "\\$&")}']`;
}

/** Literals as arguments of intrinsic functions; ASL specification, "Intrinsic functions". */
function printLiteral(value: unknown): string {
  if (typeof value === "string") return `'${value.replaceAll(/['\\{}]/g, "\\$&")}'`;
  if (Array.isArray(value)) return `States.Array(${value.map(printPath).join(", ")})`;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  throw new TypeError(
    `found ${JSON.stringify(value)} where JSONPath computes a value, wanted a reference, an intrinsic function, a string, number, boolean or null`,
  );
}
