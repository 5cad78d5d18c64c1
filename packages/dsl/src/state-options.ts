/** What the options of several states have in common, whatever the query language. */
import type { JsonObject, QueryLanguage, State } from "@stepwright/asl";
import type { Expression } from "./expression.ts";
import type { InputScope } from "./scope.ts";
import type { Resolved } from "./template.ts";

/** Stands for what an option would have computed, had the author written it. */
export interface Absent {
  readonly absent: true;
}

export type Unless<Computed, Otherwise> = Computed extends Absent ? Otherwise : Resolved<NoInfer<Computed>>;

export interface StateOptions {
  readonly comment?: string;
  /**
   * Fields as ASL, for what has no option here: `{ OutputPath: "$.body" }`. The types do not look into them.
   * In a Map `ItemProcessor` (or `Iterator`) holds what stands beside the processor's states, in a Parallel `Branches`
   * what stands beside each branch's, in their order: `{ Branches: [{ Comment: "the mail" }, {}] }`.
   */
  readonly asl?: JsonObject;
}

/**
 * Tells the compiler which options were written, while it does not look into them; and that those with a callback are
 * there, so that it points at a mistake inside them.
 */
export type Written<Option extends string> = Named<Option> & WithCallback<Option & Template>;

/** Two mapped types, because one with a question in it costs the compiler more. */
type Named<Option extends string> = { readonly [Name in Option]: unknown };
type WithCallback<Option extends string> = { readonly [Name in Option]: {} };

type Template = "parameters" | "arguments" | "payload" | "resultSelector" | "itemSelector" | "output" | "assign";

/** A literal, or an expression that is evaluated at run time. */
export type OrExpression<Value, Data, Variables, Language extends QueryLanguage> =
  | Value
  | ((scope: InputScope<Data, Variables>) => Expression<Value, Language>);

/** The language of expressions in fields that JSONPath computes by a path alone, without intrinsic functions. */
export interface ByPathAlone {
  readonly JSONPath: never;
  readonly JSONata: "JSONata";
}

export interface TaskLimits<Data, Variables, Language extends QueryLanguage> {
  /** The role that the task is done with, in place of the machine's own; in another account, for instance. */
  readonly credentials?: { readonly roleArn: OrExpression<string, Data, Variables, Language> };
  /** 1 to 99999999; no limit when absent. */
  readonly timeoutSeconds?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
  /** Less than `timeoutSeconds`. */
  readonly heartbeatSeconds?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
}

export interface FragmentOptions<Prefix> {
  /** What the names of the fragment's states begin with, where a machine has the fragment twice. */
  readonly prefix?: Prefix;
}

export interface MapLimits<Data, Variables, Language extends QueryLanguage> {
  /** At most so many iterations at a time; 0 lets the service choose (40). */
  readonly maxConcurrency?: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
}

/** Exactly one of the two. */
export type WaitUntil<Data, Variables, Language extends QueryLanguage> =
  | {
      /** 0 to 99999999. */ readonly seconds: OrExpression<number, Data, Variables, ByPathAlone[Language]>;
      readonly timestamp?: never;
    }
  | {
      /** RFC 3339 with `T` and `Z` or an offset; one in the past does not wait. */
      readonly timestamp: OrExpression<string, Data, Variables, ByPathAlone[Language]>;
      readonly seconds?: never;
    };

export interface FailOptions<Data, Variables, Language extends QueryLanguage> extends StateOptions {
  /** At most 256 characters. */
  readonly error?: OrExpression<string, Data, Variables, Language>;
  /** At most 32768 characters. */
  readonly cause?: OrExpression<string, Data, Variables, Language>;
}

/** A state as ASL, without the transition that the chain gives it. */
export type RawState = WithoutTransition<State>;

type WithoutTransition<Some> = Some extends unknown ? Omit<Some, "Next" | "End"> : never;
