/** What the states of a JSONPath machine can be told, each field of ASL under its own name. See `path-flow.ts`. */
import type { ItemContext } from "./context.ts";
import type { InvokeOptions } from "./lambda-invoke.ts";
import type { DistributedMapParts, ItemReaderOptions } from "./distributed-map.ts";
import type { Expression } from "./expression.ts";
import type { Assignable, FittingTemplate, ObjectTemplate, TemplateIn } from "./fit.ts";
import type { Located } from "./reference.ts";
import type { Placed } from "./result-path.ts";
import type { ErrorScope, InputScope, OutputScope, ResultScope } from "./scope.ts";
import type { Absent, MapLimits, StateOptions, TaskLimits, Unless, WaitUntil } from "./state-options.ts";

/** What a path leads to: a part of the data, not a computed value. */
export type Part<Value> = Expression<Value, never> & Located<string>;

/** What a path has taken, or all of the data. */
export type TakenFrom<Data, Taken> = Taken extends Absent ? Data : Taken;

export interface PathInputOptions<Data, Variables, Taken> {
  /** The part of the input that the state's other fields read; where the result is placed, all of it is still there. */
  readonly inputPath?: (scope: InputScope<Data, Variables>) => Part<Taken>;
}

export interface PathOutputOptions<Output, Variables, Kept> {
  /** The part of the state's output that goes on. Written last: it reads what the other options make. */
  readonly outputPath?: (scope: OutputScope<Output, Variables>) => Part<Kept>;
}

export interface PathChoiceRuleOptions<Data, Variables, Assigned, Outer extends string> extends StateOptions {
  readonly assign?: (scope: InputScope<Data, Variables>) => Assignable<Assigned, Outer, "JSONPath">;
}

export interface PathCatcherOptions<Variables, Path, Assigned, Outer extends string> extends StateOptions {
  /** Where the error output goes in the state's input; `$` replaces it. */
  readonly resultPath?: Path;
  readonly assign?: (scope: ErrorScope<Variables>) => Assignable<Assigned, Outer, "JSONPath">;
}

export interface PathResultOptions<
  Variables,
  Result,
  Selected,
  Path,
  Assigned,
  Outer extends string,
> extends StateOptions {
  /** Reshapes the result before it is placed. */
  readonly resultSelector?: (scope: ResultScope<Result, Variables>) => ObjectTemplate<Selected>;
  /** Where the result goes in the state's input: `$` replaces it, `$.name` adds to it, `null` drops the result. */
  readonly resultPath?: Path;
  /** Variables for the states that follow; every value is computed from the result as it came. */
  readonly assign?: (scope: ResultScope<Result, Variables>) => Assignable<Assigned, Outer, "JSONPath">;
}

/**
 * The options of a result stand here once more: a Task is what machines have most of, and inheriting them costs the
 * compiler five in a hundred of what such a state costs it.
 */
export interface PathTaskOptions<
  Data,
  Variables,
  Input,
  Output,
  Parameters,
  Selected,
  Path,
  Assigned,
  Outer extends string,
  Context,
  Resource,
  Kept,
>
  extends StateOptions, TaskLimits<Data, Variables, "JSONPath"> {
  /** An ARN in place of the contract's function: an activity, or an integration that the contract describes. */
  readonly resource?: Resource;
  /** What the task is sent, in place of the whole input. */
  readonly parameters?: (scope: InputScope<Data, Variables, Context>) => FittingTemplate<Parameters, Input, "JSONPath">;
  /** Reshapes the result before it is placed. */
  readonly resultSelector?: (scope: ResultScope<Output, Variables>) => ObjectTemplate<Selected>;
  /** Where the result goes in the state's input: `$` replaces it, `$.name` adds to it, `null` drops the result. */
  readonly resultPath?: Path;
  /** Variables for the states that follow; every value is computed from the result as it came. */
  readonly assign?: (scope: ResultScope<Output, Variables>) => Assignable<Assigned, Outer, "JSONPath">;
  /** The part of the output that goes on. It stands last, because it reads what the other options make. */
  readonly outputPath?: (scope: OutputScope<Placed<Data, Path, Unless<Selected, Output>>, Variables>) => Part<Kept>;
}

