import type { JsonValue } from "../../packages/asl/src/index.ts";

/** JSON text as Python's `json.dumps` writes it. */
export function printAsPython(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(printAsPython).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${printAsPython(member)}`);
  return `{${members.join(", ")}}`;
}
