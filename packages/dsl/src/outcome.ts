/** What a chain of states leaves behind, for the state that encloses or follows it. Types only. */
import type { CertainNames } from "./fit.ts";

declare const outcome: unique symbol;

/** Whatever is left behind. It says nothing, so that the compiler infers nothing from it where it is a constraint. */
export interface AnyOutcome {
  /** Never present. */
  readonly [outcome]?: unknown;
}

/**
 * @typeParam Data  what the next state would see; `never` when the chain has ended
 * @typeParam Variables  the variables in scope behind the chain; `never` when the chain has ended
 * @typeParam StateNames  the names used so far
 * @typeParam Ends  what Succeed states on the way gave as the output of the whole graph
 */
export interface Outcome<out Data, out Variables, out StateNames, out Ends> extends AnyOutcome {
  readonly [outcome]?: { data: Data; variables: Variables; stateNames: StateNames; ends: Ends };
}

/** A chain that nothing can follow. */
export type Ended<StateNames, Ends> = Outcome<never, never, StateNames, Ends>;

export type DataOf<Flow extends AnyOutcome> =
  Flow extends Outcome<infer Data, unknown, unknown, unknown> ? Data : never;
export type VariablesOf<Flow extends AnyOutcome> =
  Flow extends Outcome<unknown, infer Variables, unknown, unknown> ? Variables : never;
export type StateNamesOf<Flow extends AnyOutcome> =
  Flow extends Outcome<unknown, unknown, infer StateNames extends string, unknown> ? StateNames : never;
export type EndsOf<Flow extends AnyOutcome> =
  Flow extends Outcome<unknown, unknown, unknown, infer Ends> ? Ends : never;

/** The output of a whole graph: its last state's, or that of a Succeed state on the way. */
export type OutputOf<Flow extends AnyOutcome> =
  Flow extends Outcome<infer Data, unknown, unknown, infer Ends> ? Data | Ends : never;

/** What every branch of a Parallel gives, in their order. */
export type BranchOutputs<Branches extends readonly AnyOutcome[]> = {
  -readonly [Index in keyof Branches]: OutputOf<Branches[Index]>;
};

type KnownNames<Flow extends AnyOutcome> = CertainNames<StateNamesOf<Flow>>;

/**
 * What a branch gives, or the sentence that names a state which another branch has as well.
 * @typeParam Known  the states outside, of which every branch knows
 */
export type DistinctBranch<
  Branches extends readonly AnyOutcome[],
  Index extends keyof Branches,
  Known extends string,
> = [NamesTwice<Branches, Index, Known>] extends [never]
  ? Branches[Index]
  : `the state name "${NamesTwice<Branches, Index, Known>}" is used in another branch, too`;

type NamesTwice<Branches extends readonly AnyOutcome[], Index extends keyof Branches, Known extends string> = Exclude<
  KnownNames<Extract<Branches[Index], AnyOutcome>> & NamesOfOthers<Branches, Index>,
  Known
>;

type NamesOfOthers<Branches extends readonly AnyOutcome[], Index extends keyof Branches> = {
  [Other in keyof Branches]: Other extends Index ? never : KnownNames<Branches[Other]>;
}[number];

/** What the graph inside a state gives, or the sentence that names a state which the state's Catchers have as well. */
export type DistinctInner<Inner extends AnyOutcome, Caught extends AnyOutcome, Known extends string> = [
  Exclude<KnownNames<Inner> & KnownNames<Caught>, Known>,
] extends [never]
  ? Inner
  : `the state name "${Exclude<KnownNames<Inner> & KnownNames<Caught>, Known>}" is used in a Catcher, too`;

/** What a fragment gives, or the sentence that names a state which the machine has already. */
export type DistinctFragment<Given extends AnyOutcome, Prefix extends string, Used extends string> = string extends Used
  ? Given
  : [`${Prefix}${KnownNames<Given>}` & Used] extends [never]
    ? Given
    : `the state name "${`${Prefix}${KnownNames<Given>}` & Used}" is already used in this machine: give the fragment a prefix`;
