/**
 * The chain that an author writes, as types, with fields in JSONata. See `path-flow.ts` for what the slots mean;
 * here a state's result is shaped by `output`, and both `output` and `assign` see the input beside the result.
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Condition } from "./condition.ts";
import type { SendingContext } from "./context.ts";
import type { BatcherOption, IterationInput, MapRunOutput, Transformation, WriterOption } from "./distributed-map.ts";
import type { Expression } from "./expression.ts";
import type { NameOf, NewName, WhyUnfit } from "./fit.ts";
import type { FlowEnds } from "./flow-ends.ts";
import type { InvokeResult } from "./lambda-invoke.ts";
import type { Narrowed } from "./narrowing.ts";
import type {
  AnyOutcome,
  BranchOutputs,
  DataOf,
  DistinctBranch,
  DistinctFragment,
  DistinctInner,
  Ended,
  EndsOf,
  Outcome,
  OutputOf,
  StateNamesOf,
  VariablesOf,
} from "./outcome.ts";
import type {
  JsonataBranchInput,
  JsonataCatcherOptions,
  JsonataDistributedMapOptions,
  JsonataInputOptions,
  JsonataInvokeOptions,
  JsonataMapOptions,
  JsonataResultOptions,
  JsonataSucceedOptions,
  JsonataTaskOptions,
  JsonataWaitOptions,
} from "./jsonata-options.ts";
import type { ErrorNames, LambdaErrorName, RetrierOptions, StatesErrorName } from "./retry.ts";
import type { ErrorOutput, InputScope } from "./scope.ts";
import type { Absent, FragmentOptions, RawState, StateOptions, Unless, Written } from "./state-options.ts";
import type { TaskContract } from "./task.ts";
import type { Resolved } from "./template.ts";
import type { AfterAssign, AssignedOnEveryWay } from "./variables.ts";
import type { Wire } from "./wire.ts";

export interface JsonataFlow<
  Data,
  Variables = {},
  StateNames extends string = never,
  Ends = never,
  Outer extends string = never,
> extends FlowEnds<Data, Variables, StateNames, Ends, "JSONata"> {
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
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Given extends TaskOption = never,
    const Resource extends string = TaskName,
  >(
    name: NewName<Name, StateNames>,
    contract: "arguments" extends Given
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : [Data] extends [Input]
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
      Outer,
      SendingContext<Resource>,
      Resource
    > &
      JsonataErrorOptions<
        Data,
        Variables,
        StateNames | NameOf<Name>,
        ErrorName | LambdaErrorName,
        Outer,
        Named,
        Caught
      > &
      Written<Given>,
  ): JsonataAfterCatch<
    Unless<Produced, Output>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name>,
    Ends,
    Outer,
    Caught
  >;

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
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Given extends InvokeOption = never,
    const Waiting extends boolean = false,
  >(
    name: NewName<Name, StateNames>,
    contract: "payload" extends Given
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : [Data] extends [Input]
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
      Outer,
      Waiting
    > &
      JsonataErrorOptions<
        Data,
        Variables,
        StateNames | NameOf<Name>,
        ErrorName | LambdaErrorName,
        Outer,
        Named,
        Caught
      > &
      Written<Given>,
  ): JsonataAfterCatch<
    Unless<Produced, Output>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name>,
    Ends,
    Outer,
    Caught
  >;

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
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    options: JsonataMapOptions<Data, Variables, Item, unknown[], ItemSelector, Produced, Assigned, Outer> &
      JsonataErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught>,
    processor: (
      item: JsonataFlow<
        Unless<ItemSelector, Item>,
        Variables,
        StateNames | NameOf<Name>,
        never,
        keyof Variables & string
      >,
    ) => DistinctInner<Processed, Caught, StateNames | NameOf<Name>>,
    results?: JsonataResultOptions<Data, Variables, OutputOf<Processed>[], Produced, Assigned, Outer>,
  ): JsonataAfterCatch<
    Unless<Produced, OutputOf<Processed>[]>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name> | StateNamesOf<Processed>,
    Ends,
    Outer,
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
    const Assigned = Absent,
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
      Assigned,
      Outer
    > &
      JsonataErrorOptions<Data, Variables, StateNames | Name, never, Outer, Named, Caught>,
    processor: (
      item: JsonataFlow<
        IterationInput<Unless<ItemSelector, Item>, Batching, BatchInput>,
        {},
        StateNames | NameOf<Name>
      >,
    ) => DistinctInner<Processed, Caught, StateNames | NameOf<Name>>,
    results?: JsonataResultOptions<
      Data,
      Variables,
      MapRunOutput<Writing, Transformed, OutputOf<Processed>>,
      Produced,
      Assigned,
      Outer
    >,
  ): JsonataAfterCatch<
    Unless<Produced, MapRunOutput<Writing, Transformed, OutputOf<Processed>>>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name> | StateNamesOf<Processed>,
    Ends,
    Outer,
    Caught
  >;

  /** Branches that run at the same time on the same input; the result is an array in their order. */
  parallel<
    const Name extends string,
    Branches extends readonly AnyOutcome[],
    const Named extends string,
    const Arguments = Absent,
    const Produced = Absent,
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    branches: JsonataBranches<Branches, Unless<Arguments, Data>, Variables, StateNames | NameOf<Name>>,
    options?: Partial<JsonataBranchInput<Data, Variables, Arguments>> &
      JsonataResultOptions<Data, Variables, BranchOutputs<Branches>, Produced, Assigned, Outer> &
      JsonataErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught>,
  ): JsonataAfterCatch<
    Unless<Produced, BranchOutputs<Branches>>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name> | StateNamesOf<Branches[number]>,
    Ends,
    Outer,
    Caught
  >;

  /** As `parallel`, and what every branch is given in place of the whole input: before the branches, which see its type. */
  parallelWith<
    const Name extends string,
    Branches extends readonly AnyOutcome[],
    const Named extends string,
    const Arguments,
    const Produced = Absent,
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
  >(
    name: NewName<Name, StateNames>,
    input: JsonataBranchInput<Data, Variables, Arguments>,
    branches: JsonataBranches<Branches, Resolved<Arguments>, Variables, StateNames | NameOf<Name>>,
    options?: JsonataResultOptions<Data, Variables, BranchOutputs<Branches>, Produced, Assigned, Outer> &
      JsonataErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught>,
  ): JsonataAfterCatch<
    Unless<Produced, BranchOutputs<Branches>>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name> | StateNamesOf<Branches[number]>,
    Ends,
    Outer,
    Caught
  >;

  /** A Pass: shapes data and assigns variables, without work. */
  pass<const Name extends string, const Produced = Absent, const Assigned = Absent, Given extends PassOption = never>(
    name: NewName<Name, StateNames>,
    options?: JsonataInputOptions<Data, Variables, Produced, Assigned, Outer> & Written<Given>,
  ): JsonataFlow<Unless<Produced, Data>, AfterAssign<Variables, Assigned>, StateNames | NameOf<Name>, Ends, Outer>;

  /** A Wait until a time has passed or come; exactly one of the options says until when. */
  wait<const Name extends string, const Produced = Absent, const Assigned = Absent>(
    name: NewName<Name, StateNames>,
    until: JsonataWaitOptions<Data, Variables, Produced, Assigned, Outer>,
  ): JsonataFlow<Unless<Produced, Data>, AfterAssign<Variables, Assigned>, StateNames | NameOf<Name>, Ends, Outer>;

  /**
   * A Choice. Its ways rejoin behind it unless they end; without `otherwise`, what no condition matched goes straight on.
   */
  choice<const Name extends string, Chosen extends AnyOutcome>(
    name: NewName<Name, StateNames>,
    choices: (choose: JsonataChoices<Data, Variables, StateNames | NameOf<Name>, Outer, never, never, never>) => Chosen,
    options?: StateOptions,
  ): JsonataFlow<
    DataOf<Chosen>,
    AssignedOnEveryWay<VariablesOf<Chosen>>,
    StateNamesOf<Chosen>,
    Ends | EndsOf<Chosen>,
    Outer
  >;

  /**
   * Any state as ASL, for what has no method here. `Next` or `End` follow from the chain.
   * @param output  the type of what goes on, as `plain<Type>()` or a schema; the current data when absent
   * @example .state("Each file", { Type: "Map", ItemReader: …, ItemProcessor: … }, plain<Report[]>())
   */
  state<const Name extends string, Output = Data>(
    name: NewName<Name, StateNames>,
    definition: RawState,
    output?: StandardSchemaV1<unknown, Output>,
  ): JsonataFlow<Wire<Output>, Variables, StateNames | NameOf<Name>, Ends, Outer>;

  /** Ends the graph; without `output`, with the current data as its output. */
  succeed<const Name extends string, const Produced = Absent>(
    name: NewName<Name, StateNames>,
    options?: JsonataSucceedOptions<Data, Variables, Produced>,
  ): Ended<StateNames | NameOf<Name>, Ends | Unless<Produced, Data>>;

  /**
   * Continues with a fragment: a function from flow to flow, so that machines can share states.
   * It starts with what it asks for and sees neither the variables nor the other states of this flow.
   * @example const report = (flow: JsonataFlow<{ text: string }>) => flow.task("Tell", tell).pass("Told")
   */
  pipe<Needed, Result extends AnyOutcome, const Prefix extends string = "">(
    fragment: [Data] extends [Needed]
      ? (flow: JsonataFlow<Needed>) => DistinctFragment<Result, Prefix, StateNames>
      : WhyUnfit<"the fragment", Data, Needed>,
    options?: FragmentOptions<Prefix>,
  ): JsonataFlow<
    DataOf<Result>,
    Variables & VariablesOf<Result>,
    StateNames | `${Prefix}${StateNamesOf<Result>}`,
    Ends | EndsOf<Result>,
    Outer
  >;
}

