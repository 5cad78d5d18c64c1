/** The SDK's own schemas, as its clients carry them for their serializers, in the compact notation of the runner. */
import type { CompactShape } from "../../packages/local-runner/src/test-state/compact-shape.ts";

/**
 * `[kind, namespace, name, traits, …]`: 1 a list with its member, 2 a map with key and value, 3 a structure with names,
 * members and how many of them, the first, are required, 4 a union of the same form, 9 an operation with what it takes
 * and gives. 0 is a simple type with a name.
 */
export type StaticSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  ...rest: unknown[],
];

/** As deep as results are described; below that anything goes. */
const maxDepth = 3;

/** @param path into the operation's result; `[]` is the item of a list */
export function shapeOf(operation: StaticSchema, path: readonly string[]): CompactShape {
  let schema: unknown = operation[5];
  for (const step of path) {
    const [kind, , , , names, members] = resolved(schema) as StaticSchema;
    if (kind === 3) schema = (members as unknown[])[(names as string[]).findIndex((name) => upper(name) === step)];
    else schema = names;
  }
  return described(schema, 0);
}

/** Behind functions, and without the traits of a member. */
function resolved(schema: unknown): unknown {
  const value: unknown = typeof schema === "function" ? (schema as () => unknown)() : schema;
  return Array.isArray(value) && value.length === 2 ? resolved(value[0]) : value;
}

function described(given: unknown, depth: number): CompactShape {
  const schema = resolved(given);
  if (typeof schema === "number") return simple(schema);
  const [kind, , , , first, second, required = 0] = schema as StaticSchema;
  if (kind === 0) return described(first, depth);
  if (depth >= maxDepth) return kind === 1 ? ["list"] : ["map"];
  if (kind === 1) return ["list", described(first, depth + 1)];
  if (kind === 2) return ["map", described(second, depth + 1)];
  // Of a union, one member is there.
  const members = (first as string[]).map((name, position) => {
    const mark = position < (required as number) ? "!" : "";
    return [`${upper(name)}${mark}`, described((second as unknown[])[position], depth + 1)] as const;
  });
  return Object.fromEntries(members);
}

const simpleTypes: Readonly<Record<number, CompactShape>> = {
  0: "string",
  1: "number",
  2: "boolean",
  4: "timestamp",
  5: "timestamp",
  6: "timestamp",
  7: "timestamp",
  15: "any",
  17: "number",
  19: "number",
  21: "blob",
  42: "blob",
};

/** A list of simple values is 64 and their type, a map 128 and their type. */
function simple(code: number): CompactShape {
  if (code >= 128) return ["map", simple(code - 128)];
  if (code >= 64) return ["list", simple(code - 64)];
  return simpleTypes[code] ?? "any";
}

/** Step Functions shows every member with a capital letter. */
function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
