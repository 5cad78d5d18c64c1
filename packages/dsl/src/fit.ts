/** The checks that turn a mistake into one sentence at its place. Each gives the good type or the sentence. */
import type { Resolved } from "./template.ts";

/** A state's name must be new in its machine. */
export type NewName<Name extends string, Used extends string> = Name extends Used
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

/** A template whose members fit what the task takes; a member that does not gets the sentence as its type. */
export type FittingTemplate<Template, Wanted> = unknown extends Wanted
  ? unknown
  : Resolved<Template> extends Wanted
    ? ExtraKeys<Template, Wanted> extends never
      ? unknown
      : { readonly [Key in ExtraKeys<Template, Wanted>]: `"${Key}" is not in the task's input` }
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
      ? "this may be absent at run time, and the task needs it"
      : Wanted;

/** A jump goes to a state that has been written already. */
export type BackwardJump<Name extends string, Known extends string> = Name extends Known ? Name : Known;