/** The branches of a Parallel: each begins with `Given`, reads the variables around it, and names its states anew. */
export type JsonataBranches<Branches extends readonly AnyOutcome[], Given, Variables, Known extends string> = readonly [
  ...{
    [Index in keyof Branches]: (
      branch: JsonataFlow<Given, Variables, Known, never, keyof Variables & string>,
    ) => DistinctBranch<Branches, Index, Known>;
  },
];

/** The ways of a Choice, in the order in which their conditions are tried. `Data` is what no condition so far took. */
export interface JsonataChoices<
  Data,
  Variables,
  StateNames extends string,
  Outer extends string,
  JoinedData,
  JoinedVariables,
  JoinedEnds,
> extends Outcome<Data | JoinedData, Variables | JoinedVariables, StateNames, JoinedEnds> {
  /** Taken when the condition holds; what a typed condition proves narrows the data inside. */
  when<Fact, Inverse, Result extends AnyOutcome>(
    condition: (
      scope: InputScope<Data, Variables>,
    ) => Condition<Fact, Inverse, "JSONata"> | Expression<boolean, "JSONata">,
    next: (flow: JsonataFlow<Narrowed<Data, Fact>, Variables, StateNames, never, Outer>) => Result,
  ): JsonataChoices<
    Narrowed<Data, Inverse>,
    Variables,
    StateNames | StateNamesOf<Result>,
    Outer,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** As `when`, and what the rule itself assigns and gives when it is taken. */
  whenWith<Fact, Inverse, Result extends AnyOutcome, const Produced = Absent, const Assigned = Absent>(
    condition: (
      scope: InputScope<Data, Variables>,
    ) => Condition<Fact, Inverse, "JSONata"> | Expression<boolean, "JSONata">,
    options: JsonataInputOptions<Narrowed<Data, Fact>, Variables, Produced, Assigned, Outer>,
    next: (
      flow: JsonataFlow<
        Unless<Produced, Narrowed<Data, Fact>>,
        AfterAssign<Variables, Assigned>,
        StateNames,
        never,
        Outer
      >,
    ) => Result,
  ): JsonataChoices<
    Narrowed<Data, Inverse>,
    Variables,
    StateNames | StateNamesOf<Result>,
    Outer,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** Taken when no condition held: ASL's `Default`. */
  otherwise<Result extends AnyOutcome>(
    next: (flow: JsonataFlow<Data, Variables, StateNames, never, Outer>) => Result,
  ): Outcome<
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    StateNames | StateNamesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** As `otherwise`, and what the state itself assigns and gives then. */
  otherwiseWith<Result extends AnyOutcome, const Produced = Absent, const Assigned = Absent>(
    options: JsonataInputOptions<Data, Variables, Produced, Assigned, Outer>,
    next: (
      flow: JsonataFlow<Unless<Produced, Data>, AfterAssign<Variables, Assigned>, StateNames, never, Outer>,
    ) => Result,
  ): Outcome<
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    StateNames | StateNamesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** Without `Default`: what no condition matched fails with `States.NoChoiceMatched`. */
  exhaustive(): Outcome<JoinedData, JoinedVariables, StateNames, JoinedEnds>;
}

