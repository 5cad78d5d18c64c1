/**
 * The chain that an author writes, as types, with fields in JSONata. See `path-flow.ts` for what the slots mean;
 * here a state's result is shaped by `output`, and both `output` and `assign` see the input beside the result.
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Condition } from "./condition.ts";
import type { ExecutionContext, ItemContext, SendingContext, TokenContext } from "./context.ts";
import type {
  BatcherOption,
  DistributedItemContext,
  DistributedMapLimits,
  Written,
  ItemBatcherOptions,
  IterationInput,
  JsonataItemReaderOptions,
  JsonataResultWriterOptions,
  MapRunOutput,
  Transformation,
  WriterOption,
} from "./distributed-map.ts";
import type { Expression } from "./expression.ts";
import type { BackwardJump, FittingTemplate, NewName, WhyUnfit } from "./fit.ts";
import type { InvokeResult } from "./lambda-invoke.ts";
import type { Narrowed } from "./narrowing.ts";
import type {
  AnyOutcome,
  BranchOutputs,
  DataOf,
  Ended,
  EndsOf,
  Outcome,
  OutputOf,
  StateNamesOf,
  VariablesOf,
} from "./outcome.ts";
import type { ErrorNames, LambdaErrorName, RetrierOptions, StatesErrorName } from "./retry.ts";
import type { ErrorOutput, InputErrorScope, InputResultScope, InputScope } from "./scope.ts";
import type {
  Absent,
  FailOptions,
  FragmentOptions,
  InvokeOptions,
  MapLimits,
  Nothing,
  RawState,
  StateOptions,
  TaskLimits,
  Unless,
  WaitOptions,
} from "./state-options.ts";
import type { TaskContract } from "./task.ts";
import type { AfterAssign, AssignedOnEveryWay } from "./variables.ts";
import type { Wire } from "./wire.ts";

export interface JsonataFlow<Data, Variables = {}, StateNames extends string = never, Ends = never> extends Outcome<
  Data,
  Variables,
  StateNames,
  Ends
> {
  /** A Task that invokes the contract's Lambda function, or the `resource` that the options name. */
  task<
    const Name extends string,
    TaskName extends string,
    Input,
    Output,
    ErrorName extends string,
    const Named extends string,
    const Arguments = Absent,
    const Produced = Absent,
    const Assigned = Nothing,
    Caught extends AnyOutcome = never,
    Given extends TaskOption = never,
    const Resource extends string = never,
  >(
    name: NewName<Name, StateNames>,
    contract: [Data] extends ["arguments" extends Given ? Data : Input]
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : WhyUnfit<TaskName, Data, Input>,
    options?: JsonataTaskOptions<
      Data,
      Variables,
      Input,
      Output,
      Arguments,
      Produced,
      Assigned,
      SendingContext<TaskName, Resource>,
      Resource
    > &
      JsonataErrorOptions<Data, Variables, StateNames | Name, ErrorName | LambdaErrorName, Named, Caught> & {
        readonly [Option in Given]: Option extends "arguments" ? {} : unknown;
      },
  ): JsonataAfterCatch<Unless<Produced, Output>, AfterAssign<Variables, Assigned>, StateNames | Name, Ends, Caught>;

  /**
   * A Task that calls the contract's Lambda function through `lambda:invoke`: for a version of it, or a token to wait for.
   * The result is Lambda's answer with the function's return value as its `Payload`; without `output`, the chain goes
   * on with the `Payload` alone.
   */
  invoke<
    const Name extends string,
    TaskName extends string,
    Input,
    Output,
    ErrorName extends string,
    const Named extends string,
    const Payload = Absent,
    const Produced = Absent,
    const Assigned = Nothing,
    Caught extends AnyOutcome = never,
    Given extends InvokeOption = never,
    const Waiting extends boolean = false,
  >(
    name: NewName<Name, StateNames>,
    contract: [Data] extends ["payload" extends Given ? Data : Input]
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : WhyUnfit<TaskName, Data, Input>,
    options?: JsonataInvokeOptions<
      Data,
      Variables,
      Input,
      InvokeResult<Waiting, Output>,
      Payload,
      Produced,
      Assigned,
      Waiting
    > &
      JsonataErrorOptions<Data, Variables, StateNames | Name, ErrorName | LambdaErrorName, Named, Caught> & {
        readonly [Option in Given]: Option extends "payload" ? {} : unknown;
      },
  ): JsonataAfterCatch<Unless<Produced, Output>, AfterAssign<Variables, Assigned>, StateNames | Name, Ends, Caught>;

  /**
   * A Map that runs its states once for every item, inline.
   * @param results  the options that read the result, which is typed here: the compiler meets them behind the processor
   */
  map<
    const Name extends string,
    Item,
    Processed extends AnyOutcome,
    const Named extends string,
    const ItemSelector = Absent,
    const Produced = Absent,
    const Assigned = Nothing,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    options: JsonataMapOptions<Data, Variables, Item, unknown[], ItemSelector, Produced, Assigned> &
      JsonataErrorOptions<Data, Variables, StateNames | Name, string, Named, Caught>,
    processor: (item: JsonataFlow<Unless<ItemSelector, Item>, Variables, StateNames | Name>) => Processed,
    results?: JsonataResultOptions<Data, Variables, OutputOf<Processed>[], Produced, Assigned>,
  ): JsonataAfterCatch<
    Unless<Produced, OutputOf<Processed>[]>,
    AfterAssign<Variables, Assigned>,
    StateNames | Name | StateNamesOf<Processed>,
    Ends,
    Caught
  >;

  /**
   * A Map whose iterations are executions of their own: up to 10000 at a time, over items of the data or of S3.
   * They see none of this flow's variables; what they need goes through `itemSelector` or `batchInput`.
   * @param results  the options that read the result, as for `map`
   */
  distributedMap<
    const Name extends string,
    Item,
    Processed extends AnyOutcome,
    const Named extends string,
    const ItemSelector = Absent,
    const BatchInput = Absent,
    Batching extends BatcherOption = never,
    Writing extends WriterOption = never,
    const Transformed extends Transformation = "COMPACT",
    const Produced = Absent,
    const Assigned = Nothing,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    options: JsonataDistributedMapOptions<
      Data,
      Variables,
      Item,
      MapRunOutput<Writing, Transformed, unknown>,
      ItemSelector,
      BatchInput,
      Batching,
      Writing,
      Transformed,
      Produced,
      Assigned
    > &
      JsonataErrorOptions<Data, Variables, StateNames | Name, never, Named, Caught>,
    processor: (
      item: JsonataFlow<IterationInput<Unless<ItemSelector, Item>, Batching, BatchInput>, {}, StateNames | Name>,
    ) => Processed,
    results?: JsonataResultOptions<
      Data,
      Variables,
      MapRunOutput<Writing, Transformed, OutputOf<Processed>>,
      Produced,
      Assigned
    >,
  ): JsonataAfterCatch<
    Unless<Produced, MapRunOutput<Writing, Transformed, OutputOf<Processed>>>,
    AfterAssign<Variables, Assigned>,
    StateNames | Name | StateNamesOf<Processed>,
    Ends,
    Caught
  >;

  /** Branches that run at the same time on the same input; the result is an array in their order. */
  parallel<
    const Name extends string,
    Branches extends readonly AnyOutcome[],
    const Named extends string,
    const Arguments = Absent,
    const Produced = Absent,
    const Assigned = Nothing,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    branches: readonly [
      ...{
        [Index in keyof Branches]: (
          branch: JsonataFlow<Unless<Arguments, Data>, Variables, StateNames | Name>,
        ) => Branches[Index];
      },
    ],
    options?: JsonataParallelOptions<Data, Variables, BranchOutputs<Branches>, Arguments, Produced, Assigned> &
      JsonataErrorOptions<Data, Variables, StateNames | Name, string, Named, Caught>,
  ): JsonataAfterCatch<
    Unless<Produced, BranchOutputs<Branches>>,
    AfterAssign<Variables, Assigned>,
    StateNames | Name | StateNamesOf<Branches[number]>,
    Ends,
    Caught
  >;

  /** A Pass: shapes data and assigns variables, without work. */
  pass<const Name extends string, const Produced = Absent, const Assigned = Nothing>(
    name: NewName<Name, StateNames>,
    options?: JsonataPassOptions<Data, Variables, Produced, Assigned>,
  ): JsonataFlow<Unless<Produced, Data>, AfterAssign<Variables, Assigned>, StateNames | Name, Ends>;

  /** A Wait until a time has passed or come; exactly one of the options says until when. */
  wait<const Name extends string>(
    name: NewName<Name, StateNames>,
    until: WaitOptions<Data, Variables>,
  ): JsonataFlow<Data, Variables, StateNames | Name, Ends>;

  /**
   * A Choice. Its ways rejoin behind it unless they end; without `otherwise`, what no condition matched goes straight on.
   */
  choice<const Name extends string, Chosen extends AnyOutcome>(
    name: NewName<Name, StateNames>,
    choices: (choose: JsonataChoices<Data, Variables, StateNames | Name, never, never, never>) => Chosen,
    options?: StateOptions,
  ): JsonataFlow<DataOf<Chosen>, AssignedOnEveryWay<VariablesOf<Chosen>>, StateNamesOf<Chosen>, Ends | EndsOf<Chosen>>;

  /**
   * Any state as ASL, for what has no method here. `Next` or `End` follow from the chain.
   * @param output  the type of what goes on, as `plain<Type>()` or a schema; the current data when absent
   * @example .state("Each file", { Type: "Map", ItemReader: …, ItemProcessor: … }, plain<Report[]>())
   */
  state<const Name extends string, Output = Data>(
    name: NewName<Name, StateNames>,
    definition: RawState,
    output?: StandardSchemaV1<unknown, Output>,
  ): JsonataFlow<Wire<Output>, Variables, StateNames | Name, Ends>;

  /** Ends the graph; without `output`, with the current data as its output. */
  succeed<const Name extends string, const Produced = Absent>(
    name: NewName<Name, StateNames>,
    options?: JsonataSucceedOptions<Data, Variables, Produced>,
  ): Ended<StateNames | Name, Ends | Unless<Produced, Data>>;

  /** Ends the execution as failed. */
  fail<const Name extends string>(
    name: NewName<Name, StateNames>,
    options?: FailOptions<Data, Variables>,
  ): Ended<StateNames | Name, Ends>;

  /** Ends the graph behind the last state (`End`), with the current data as its output. */
  end(): Ended<StateNames, Ends | Data>;

  /** Goes on with a state that was written before: a loop. The state must be in the same graph. */
  goTo<const Name extends string>(name: BackwardJump<Name, StateNames>): Ended<StateNames, Ends>;

  /**
   * Continues with a fragment: a function from flow to flow, so that machines can share states.
   * It starts with what it asks for and sees neither the variables nor the other states of this flow.
   * @example const report = (flow: JsonataFlow<{ text: string }>) => flow.task("Tell", tell).pass("Told")
   */
  pipe<Needed, Result extends AnyOutcome, const Prefix extends string = "">(
    fragment: [Data] extends [Needed] ? (flow: JsonataFlow<Needed>) => Result : WhyUnfit<"the fragment", Data, Needed>,
    options?: FragmentOptions<Prefix>,
  ): JsonataFlow<
    DataOf<Result>,
    Variables & VariablesOf<Result>,
    StateNames | `${Prefix}${StateNamesOf<Result>}`,
    Ends | EndsOf<Result>
  >;
}

