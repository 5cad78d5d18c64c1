/**
 * References: property proxies that stand for a place in the data and record the path to it.
 * `s.input.models` reads like data, type-checks like data, and prints as `$.models` or `$states.input.models`.
 */
import { node } from "./expression.ts";
import type { Expression, PathRoot } from "./expression.ts";

/** A place in the data. An optional member on the way makes everything behind it optional. */
export type Reference<Value> = Expression<Value> & Members<Value>;

type Members<Value> = unknown extends Value
  ? unknown
  : [Value] extends [string | number | boolean | null | undefined]
    ? unknown
    : MembersOf<NonNullable<Value>, Extract<Value, null | undefined>>;

type MembersOf<Value, Absent> = Value extends readonly unknown[]
  ? number extends Value["length"]
    ? unknown
    : { readonly [Index in Extract<keyof Value, `${number}`>]: Reference<Value[Index] | Absent> }
  : { readonly [Key in keyof Value]-?: Reference<Value[Key] | (Absent extends never ? never : undefined)> };

export function createReference(root: PathRoot, keys: readonly (string | number)[] = []): object {
  const path = { [node]: { kind: "path", root, keys } };
  return new Proxy(path, {
    get(target, key) {
      if (key === node) return target[node];
      return typeof key === "symbol" ? undefined : memberOf(root, keys, key);
    },
  });
}

/** `await`, `JSON.stringify` and loggers probe these names; answering them with a proxy would misbehave. */
const probed: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);

function memberOf(root: PathRoot, keys: readonly (string | number)[], key: string): object | undefined {
  if (probed.has(key)) return undefined;
  return createReference(root, [...keys, /^\d+$/.test(key) ? Number(key) : key]);
}
