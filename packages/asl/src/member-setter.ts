import type { JsonValue } from "./json.ts";

/** Writes one member. `__proto__` is a name like any other in data, while assigning to it would set the prototype. */
export function memberSetter(key: string): (object: Record<string, JsonValue>, value: JsonValue) => void {
  if (key !== "__proto__") {
    return (object, value) => {
      object[key] = value;
    };
  }
  return (object, value) => {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  };
}