/** The Catchers of a state, in the order in which they are tried. Their ways rejoin behind the state unless they end. */
export interface JsonataCatchers<
  Data,
  Variables,
  StateNames extends string,
  Outer extends string,
  Known extends string,
  JoinedData,
  JoinedVariables,
  JoinedEnds,
> extends Outcome<JoinedData, JoinedVariables, StateNames, JoinedEnds> {
  /** @param errors  names of errors; `States.ALL` stands alone and last */
  on<const Named extends string, Result extends AnyOutcome, const Produced = Absent, const Assigned = Absent>(
    errors: ErrorNames<Named, Known>,
    options: JsonataCatcherOptions<Data, Variables, Produced, Assigned, Outer>,
    handler: (
      flow: JsonataFlow<Unless<Produced, ErrorOutput>, AfterAssign<Variables, Assigned>, StateNames, never, Outer>,
    ) => Result,
  ): JsonataCatchers<
    Data,
    Variables,
    StateNames | StateNamesOf<Result>,
    Outer,
    Known,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;
}

/** The flow behind a state whose Catchers led to `Caught`, or behind one without Catchers. */
export type JsonataAfterCatch<
  Data,
  Variables,
  StateNames extends string,
  Ends,
  Outer extends string,
  Caught extends AnyOutcome,