/** The ways of a Choice, in the order in which their conditions are tried. `Data` is what no condition so far took. */
export interface JsonataChoices<
  Data,
  Variables,
  StateNames extends string,
  JoinedData,
  JoinedVariables,
  JoinedEnds,
> extends Outcome<Data | JoinedData, Variables | JoinedVariables, StateNames, JoinedEnds> {
  /** Taken when the condition holds; what a typed condition proves narrows the data inside. */
  when<Fact, Inverse, Result extends AnyOutcome>(
    condition: (scope: InputScope<Data, Variables>) => Condition<Fact, Inverse> | Expression<boolean>,
    next: (flow: JsonataFlow<Narrowed<Data, Fact>, Variables, StateNames>) => Result,
  ): JsonataChoices<
    Narrowed<Data, Inverse>,
    Variables,
    StateNames | StateNamesOf<Result>,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** As `when`, and what the rule itself assigns and gives when it is taken. */
  whenWith<Fact, Inverse, Result extends AnyOutcome, const Produced = Absent, const Assigned = Nothing>(
    condition: (scope: InputScope<Data, Variables>) => Condition<Fact, Inverse> | Expression<boolean>,
    options: JsonataChoiceRuleOptions<Narrowed<Data, Fact>, Variables, Produced, Assigned>,
    next: (
      flow: JsonataFlow<Unless<Produced, Narrowed<Data, Fact>>, AfterAssign<Variables, Assigned>, StateNames>,
    ) => Result,
  ): JsonataChoices<
    Narrowed<Data, Inverse>,
    Variables,
    StateNames | StateNamesOf<Result>,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** Taken when no condition held: ASL's `Default`. */
  otherwise<Result extends AnyOutcome>(
    next: (flow: JsonataFlow<Data, Variables, StateNames>) => Result,
  ): Outcome<
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    StateNames | StateNamesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** Without `Default`: what no condition matched fails with `States.NoChoiceMatched`. */
  exhaustive(): Outcome<JoinedData, JoinedVariables, StateNames, JoinedEnds>;
}

