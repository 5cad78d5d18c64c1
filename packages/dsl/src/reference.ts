/**
 * References: property proxies that stand for a place in the data and record the path to it.
 * `s.input.models` reads like data, type-checks like data, and prints as `$.models` or `$states.input.models`.
 */
import { node, pathOf } from "./expression.ts";
import type { Expression, PathRoot } from "./expression.ts";

declare const path: unique symbol;

/** Remembers where an expression reads, so that a condition on it can narrow the data behind a Choice. */
export interface Located<out Path> {
  /** Types only; no value has it. */
  readonly [path]: Path;
}

/**
 * A place in the data. An optional member on the way makes everything behind it optional.
 * A tuple is indexed like data (`s.input[0]`); for an array of unknown length there is `at`.
 */
export type Reference<Value, Path extends string = string> = Expression<Value, never> &
  Located<Path> &
  Members<Value, Path>;

type Members<Value, Path extends string> = unknown extends Value
  ? unknown
  : [Value] extends [string | number | boolean | null | undefined]
    ? unknown
    : MembersOf<NonNullable<Value>, null extends Value ? undefined : Value & undefined, Path>;

type MembersOf<Value, Absent, Path extends string> = Value extends readonly unknown[]
  ? number extends Value["length"]
    ? unknown
    : { readonly [Index in Extract<keyof Value, `${number}`>]: Reference<Value[Index] | Absent, `${Path}.${Index}`> }
  : {
      readonly [Key in keyof Value]-?: Reference<Value[Key] | Absent, `${Path}.${Key & string}`>;
    };

export function createReference(root: PathRoot, keys: readonly (string | number)[] = []): object {
  const target = { [node]: { kind: "path", root, keys } };
  return new Proxy(target, {
    get(_target, key) {
      if (key === node) return target[node];
      if (typeof key === "symbol" || probed.has(key)) return undefined;
      return createReference(root, [...keys, /^\d+$/.test(key) ? Number(key) : key]);
    },
  });
}

/** `await`, `JSON.stringify` and loggers probe these names; answering them with a proxy would misbehave. */
const probed: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);

/**
 * An element of an array. It may be missing at run time, which only `isPresent` can rule out.
 * @param index  from 0; negative counts from the end
 */
export function at<Element>(
  array: Expression<readonly Element[], never>,
  index: number,
): Reference<Element | undefined> {
  return follow(array, index) as Reference<Element | undefined>;
}

/** A member whose name JavaScript keeps for itself (`then`, `constructor`) or that consists of digits. */
export function field<Value, Key extends keyof Value & string>(
  object: Expression<Value, never>,
  key: Key,
): Reference<Value[Key]> {
  return follow(object, key) as Reference<Value[Key]>;
}

/**
 * The same place, taken to be there: for use behind a condition that the types cannot follow.
 * When it is absent after all, the state fails with `States.Runtime` (JSONPath) or `States.QueryEvaluationError`.
 */
export function present<Value>(reference: Expression<Value, never>): Reference<NonNullable<Value>> {
  return reference as Reference<NonNullable<Value>>;
}

/**
 * A place that the types do not know, and whose value is taken to be whatever is wanted of it.
 * @param keys  lead there from `reference`; a number is an index
 * @example untyped(s.input, "orders", 0, "total") // => $.orders[0].total
 */
export function untyped(
  reference: Expression<unknown, never>,
  ...keys: readonly (string | number)[]
  // oxlint-disable-next-line typescript/no-explicit-any -- of a place that nobody described nothing is known
): Expression<any, never> & Located<"untyped"> {
  const place: unknown = keys.reduce<Expression<unknown, never>>(
    (from, key) => follow(from, key) as Expression<unknown, never>,
    reference,
  );
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  return place as Expression<any, never> & Located<"untyped">;
}

function follow(from: Expression<unknown>, key: string | number): object {
  const { root, keys } = pathOf(from);
  return createReference(root, [...keys, key]);
}
