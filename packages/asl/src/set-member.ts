import type { JsonValue } from "./json.ts";

/** Writes one member. `__proto__` is a name like any other in data, while assigning to it would set the prototype. */
export function setMember(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}
