/** The checks that turn a mistake into one sentence at its place. Each gives the good type or the sentence. */
import type { QueryLanguage } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import type { Absent } from "./state-options.ts";
import type { Resolved } from "./template.ts";

/** A state's name must be new in its machine. Names that are only known as `string` are checked when it is built. */
export type NewName<Name extends string, Used extends string> = Name extends Used
  ? string extends Used
    ? Name
    : `the state name "${Name}" is already used in this machine`
  : Name;

/**
 * What is kept of a state's name. One of several, as a fragment with parameters gives its states, is kept beside a mark:
 * a state may jump there, but whether the name is used twice is only seen when the machine is built.
 */
export type NameOf<Name extends string, All = Name> = Name extends unknown
  ? [All] extends [Name]
    ? Name
    : Name | Marked<Name>
  : never;

type Marked<Name extends string> = `${Name} (perhaps)`;

/** The names of states that are certainly there. */
export type CertainNames<Names extends string, All = Names> = string extends Names
  ? never
  : Names extends Marked<string>
    ? never
    : Marked<Names> extends All
      ? never
      : Names;

/** Why `Given` does not fit a task that takes `Wanted`. */
export type WhyUnfit<TaskName extends string, Given, Wanted> = `${TaskName} ${Misfit<Given, Wanted>}`;

/** The first question is answered only when `Wanted` is known: until then the compiler asks none of the others. */
type Misfit<Given, Wanted> = [Wanted] extends [object]
  ? [Exclude<RequiredKeys<Wanted>, keyof Given>] extends [never]
    ? [UnfitKeys<Given, Wanted>] extends [never]
      ? "takes another type than the flow has here"
      : `takes another type of "${UnfitKeys<Given, Wanted>}" than the flow has here`
    : `needs "${Exclude<RequiredKeys<Wanted>, keyof Given>}", which the flow does not have here`
  : "takes another type than the flow has here";

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

/** The template itself, with a sentence in the place of each expression that only the other query language can say. */
export type TemplateIn<Template, Language extends QueryLanguage> = Template extends Literal
  ? Template
  : Template extends Expression<unknown>
    ? Template extends Expression<unknown, Language>
      ? Template
      : Mistake<Foreign[Language]>
    : { readonly [Key in keyof Template]: TemplateIn<Template[Key], Language> };

/** As `TemplateIn`, for the templates that ASL wants to be objects in JSONPath. */
export type ObjectTemplate<Template> =
  Template extends Expression<unknown> ? Mistake<NoObject> : TemplateIn<Template, "JSONPath">;

type NoObject = "a template of JSONPath is an object, as { name: s.result.name }";

/** The variables that a state assigns, with a sentence in the place of each that belongs to an outer scope. */
export type Assignable<Assigned, Outer extends string, Language extends QueryLanguage> = Assigned extends Absent
  ? {}
  : {
      readonly [Name in keyof Assigned]: Name extends Outer
        ? Mistake<"a variable of the states around is not assigned in a Map or Parallel: give it another name">
        : TemplateIn<Assigned[Name], Language>;
    };

type Literal = string | number | boolean | null | undefined;

interface Foreign {
  readonly JSONPath: "a JSONPath state takes references and States functions, not JSONata";
  readonly JSONata: "a JSONata state takes references and jsonata, not States functions";
}

/** The template itself if it fits what the task takes, else the template in which a sentence stands for what does not. */
export type FittingTemplate<Template, Wanted, Language extends QueryLanguage> = unknown extends Wanted
  ? TemplateIn<Template, Language>
  : ResolvedIn<Template, Language> extends Wanted
    ? [keyof Template & string] extends [KeysOfUnion<Wanted>]
      ? Template
      : {
          readonly [Key in keyof Template]: Key extends KeysOfUnion<Wanted> ? unknown : Excess<Template, Language>;
        }
    : {
        readonly [Key in keyof Wanted]: Key extends keyof Template
          ? FittingMember<Template[Key], Wanted[Key], Language>
          : unknown;
      };

/** What an author writes out member by member is what the task takes; data that is there may have more. */
type Excess<Template, Language extends QueryLanguage> =
  Template extends Expression<unknown>
    ? unknown
    : Template extends readonly unknown[]
      ? Language extends "JSONata"
        ? unknown
        : Mistake<NoObject>
      : Mistake<"the task takes no such member">;

/** As `Resolved`, but that an expression of the other query language becomes nothing that a task takes. */
type ResolvedIn<Template, Language extends QueryLanguage> = Template extends string | number | boolean | null
  ? Template
  : Template extends Expression<infer Value, Language>
    ? Value
    : { -readonly [Key in keyof Template]: ResolvedIn<Template[Key], Language> };

type KeysOfUnion<Type> = Type extends unknown ? keyof Type : never;

type FittingMember<Template, Wanted, Language extends QueryLanguage> =
  ResolvedIn<Template, Language> extends Wanted
    ? unknown
    : Resolved<Template> extends Wanted
      ? TemplateIn<Template, Language>
      : undefined extends Resolved<Template>
        ? Mistake<"this may be absent, which fails the state: ask isPresent in a Choice before, or say present(…)">
        : Wanted;

/** A jump goes to a state that has been written already. */
export type BackwardJump<Name extends string, Known extends string> = Name extends Known ? Name : Known;