export interface JsonataChoiceRuleOptions<Data, Variables, Produced, Assigned> extends StateOptions {
  /** What goes on in place of the state's input. */
  readonly output?: (scope: InputScope<Data, Variables>) => Produced;
  readonly assign?: (scope: InputScope<Data, Variables>) => Assigned;
}

/** The Catchers of a state, in the order in which they are tried. Their ways rejoin behind the state unless they end. */
export interface JsonataCatchers<
  Data,
  Variables,
  StateNames extends string,
  Known extends string,
  JoinedData,
  JoinedVariables,
  JoinedEnds,
> extends Outcome<JoinedData, JoinedVariables, StateNames, JoinedEnds> {
  /** @param errors  names of errors; `States.ALL` stands alone and last */
  on<const Named extends string, Result extends AnyOutcome, const Produced = Absent, const Assigned = Nothing>(
    errors: ErrorNames<Named, Known>,
    options: JsonataCatcherOptions<Data, Variables, Produced, Assigned>,
    handler: (flow: JsonataFlow<Unless<Produced, ErrorOutput>, AfterAssign<Variables, Assigned>, StateNames>) => Result,
  ): JsonataCatchers<
    Data,
    Variables,
    StateNames | StateNamesOf<Result>,
    Known,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;
}

/** The flow behind a state whose Catchers led to `Caught`, or behind one without Catchers. */
export type JsonataAfterCatch<Data, Variables, StateNames extends string, Ends, Caught extends AnyOutcome> = [
  Caught,
] extends [never]
  ? JsonataFlow<Data, Variables, StateNames, Ends>
  : JsonataFlow<
      Data | DataOf<Caught>,
      AssignedOnEveryWay<Variables | VariablesOf<Caught>>,
      StateNames | StateNamesOf<Caught>,
      Ends | EndsOf<Caught>
    >;

