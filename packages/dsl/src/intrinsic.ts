/**
 * The intrinsic functions of JSONPath states, under their own names.
 *
 * @see ASL specification, "Intrinsic functions"
 */
import type { JsonValue } from "@stepwright/asl";
import { createExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";

/** A reference, or what an intrinsic function gives. */
type Computed<Value> = Expression<Value, "JSONPath">;

type Or<Value> = Value | Computed<Value>;

export type HashAlgorithm = "MD5" | "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** Nested at most 10 deep; not in a Choice, `inputPath` or `resultPath`. */
export const States = Object.freeze({
  Array: <Element>(...elements: readonly Or<Element>[]) => call<Element[]>("Array", elements),
  /** @param size  of a chunk, at least 1 */
  ArrayPartition: <Element>(array: Computed<readonly Element[]>, size: Or<number>) =>
    call<Element[][]>("ArrayPartition", [array, size]),
  ArrayContains: (array: Computed<readonly unknown[]>, value: Or<JsonValue>) =>
    call<boolean>("ArrayContains", [array, value]),
  /** Both ends included; at most 1000 elements. */
  ArrayRange: (first: Or<number>, last: Or<number>, step: Or<number>) =>
    call<number[]>("ArrayRange", [first, last, step]),
  /** An index out of range fails the state with `States.IntrinsicFailure`. */
  ArrayGetItem: <Element>(array: Computed<readonly Element[]>, index: Or<number>) =>
    call<Element>("ArrayGetItem", [array, index]),
  ArrayLength: (array: Computed<readonly unknown[]>) => call<number>("ArrayLength", [array]),
  ArrayUnique: <Element>(array: Computed<readonly Element[]>) => call<Element[]>("ArrayUnique", [array]),
  /** At most 10000 characters. */
  Base64Encode: (text: Or<string>) => call<string>("Base64Encode", [text]),
  /** At most 10000 characters. */
  Base64Decode: (text: Or<string>) => call<string>("Base64Decode", [text]),
  /** Lower-case hexadecimal. */
  Hash: (data: Or<JsonValue> | Computed<unknown>, algorithm: Or<HashAlgorithm>) =>
    call<string>("Hash", [data, algorithm]),
  /** Shallow; the second wins. */
  JsonMerge: <One extends object, Other extends object>(one: Computed<One>, other: Computed<Other>) =>
    call<Omit<One, keyof Other> & Other>("JsonMerge", [one, other, false]),
  StringToJson: <Value = unknown>(text: Or<string>) => call<Value>("StringToJson", [text]),
  JsonToString: (value: Computed<unknown>) => call<string>("JsonToString", [value]),
  /** @param first  included @param end  excluded */
  MathRandom: (first: Or<number>, end: Or<number>) => call<number>("MathRandom", [first, end]),
  MathAdd: (one: Or<number>, other: Or<number>) => call<number>("MathAdd", [one, other]),
  /** @param separators  each character of it separates; empty pieces are dropped */
  StringSplit: (text: Or<string>, separators: Or<string>) => call<string[]>("StringSplit", [text, separators]),
  UUID: () => call<string>("UUID", []),
  /** @param template  with one `{}` for each value */
  Format: (template: string, ...values: readonly Or<string | number | boolean | null>[]) =>
    call<string>("Format", [formatTemplate(template), ...values]),
});

function call<Value>(name: string, parameters: readonly unknown[]): Computed<Value> {
  return createExpression({ kind: "intrinsic", name: `States.${name}`, arguments: parameters });
}

/** Printed as it is: here the braces are placeholders, where other strings escape them. */
function formatTemplate(template: string): Computed<string> {
  return createExpression({ kind: "quoted", text: template });
}