> = [Caught] extends [never]
  ? JsonataFlow<Data, Variables, StateNames, Ends, Outer>
  : JsonataFlow<
      Data | DataOf<Caught>,
      AssignedOnEveryWay<Variables | VariablesOf<Caught>>,
      StateNames | StateNamesOf<Caught>,
      Ends | EndsOf<Caught>,
      Outer
    >;

export interface JsonataErrorOptions<
  Data,
  Variables,
  StateNames extends string,
  ErrorName extends string,
  Outer extends string,
  Named extends string,
  Caught,
> {
  readonly retry?: readonly RetrierOptions<Named, ErrorName | StatesErrorName>[];
  readonly catch?: (
    catchers: JsonataCatchers<Data, Variables, StateNames, Outer, ErrorName | StatesErrorName, never, never, never>,
  ) => Caught;
}

type TaskOption =
  | keyof JsonataTaskOptions<never, never, never, never, never, never, never, never, never, never>
  | keyof JsonataErrorOptions<never, never, never, never, never, never, never>;

type PassOption = keyof JsonataInputOptions<never, never, never, never, never>;

type InvokeOption =
  | keyof JsonataInvokeOptions<never, never, never, never, never, never, never, never, never>
  | keyof JsonataErrorOptions<never, never, never, never, never, never, never>;
