/** What a chain of states leaves behind, for the state that encloses or follows it. Types only. */

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
