/** A result of the `jsonata` library as JSON, or why it is none. */
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "../json.ts";
import type { JsonataResult } from "./library.ts";

/** A function, a regular expression or a number that JSON does not have, somewhere in the result. */
export const unsupported = Symbol("unsupported result");

const libraryMarks = ["sequence", "keepSingleton", "cons"];

/** Deeper results are taken for endless; the service reads no JSON deeper than that either. */
const maxDepth = 1000;

/**
 * Results carry the library's marks on arrays; JSON of ours must not. What has no marks is not copied.
 * @returns `undefined` for nothing
 */
export function toJson(result: JsonataResult, depth = 0): JsonValue | undefined | typeof unsupported {
  if (typeof result === "function" || depth > maxDepth) return unsupported;
  if (typeof result === "number") return Number.isFinite(result) ? result : unsupported;
  if (isJsonArray(result)) return listToJson(result, depth);
  return isJsonObject(result) ? objectToJson(result, depth) : result;
}

function listToJson(items: JsonArray, depth: number): JsonArray | typeof unsupported {
  let copy: JsonValue[] | undefined = libraryMarks.some((mark) => mark in items) ? [] : undefined;
  for (const [index, item] of items.entries()) {
    const value = toJson(item, depth + 1);
    if (value === unsupported || value === undefined) return unsupported;
    if (value !== item) copy ??= items.slice(0, index);
    copy?.push(value);
  }
  return copy ?? items;
}

function objectToJson(object: JsonObject, depth: number): JsonObject | typeof unsupported {
  if ("_jsonata_lambda" in object || "_jsonata_function" in object) return unsupported;
  let changed = Object.getPrototypeOf(object) !== Object.prototype;
  const members = Object.entries(object);
  for (const member of members) {
    const value = toJson(member[1], depth + 1);
    if (value === unsupported || value === undefined) return unsupported;
    changed ||= value !== member[1];
    member[1] = value;
  }
  return changed ? Object.fromEntries(members) : object;
}
