/** Expressions as JSONata, without the `{% %}`: `$states.input.models[0]`, `$threshold`. */
import type { ExpressionNode, PathRoot } from "./expression.ts";
import { nodeOf } from "./expression.ts";

/** @throws TypeError for an intrinsic function, which only JSONPath has */
export function printJsonata(value: unknown): string {
  const expression = nodeOf(value);
  return expression === undefined ? printLiteral(value) : printers[expression.kind](expression as never);
}

const printers: {
  readonly [Kind in ExpressionNode["kind"]]: (node: Extract<ExpressionNode, { kind: Kind }>) => string;
} = {
  path: (path) => printRoot(path.root) + path.keys.map(printKey).join(""),
  quoted: ({ text }) => JSON.stringify(text),
  intrinsic: (call) => {
    throw new TypeError(`found ${call.name} in a JSONata state, wanted a JSONata function`);
  },
  jsonata: (expression) =>
    expression.texts
      .map((text, index) => text + (index < expression.values.length ? printJsonata(expression.values[index]) : ""))
      .join(""),
};

function printRoot(root: PathRoot): string {
  return typeof root === "object" ? `$${root.variable}` : `$states.${root}`;
}

function printKey(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !words.has(key) ? `.${key}` : `.\`${key}\``;
}

/** Words that JSONata reads as operators or values. */
const words: ReadonlySet<string> = new Set(["and", "or", "in", "true", "false", "null", "function"]);

function printLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printJsonata).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}: ${printJsonata(member)}`)
    .join(", ")}}`;
}