export interface JsonataErrorOptions<
  Data,
  Variables,
  StateNames extends string,
  ErrorName extends string,
  Named extends string,
  Caught,
> {
  readonly retry?: readonly RetrierOptions<Named, ErrorName | StatesErrorName>[];
  readonly catch?: (
    catchers: JsonataCatchers<Data, Variables, StateNames, ErrorName | StatesErrorName, never, never, never>,
  ) => Caught;
}

export interface JsonataCatcherOptions<Data, Variables, Produced, Assigned> extends StateOptions {
  /** What goes on in place of the error output. */
  readonly output?: (scope: InputErrorScope<Data, Variables>) => Produced;
  readonly assign?: (scope: InputErrorScope<Data, Variables>) => Assigned;
}

export interface JsonataResultOptions<Data, Variables, Result, Produced, Assigned> extends StateOptions {
  /** What goes on in place of the result. */
  readonly output?: (scope: InputResultScope<Data, Result, Variables>) => Produced;
  /** Variables for the states that follow. */
  readonly assign?: (scope: InputResultScope<Data, Result, Variables>) => Assigned;
}

type TaskOption =
  | keyof JsonataTaskOptions<never, never, never, never, never, never, never, never, never>
  | keyof JsonataErrorOptions<never, never, never, never, never, never>;

