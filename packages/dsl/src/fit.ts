/** The checks that turn a mistake into one sentence at its place. Each gives the good type or the sentence. */
import type { Resolved } from "./template.ts";

/** A state's name must be new in its machine. Names that are only known as `string` are checked when it is built. */
export type NewName<Name extends string, Used extends string> = string extends Used
  ? Name
  : Name extends Used
    ? `the state name "${Name}" is already used in this machine`
    : Name;

/** Why `Given` does not fit a task that takes `Wanted`. */
export type WhyUnfit<TaskName extends string, Given, Wanted> = [Exclude<RequiredKeys<Wanted>, keyof Given>] extends [
  never,
]
  ? [UnfitKeys<Given, Wanted>] extends [never]
    ? `${TaskName} takes another type than the flow has here`
    : `${TaskName} takes another type of "${UnfitKeys<Given, Wanted>}" than the flow has here`
  : `${TaskName} needs "${Exclude<RequiredKeys<Wanted>, keyof Given>}", which the flow does not have here`;

type RequiredKeys<Wanted> = {
  [Key in Extract<keyof Wanted, string>]-?: undefined extends Wanted[Key] ? never : Key;
}[Extract<keyof Wanted, string>];

type UnfitKeys<Given, Wanted> = {
  [Key in Extract<keyof Wanted & keyof Given, string>]: Given[Key] extends Wanted[Key] ? never : Key;
}[Extract<keyof Wanted & keyof Given, string>];

/** Stands where a value must not be; its text is the sentence an author reads. */
export interface Mistake<Sentence extends string> {
  readonly mistake: Sentence;
}

/** The template itself if it fits what the task takes, else the template in which a sentence stands for what does not. */
export type FittingTemplate<Template, Wanted> = unknown extends Wanted
  ? Template
  : Resolved<Template> extends Wanted
    ? [ExtraKeys<Template, Wanted>] extends [never]
      ? Template
      : {
          readonly [Key in keyof Template]: Key extends keyof Wanted
            ? unknown
            : Mistake<"the task takes no such member">;
        }
    : {
        readonly [Key in keyof Wanted]: Key extends keyof Template
          ? FittingMember<Template[Key], Wanted[Key]>
          : unknown;
      };

type ExtraKeys<Template, Wanted> = Exclude<Extract<keyof Template, string>, KeysOfUnion<Wanted>>;
type KeysOfUnion<Type> = Type extends unknown ? keyof Type : never;

type FittingMember<Template, Wanted> =
  Resolved<Template> extends Wanted
    ? unknown
    : undefined extends Resolved<Template>
      ? Mistake<"this may be absent at run time, which fails the state">
      : Wanted;

/** A jump goes to a state that has been written already. */
export type BackwardJump<Name extends string, Known extends string> = Name extends Known ? Name : Known;
