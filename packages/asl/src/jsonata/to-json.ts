/** A result of the `jsonata` library as JSON, or why it is none. */
import type { JsonValue } from "../json.ts";

/** A function, a regular expression or a number that JSON does not have, somewhere in the result. */
export const unsupported = Symbol("unsupported result");

const libraryMarks = ["sequence", "keepSingleton", "cons"];

/** Deeper results are taken for endless; the service reads no JSON deeper than that either. */
const maxDepth = 1000;

/**
 * Results carry the library's marks on arrays; JSON of ours must not. What has no marks is not copied.
 * @returns `undefined` for nothing
 */
export function toJson(result: unknown, depth = 0): JsonValue | undefined | typeof unsupported {
  switch (typeof result) {
    case "undefined":
    case "string":
    case "boolean":
      return result;
    case "number":
      return Number.isFinite(result) ? result : unsupported;
    case "object":
      if (result === null) return null;
      if (depth > maxDepth) return unsupported;
      return Array.isArray(result) ? listToJson(result, depth) : objectToJson(result, depth);
    default:
      return unsupported;
  }
}

function listToJson(items: readonly unknown[], depth: number): readonly JsonValue[] | typeof unsupported {
  let copy: JsonValue[] | undefined = libraryMarks.some((mark) => mark in items) ? [] : undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = toJson(items[index], depth + 1);
    if (item === unsupported || item === undefined) return unsupported;
    if (copy === undefined && item !== items[index]) copy = items.slice(0, index) as JsonValue[];
    copy?.push(item);
  }
  return copy ?? (items as readonly JsonValue[]);
}

function objectToJson(object: object, depth: number): JsonValue | typeof unsupported {
  if ("_jsonata_lambda" in object || "_jsonata_function" in object) return unsupported;
  let changed = Object.getPrototypeOf(object) !== Object.prototype;
  const members = Object.entries(object as Record<string, unknown>);
  for (const member of members) {
    const value = toJson(member[1], depth + 1);
    if (value === unsupported || value === undefined) return unsupported;
    changed ||= value !== member[1];
    member[1] = value;
  }
  return changed ? (Object.fromEntries(members) as JsonValue) : (object as JsonValue);
}
