/**
 * What a TypeScript type becomes between two states: JSON text and back.
 * A Date arrives as a string, a member that may be `undefined` arrives as an optional one,
 * and what JSON cannot carry becomes a `NotJson` that says so.
 */
import type { JsonPrimitive, JsonValue } from "@stepwright/asl";

/** Stands in a wire type where JSON has no answer; its text is the sentence an author reads. */
export interface NotJson<Sentence extends string> {
  readonly notJson: Sentence;
}

/**
 * The type of a value after it has travelled between two states.
 * A type that is JSON already stays the very same type, so that an editor shows it by its own name.
 * The order of the questions is for speed: a plain object is asked few of them.
 */
export type Wire<Type> = unknown extends Type
  ? Type
  : [Type] extends [JsonValue]
    ? Type
    : Type extends JsonValue
      ? Type
      : Type extends Exotic
        ? WireOfExotic<Type>
        : Type extends readonly unknown[]
          ? { [Index in keyof Type]: Wire<Type[Index]> }
          : Type extends object
            ? WireObject<Type>
            : null;

/** What is no plain data, though some of it becomes JSON. */
type Exotic =
  | { toJSON(): unknown }
  | bigint
  | symbol
  | undefined
  | ((...parameters: never) => unknown)
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBufferView;

type WireOfExotic<Type> = Type extends { toJSON(): infer Json }
  ? Wire<Json>
  : Type extends bigint
    ? NotJson<"a bigint cannot travel between states: send a string or a number">
    : Type extends symbol
      ? NotJson<"a symbol cannot travel between states">
      : Type extends undefined
        ? NotJson<"undefined cannot travel between states: leave the member out or send null">
        : Type extends (...parameters: never) => unknown
          ? NotJson<"a function cannot travel between states">
          : Type extends ReadonlyMap<unknown, unknown>
            ? NotJson<"a Map cannot travel between states: send an object">
            : Type extends ReadonlySet<unknown>
              ? NotJson<"a Set cannot travel between states: send an array">
              : NotJson<"bytes cannot travel between states: send a Base64 string">;

/** The second way is the general one and costs the compiler three times as much: few types need it. */
type WireObject<Type> = true extends { [Key in keyof Type]-?: NeedsRemapping<Type, Key> }[keyof Type]
  ? WireMembers<Type> extends infer Members
    ? { [Key in keyof Members]: Members[Key] }
    : never
  : { [Key in keyof Type]: Wire<Exclude<Type[Key], undefined>> };

/** A symbol goes away, and a member that is there but `undefined` becomes optional. */
type NeedsRemapping<Type, Key extends keyof Type> = Key extends symbol
  ? true
  : undefined extends Type[Key]
    ? {} extends Pick<Type, Key>
      ? false
      : true
    : false;

/** Symbols are no JSON keys. */
type WireMembers<Type> = {
  [Key in keyof Type as Key extends symbol ? never : undefined extends Type[Key] ? never : Key]: Wire<Type[Key]>;
} & {
  [Key in keyof Type as Key extends symbol ? never : undefined extends Type[Key] ? Key : never]?: Wire<
    Exclude<Type[Key], undefined>
  >;
};

/** `Whole` if all of `Type` can travel, else the sentence that says what cannot. */
export type IfOnWire<Type, Whole> = [Type] extends [Sendable]
  ? Whole
  : [NotJsonIn<Wire<Type>>] extends [never]
    ? Whole
    : NoInfer<NotJsonIn<Wire<Type>>>;

/** What a look without recursion into mapped types can already accept. */
type Sendable = JsonPrimitive | readonly Sendable[] | { readonly [key: string]: Sendable | undefined };

type NotJsonIn<WireType> = unknown extends WireType
  ? never
  : WireType extends JsonPrimitive
    ? never
    : WireType extends NotJson<infer Sentence>
      ? Sentence
      : WireType extends readonly (infer Element)[]
        ? NotJsonIn<Element>
        : { [Key in keyof WireType]-?: NotJsonInMember<Key, NonNullable<WireType[Key]>> }[keyof WireType];

type NotJsonInMember<Key, WireType> = unknown extends WireType
  ? never
  : WireType extends JsonPrimitive
    ? never
    : WireType extends NotJson<infer Sentence>
      ? Key extends string
        ? `"${Key}": ${Sentence}`
        : Sentence
      : WireType extends readonly (infer Element)[]
        ? NotJsonIn<Element>
        : NotJsonIn<WireType>;
