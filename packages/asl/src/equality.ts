/** When two JSON values are the same, and which of two texts comes first, as the service (Java) sees it. */
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from "./json.ts";

/** Member order does not count. Not recursive, so that depth costs no stack. */
export function deepEqual(left: JsonValue, right: JsonValue): boolean {
  const pending: JsonValue[] = [left, right];
  while (pending.length > 0) {
    const one = pending.pop()!;
    const other = pending.pop()!;
    if (one === other) continue;
    const agree = isJsonArray(one)
      ? isJsonArray(other) && pushItems(one, other, pending)
      : isJsonObject(one) && isJsonObject(other) && pushMembers(one, other, pending);
    if (!agree) return false;
  }
  return true;
}

function pushItems(one: JsonArray, other: JsonArray, pending: JsonValue[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) pending.push(one[index]!, other[index]!);
  return true;
}

function pushMembers(one: JsonObject, other: JsonObject, pending: JsonValue[]): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(other, key)) return false;
    pending.push(one[key]!, other[key]!);
  }
  return true;
}

/** By UTF-16 code units, as Java's `compareTo` and JavaScript's `<` do. */
export function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
