/**
 * The chain that an author writes, as types. Two slots travel along: what the next state sees (`Data`)
 * and the workflow variables in scope (`Variables`). Every method gives a new flow; none changes the old one.
 */
import type { FittingTemplate, NewName, WhyUnfit } from "./fit.ts";
import type { ItemContext } from "./context.ts";
import type { Expression } from "./expression.ts";
import type { AnyOutcome, Outcome, OutputOf, StateNamesOf } from "./outcome.ts";
import type { Placed, ResultPath } from "./result-path.ts";
import type { KnownName, LambdaErrorName, RetrierOptions, StatesErrorName } from "./retry.ts";
import type { InputScope, ResultScope } from "./scope.ts";
import type { TaskContract } from "./task.ts";
import type { Resolved } from "./template.ts";

/** Stands for an option that the author left out. */
export interface Absent {
  readonly absent: true;
}

/** A flow whose fields are written in JSONPath. */
export interface PathFlow<Data, Variables, StateNames extends string, Ends> extends Outcome<
  Data,
  Variables,
  StateNames,
  Ends
> {
  /** A Task that invokes the contract's Lambda function. */
  task<
    const Name extends string,
    TaskName extends string,
    Input,
    Output,
    ErrorName extends string,
    const Parameters = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Named extends string = never,
  >(
    name: NewName<Name, StateNames>,
    contract: [Data] extends [Parameters extends Absent ? Input : Data]
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : WhyUnfit<TaskName, Data, Input>,
    options?: PathTaskOptions<Data, Variables, Input, Output, ErrorName, Parameters, Selected, Path, Named>,
  ): PathFlow<
    Placed<Data, Path, Selected extends Absent ? Output : Resolved<Selected>>,
    Variables,
    StateNames | Name,
    Ends
  >;

  /** A Map that runs its states once for every item, inline. */
  map<
    const Name extends string,
    Item,
    Processed extends AnyOutcome,
    const ItemSelector = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Named extends string = never,
  >(
    name: NewName<Name, StateNames>,
    options: PathMapOptions<Data, Variables, Item, OutputOf<Processed>[], ItemSelector, Selected, Path, Named>,
    processor: (
      item: PathFlow<ItemSelector extends Absent ? Item : Resolved<ItemSelector>, Variables, StateNames | Name, never>,
    ) => Processed,
  ): PathFlow<
    Placed<Data, Path, Selected extends Absent ? OutputOf<Processed>[] : Resolved<Selected>>,
    Variables,
    StateNames | Name | StateNamesOf<Processed>,
    Ends
  >;

  /** Branches that run at the same time on the same input; the result is an array in their order. */
  parallel<
    const Name extends string,
    Branches extends readonly AnyOutcome[],
    const Parameters = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Named extends string = never,
  >(
    name: NewName<Name, StateNames>,
    branches: readonly [
      ...{
        [Index in keyof Branches]: (
          branch: PathFlow<
            Parameters extends Absent ? Data : Resolved<Parameters>,
            Variables,
            StateNames | Name,
            never
          >,
        ) => Branches[Index];
      },
    ],
    options?: PathParallelOptions<Data, Variables, BranchOutputs<Branches>, Parameters, Selected, Path, Named>,
  ): PathFlow<
    Placed<Data, Path, Selected extends Absent ? BranchOutputs<Branches> : Resolved<Selected>>,
    Variables,
    StateNames | Name | StateNamesOf<Branches[number]>,
    Ends
  >;

  /** Ends the graph with the current data as its output. */
  succeed<const Name extends string>(
    name: NewName<Name, StateNames>,
    options?: { readonly comment?: string },
  ): Outcome<never, never, StateNames | Name, Ends | Data>;
}

export type BranchOutputs<Branches extends readonly AnyOutcome[]> = {
  -readonly [Index in keyof Branches]: OutputOf<Branches[Index]>;
};

export interface StateOptions {
  readonly comment?: string;
}

export interface RetryOptions<ErrorName extends string, Named extends string> {
  readonly retry?: readonly RetrierOptions<KnownName<Named, ErrorName | StatesErrorName>>[];
}

export interface PathResultOptions<Variables, Result, Selected, Path> {
  /** Reshapes the result before it is placed. */
  readonly resultSelector?: (scope: ResultScope<Result, Variables>) => Selected;
  /** Where the result goes in the state's input: `$` replaces it, `$.name` adds to it, `null` drops the result. */
  readonly resultPath?: Path;
}

export interface PathTaskOptions<
  Data,
  Variables,
  Input,
  Output,
  ErrorName extends string,
  Parameters,
  Selected,
  Path,
  Named extends string,
>
  extends
    StateOptions,
    RetryOptions<ErrorName | LambdaErrorName, Named>,
    PathResultOptions<Variables, Output, Selected, Path> {
  /** What the task is sent, in place of the whole input. */
  readonly parameters?: (scope: InputScope<Data, Variables>) => Parameters & FittingTemplate<Parameters, Input>;
  /** 1 to 99999999; no limit when absent. */
  readonly timeoutSeconds?: number;
  /** Less than `timeoutSeconds`. */
  readonly heartbeatSeconds?: number;
}

export interface PathMapOptions<Data, Variables, Item, Result, ItemSelector, Selected, Path, Named extends string>
  extends StateOptions, RetryOptions<string, Named>, PathResultOptions<Variables, Result, Selected, Path> {
  /** The array to go through. */
  readonly items: (scope: InputScope<Data, Variables>) => Expression<readonly Item[]>;
  /** What each iteration is given, in place of the item. */
  readonly itemSelector?: (scope: InputScope<Data, Variables, ItemContext<Item>>) => ItemSelector;
  /** At most so many iterations at a time; 0 lets the service choose (40). */
  readonly maxConcurrency?: number;
}

export interface PathParallelOptions<Data, Variables, Result, Parameters, Selected, Path, Named extends string>
  extends StateOptions, RetryOptions<string, Named>, PathResultOptions<Variables, Result, Selected, Path> {
  /** What every branch is given, in place of the whole input. */
  readonly parameters?: (scope: InputScope<Data, Variables>) => Parameters;
}
