/** What the options of several states have in common, whatever the query language. */
import type { JsonObject, State } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import type { InputScope } from "./scope.ts";
import type { Resolved } from "./template.ts";

/** Stands for what an option would have computed, had the author written it. */
export interface Absent {
  readonly absent: true;
}

export type Unless<Computed, Otherwise> = Computed extends Absent ? Otherwise : Resolved<NoInfer<Computed>>;

/** The variables of a state that assigns none. */
export type Nothing = object;

export interface StateOptions {
  readonly comment?: string;
  /**
   * Fields as ASL, for what has no option here: `{ OutputPath: "$.body" }`. The types do not look into them.
   * In a Map `ItemProcessor` (or `Iterator`) holds what stands beside the processor's states.
   */
  readonly asl?: JsonObject;
}

/** A literal, or an expression that is evaluated at run time. */
export type OrExpression<Value, Data, Variables> = Value | ((scope: InputScope<Data, Variables>) => Expression<Value>);

export interface TaskLimits<Data, Variables> {
  /** 1 to 99999999; no limit when absent. */
  readonly timeoutSeconds?: OrExpression<number, Data, Variables>;
  /** Less than `timeoutSeconds`. */
  readonly heartbeatSeconds?: OrExpression<number, Data, Variables>;
}

export interface InvokeOptions<Waiting> {
  /** A function that is not ours: its name, its ARN or a substitution. No handler is generated for it. */
  readonly functionName?: string;
  /** A version or an alias of the function. */
  readonly qualifier?: string;
  /**
   * Wait until somebody sends the task's result with the token that the payload carries; the contract's output is
   * then what they send.
   */
  readonly waitForTaskToken?: Waiting;
}

export interface FragmentOptions<Prefix> {
  /** What the names of the fragment's states begin with, where a machine has the fragment twice. */
  readonly prefix?: Prefix;
}

export interface MapLimits<Data, Variables> {
  /** At most so many iterations at a time; 0 lets the service choose (40). */
  readonly maxConcurrency?: OrExpression<number, Data, Variables>;
}

/** Exactly one of the two. */
export type WaitOptions<Data, Variables> = StateOptions &
  (
    | { /** 0 to 99999999. */ readonly seconds: OrExpression<number, Data, Variables>; readonly timestamp?: never }
    | {
        /** RFC 3339 with `T` and `Z` or an offset; one in the past does not wait. */
        readonly timestamp: OrExpression<string, Data, Variables>;
        readonly seconds?: never;
      }
  );

export interface FailOptions<Data, Variables> extends StateOptions {
  /** At most 256 characters. */
  readonly error?: OrExpression<string, Data, Variables>;
  /** At most 32768 characters. */
  readonly cause?: OrExpression<string, Data, Variables>;
}

/** A state as ASL, without the transition that the chain gives it. */
export type RawState = WithoutTransition<State>;

type WithoutTransition<Some> = Some extends unknown ? Omit<Some, "Next" | "End"> : never;
