/** What a chain of states leaves behind, for the state that encloses or follows it. Types only. */

declare const outcome: unique symbol;

/**
 * @typeParam Data  what the next state would see; `never` when the chain has ended
 * @typeParam Variables  the variables in scope behind the chain; `never` when the chain has ended
 * @typeParam StateNames  the names used so far
 * @typeParam Ends  what Succeed states on the way gave as the output of the whole graph
 */
export interface Outcome<out Data, out Variables, out StateNames, out Ends> {
  /** Never present. */
  readonly [outcome]?: { data: Data; variables: Variables; stateNames: StateNames; ends: Ends };
}

/** A chain that nothing can follow. */
export type Ended<StateNames, Ends> = Outcome<never, never, StateNames, Ends>;

// oxlint-disable-next-line typescript/no-explicit-any -- whatever is left behind
export type AnyOutcome = Outcome<any, any, any, any>;

type Left<Flow extends AnyOutcome> = NonNullable<Flow[typeof outcome]>;

/** The output of a whole graph: its last state's, or that of a Succeed state on the way. */
export type OutputOf<Flow extends AnyOutcome> = Left<Flow>["data"] | Left<Flow>["ends"];
export type DataOf<Flow extends AnyOutcome> = Left<Flow>["data"];
export type VariablesOf<Flow extends AnyOutcome> = Left<Flow>["variables"];
export type StateNamesOf<Flow extends AnyOutcome> = Left<Flow>["stateNames"];
export type EndsOf<Flow extends AnyOutcome> = Left<Flow>["ends"];

/** What every branch of a Parallel gives, in their order. */
export type BranchOutputs<Branches extends readonly AnyOutcome[]> = {
  -readonly [Index in keyof Branches]: OutputOf<Branches[Index]>;
};
