/** What the facts that a condition proves mean for the type of the data. */
import type { Different, Equal, Present } from "./condition.ts";

/** `Data` as it must be where every fact in the union `Fact` holds. */
export type Narrowed<Data, Fact> = [Fact] extends [never] ? Data : WithPresent<Matching<Data, Fact>, PresentKeys<Fact>>;

/** The members of the union `Data` that no fact rules out. */
type Matching<Data, Fact> = Data extends unknown ? (true extends IsRuledOut<Data, Fact> ? never : Data) : never;

type IsRuledOut<Data, Fact> =
  Fact extends Equal<`input.${infer Key}`, infer Value>
    ? Key extends keyof Data
      ? Disjoint<Data[Key], Value>
      : false
    : Fact extends Different<`input.${infer Key}`, infer Value>
      ? Key extends keyof Data
        ? Within<Data[Key], Value>
        : false
      : false;

/** `true` when no value can be of both types. */
type Disjoint<One, Other> = [Extract<One, Other>] extends [never]
  ? [Extract<Other, One>] extends [never]
    ? true
    : false
  : false;

type Within<One, Other> = [One] extends [Other] ? true : false;

type PresentKeys<Fact> = Fact extends Present<`input.${infer Keys}`> ? Keys : never;

/** `Data` with the members at `Keys` (`overrides.force`) there for certain. */
type WithPresent<Data, Keys extends string> = [Keys] extends [never]
  ? Data
  : Data extends object
    ? PresentMembers<Data, Keys> extends infer Members
      ? { [Key in keyof Members]: Members[Key] }
      : never
    : Data;

type PresentMembers<Data, Keys extends string> = {
  [Key in keyof Data as Key extends Head<Keys> ? never : Key]: Data[Key];
} & {
  [Key in keyof Data as Key extends Head<Keys> ? Key : never]-?: WithPresent<
    Exclude<Data[Key], undefined>,
    Tail<Keys, Extract<Key, string>>
  >;
};

type Head<Keys extends string> = Keys extends `${infer First}.${string}` ? First : Keys;
type Tail<Keys extends string, First extends string> = Keys extends `${First}.${infer Rest}` ? Rest : never;