type InvokeOption =
  | keyof JsonataInvokeOptions<never, never, never, never, never, never, never, never>
  | keyof JsonataErrorOptions<never, never, never, never, never, never>;

export interface JsonataTaskOptions<Data, Variables, Input, Output, Arguments, Produced, Assigned, Context, Resource>
  extends JsonataResultOptions<Data, Variables, Output, Produced, Assigned>, TaskLimits<Data, Variables> {
  /** An ARN in place of the contract's function: an activity, or an integration that the contract describes. */
  readonly resource?: Resource;
  /** What the task is sent, in place of the whole input. */
  readonly arguments?: (scope: InputScope<Data, Variables, Context>) => FittingTemplate<Arguments, Input>;
}

export interface JsonataInvokeOptions<Data, Variables, Input, Result, Payload, Produced, Assigned, Waiting>
  extends
    JsonataResultOptions<Data, Variables, Result, Produced, Assigned>,
    TaskLimits<Data, Variables>,
    InvokeOptions<Waiting> {
  /** What the function is sent, in place of the whole input. */
  readonly payload?: (
    scope: InputScope<Data, Variables, Waiting extends true ? TokenContext : ExecutionContext>,
  ) => FittingTemplate<Payload, Input>;
}

export interface JsonataMapOptions<Data, Variables, Item, Result, ItemSelector, Produced, Assigned>
  extends JsonataResultOptions<Data, Variables, Result, Produced, Assigned>, MapLimits<Data, Variables> {
  /** The array to go through. */
  readonly items: (scope: InputScope<Data, Variables>) => Expression<readonly Item[]>;
  /** What each iteration is given, in place of the item. */
  readonly itemSelector?: (scope: InputScope<Data, Variables, ItemContext<Item>>) => ItemSelector;
}

export type JsonataDistributedMapOptions<
  Data,
  Variables,
  Item,
  Result,
  ItemSelector,
  BatchInput,
  Batching extends string,
  Writing extends string,
  Transformed,
  Produced,
  Assigned,
> = JsonataResultOptions<Data, Variables, Result, Produced, Assigned> &
  DistributedMapLimits<Data, Variables> & {
    /** What each iteration is given, in place of the item. */
    readonly itemSelector?: (scope: InputScope<Data, Variables, DistributedItemContext<Item>>) => ItemSelector;
    /** Gives each iteration several items at once. */
    readonly itemBatcher?: ItemBatcherOptions<Data, Variables, BatchInput> & Written<Batching>;
    /** Where the results go, and how they are written. */
    readonly resultWriter?: JsonataResultWriterOptions<Data, Variables, Transformed> & Written<Writing>;
  } & (
    | {
        /** The array to go through. */
        readonly items: (scope: InputScope<Data, Variables>) => Expression<readonly Item[]>;
        readonly itemReader?: never;
      }
    | {
        /** The object in S3 that holds the items, or the objects that are the items. */
        readonly itemReader: JsonataItemReaderOptions<Item, Data, Variables>;
        readonly items?: never;
      }
  );

export interface JsonataParallelOptions<
  Data,
  Variables,
  Result,
  Arguments,
  Produced,
  Assigned,
> extends JsonataResultOptions<Data, Variables, Result, Produced, Assigned> {
  /** What every branch is given, in place of the whole input. */
  readonly arguments?: (scope: InputScope<Data, Variables>) => Arguments;
}

export interface JsonataPassOptions<Data, Variables, Produced, Assigned> extends StateOptions {
  /** The data to go on with. */
  readonly output?: (scope: InputScope<Data, Variables>) => Produced;
  readonly assign?: (scope: InputScope<Data, Variables>) => Assigned;
}

export interface JsonataSucceedOptions<Data, Variables, Produced> extends StateOptions {
  readonly output?: (scope: InputScope<Data, Variables>) => Produced;
}
