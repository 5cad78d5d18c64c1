/** A result's shape in few bytes: a structure by its members' names, required ones with a `!`. */
import type { FieldShape, ObjectShape } from "./result-shapes.ts";

export type CompactShape =
  | "any"
  | "blob"
  | "boolean"
  | "number"
  | "string"
  | "timestamp"
  | readonly ["list", CompactShape?]
  | readonly ["map", CompactShape?]
  | CompactObject;

export interface CompactObject {
  readonly [name: string]: CompactShape;
}

export function expandObject(members: CompactObject): ObjectShape {
  const entries = Object.entries(members).map(([name, shape]) => [name.replace(/!$/, ""), expand(shape)] as const);
  return {
    type: "object",
    fields: Object.fromEntries(entries.filter((entry): entry is [string, FieldShape] => entry[1] !== undefined)),
    required: Object.keys(members).flatMap((name) => (name.endsWith("!") ? [name.slice(0, -1)] : [])),
  };
}

/** @returns `undefined` for what may be anything */
function expand(shape: CompactShape): FieldShape | undefined {
  if (shape === "any") return undefined;
  if (typeof shape === "string") return { type: shape };
  if (!isList(shape)) return expandObject(shape);
  const [type, member] = shape;
  const of = member === undefined ? undefined : expand(member);
  return { type, ...(of === undefined ? undefined : { of }) };
}

function isList(shape: CompactShape): shape is readonly ["list" | "map", CompactShape?] {
  return Array.isArray(shape);
}
