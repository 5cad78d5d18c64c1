/** What crosses between a machine and a handler: values, never shared objects. */
import type { JsonValue } from "@stepwright/asl";

/** A copy that shares nothing with the original and may be changed. */
export function copyJson(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const copy: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries(value)) {
    // An assignment would set the prototype instead.
    if (key === "__proto__") return JSON.parse(JSON.stringify(value)) as JsonValue;
    copy[key] = copyJson(member);
  }
  return copy;
}

/**
 * A handler's result as JSON text and back: a Date becomes text, `undefined` members vanish.
 * @returns `undefined` for `undefined`; an Error for a BigInt, a circular object, a function
 */
export function toWire(result: unknown): JsonValue | Error | undefined {
  if (result === undefined || result === null) return undefined;
  if (typeof result === "function" || typeof result === "symbol") return new Error(`a ${typeof result}`);
  try {
    const text = JSON.stringify(result) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
  }
}