export interface PathInvokeOptions<
  Data,
  Variables,
  Input,
  Result,
  Payload,
  Selected,
  Path,
  Assigned,
  Outer extends string,
  Waiting,
>
  extends
    PathResultOptions<Variables, Result, Selected, Path, Assigned, Outer>,
    TaskLimits<Data, Variables, "JSONPath">,
    InvokeOptions<Data, Variables, Input, Payload, Waiting, "JSONPath"> {}

export interface PathMapOptions<
  Data,
  Variables,
  Item,
  Result,
  ItemSelector,
  Selected,
  Path,
  Assigned,
  Outer extends string,
>
  extends
    PathResultOptions<Variables, Result, Selected, Path, Assigned, Outer>,
    MapLimits<Data, Variables, "JSONPath"> {
  /** The array to go through. */
  readonly items: (scope: InputScope<Data, Variables>) => Part<readonly Item[]>;
  /** What each iteration is given, in place of the item. */
  readonly itemSelector?: (scope: InputScope<Data, Variables, ItemContext<Item>>) => ObjectTemplate<ItemSelector>;
}

export type PathDistributedMapOptions<
  Data,
  Variables,
  Item,
  Result,
  ItemSelector,
  BatchInput,
  Batching extends string,
  Writing extends string,
  Transformed,
  Selected,
  Path,
  Assigned,
  Outer extends string,
> = PathResultOptions<Variables, Result, Selected, Path, Assigned, Outer> &
  DistributedMapParts<
    Data,
    Variables,
    Item,
    ObjectTemplate<ItemSelector>,
    BatchInput,
    Batching,
    Writing,
    Transformed,
    "JSONPath"
  > &
  (
    | {
        /** The array to go through. */
        readonly items: (scope: InputScope<Data, Variables>) => Part<readonly Item[]>;
        readonly itemReader?: never;
      }
    | {
        /** The object in S3 that holds the items, or the objects that are the items. */
        readonly itemReader: ItemReaderOptions<Item, Data, Variables, "JSONPath">;
        readonly items?: never;
      }
  );

export interface PathBranchInput<Data, Variables, Parameters> {
  /** What every branch is given. Behind the branches, as `parallel` takes it, their types do not see what it reads. */
  readonly parameters: (scope: InputScope<Data, Variables>) => TemplateIn<Parameters, "JSONPath">;
}

export interface PathPassOptions<Data, Variables, Taken, Parameters, Path, Assigned, Outer extends string, Result, Kept>
  extends
    StateOptions,
    PathInputOptions<Data, Variables, Taken>,
    PathOutputOptions<Placed<Data, Path, Passed<TakenFrom<Data, Taken>, Parameters, Result>>, Variables, Kept> {
  /** The data to go on with, as it stands; in place of `parameters`. */
  readonly result?: Result;
  /** The data to go on with; a literal or computed. */
  readonly parameters?: (scope: InputScope<TakenFrom<Data, Taken>, Variables>) => TemplateIn<Parameters, "JSONPath">;
  readonly resultPath?: Path;
  readonly assign?: (
    scope: ResultScope<Passed<TakenFrom<Data, Taken>, Parameters, Result>, Variables>,
  ) => Assignable<Assigned, Outer, "JSONPath">;
}

/** What a Pass gives, before it is placed. */
export type Passed<Effective, Parameters, Result> = Unless<Result, Unless<Parameters, Effective>>;

export type PathWaitOptions<Data, Variables, Taken, Assigned, Outer extends string, Kept> = StateOptions &
  PathInputOptions<Data, Variables, Taken> &
  WaitUntil<TakenFrom<Data, Taken>, Variables, "JSONPath"> &
  PathOutputOptions<TakenFrom<Data, Taken>, Variables, Kept> & {
    /** Variables for the states that follow, computed from what came in. */
    readonly assign?: (scope: InputScope<TakenFrom<Data, Taken>, Variables>) => Assignable<Assigned, Outer, "JSONPath">;
  };

export interface PathSucceedOptions<Data, Variables, Taken, Kept>
  extends
    StateOptions,
    PathInputOptions<Data, Variables, Taken>,
    PathOutputOptions<TakenFrom<Data, Taken>, Variables, Kept> {}
