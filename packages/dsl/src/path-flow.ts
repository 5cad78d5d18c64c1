/**
 * The chain that an author writes, as types, with fields in JSONPath. Two slots travel along: what the next state
 * sees (`Data`) and the workflow variables in scope (`Variables`). Every method gives a new flow; none changes the old.
 * `Outer` names the variables of the states around, which are read in here and not assigned.
 *
 * In every method the last type parameters stand for what the options compute. `Given` is the set of options present:
 * while the compiler has not looked into the callbacks yet, it is all that is known of them.
 */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Condition } from "./condition.ts";
import type { SendingContext } from "./context.ts";
import type { BatcherOption, IterationInput, MapRunOutput, Transformation, WriterOption } from "./distributed-map.ts";
import type { NameOf, NewName, WhyUnfit } from "./fit.ts";
import type { JsonataFlow } from "./jsonata-flow.ts";
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
  Passed,
  PathBranchInput,
  PathCatcherOptions,
  PathChoiceRuleOptions,
  PathDistributedMapOptions,
  PathInputOptions,
  PathInvokeOptions,
  PathMapOptions,
  PathOutputOptions,
  PathPassOptions,
  PathResultOptions,
  PathSucceedOptions,
  PathTaskOptions,
  PathWaitOptions,
  TakenFrom,
} from "./path-options.ts";
import type { Placed, ResultPath } from "./result-path.ts";
import type { ErrorNames, LambdaErrorName, RetrierOptions, StatesErrorName } from "./retry.ts";
import type { ErrorOutput, InputScope } from "./scope.ts";
import type { Absent, FragmentOptions, RawState, StateOptions, Unless, Written } from "./state-options.ts";
import type { TaskContract } from "./task.ts";
import type { Resolved } from "./template.ts";
import type { AfterAssign, AssignedOnEveryWay } from "./variables.ts";
import type { Wire } from "./wire.ts";

export interface PathFlow<
  Data,
  Variables = {},
  StateNames extends string = never,
  Ends = never,
  Outer extends string = never,
> extends FlowEnds<Data, Variables, StateNames, Ends, "JSONPath"> {
  /** A Task that invokes the contract's Lambda function, or the `resource` that the options name. */
  task<
    const Name extends string,
    TaskName extends string,
    Input,
    Output,
    ErrorName extends string,
    const Named extends string,
    const Parameters = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Given extends TaskOption = never,
    const Resource extends string = TaskName,
    Kept = Absent,
  >(
    name: NewName<Name, StateNames>,
    contract: "parameters" extends Given
      ? TaskContract<TaskName, Input, Output, ErrorName>
      : [Data] extends [Input]
        ? TaskContract<TaskName, Input, Output, ErrorName>
        : WhyUnfit<TaskName, Data, Input>,
    options?: PathTaskOptions<
      Data,
      Variables,
      Input,
      Output,
      Parameters,
      Selected,
      Path,
      Assigned,
      Outer,
      SendingContext<Resource>,
      Resource,
      Kept
    > &
      PathErrorOptions<Data, Variables, StateNames | Name, ErrorName | LambdaErrorName, Outer, Named, Caught> &
      Written<Given>,
  ): PathAfterCatch<
    TakenFrom<Placed<Data, Path, Unless<Selected, Output>>, Kept>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name>,
    Ends,
    Outer,
    Caught
  >;

  /**
   * A Task that calls the contract's Lambda function through `lambda:invoke`: for a version of it, or a token to wait for.
   * The result is Lambda's answer with the function's return value as its `Payload`; when nothing reshapes or places
   * it, the chain goes on with the `Payload` alone.
   */
  invoke<
    const Name extends string,
    TaskName extends string,
    Input,
    Output,
    ErrorName extends string,
    const Named extends string,
    const Payload = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
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
    options?: PathInvokeOptions<
      Data,
      Variables,
      Input,
      InvokeResult<Waiting, Output>,
      Payload,
      Selected,
      Path,
      Assigned,
      Outer,
      Waiting
    > &
      PathErrorOptions<Data, Variables, StateNames | Name, ErrorName | LambdaErrorName, Outer, Named, Caught> &
      Written<Given>,
  ): PathAfterCatch<
    Placed<Data, Path, Unless<Selected, Path extends "$" ? Output : InvokeResult<Waiting, Output>>>,
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
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Taken = Absent,
    Kept = Absent,
  >(
    name: NewName<Name, StateNames>,
    options: PathInputOptions<Data, Variables, Taken> &
      PathMapOptions<
        TakenFrom<Data, Taken>,
        Variables,
        Item,
        unknown[],
        ItemSelector,
        Selected,
        Path,
        Assigned,
        Outer
      > &
      PathErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught>,
    processor: (
      item: PathFlow<Unless<ItemSelector, Item>, Variables, StateNames | NameOf<Name>, never, keyof Variables & string>,
    ) => DistinctInner<Processed, Caught, StateNames | NameOf<Name>>,
    results?: PathResultOptions<Variables, OutputOf<Processed>[], Selected, Path, Assigned, Outer> &
      PathOutputOptions<Placed<Data, Path, Unless<Selected, OutputOf<Processed>[]>>, Variables, Kept>,
  ): PathAfterCatch<
    TakenFrom<Placed<Data, Path, Unless<Selected, OutputOf<Processed>[]>>, Kept>,
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
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Taken = Absent,
    Kept = Absent,
  >(
    name: NewName<Name, StateNames>,
    options: PathInputOptions<Data, Variables, Taken> &
      PathDistributedMapOptions<
        TakenFrom<Data, Taken>,
        Variables,
        Item,
        MapRunOutput<Writing, Transformed, unknown>,
        ItemSelector,
        BatchInput,
        Batching,
        Writing,
        Transformed,
        Selected,
        Path,
        Assigned,
        Outer
      > &
      PathErrorOptions<Data, Variables, StateNames | Name, never, Outer, Named, Caught>,
    processor: (
      item: PathFlow<IterationInput<Unless<ItemSelector, Item>, Batching, BatchInput>, {}, StateNames | NameOf<Name>>,
    ) => DistinctInner<Processed, Caught, StateNames | NameOf<Name>>,
    results?: PathResultOptions<
      Variables,
      MapRunOutput<Writing, Transformed, OutputOf<Processed>>,
      Selected,
      Path,
      Assigned,
      Outer
    > &
      PathOutputOptions<
        Placed<Data, Path, Unless<Selected, MapRunOutput<Writing, Transformed, OutputOf<Processed>>>>,
        Variables,
        Kept
      >,
  ): PathAfterCatch<
    TakenFrom<Placed<Data, Path, Unless<Selected, MapRunOutput<Writing, Transformed, OutputOf<Processed>>>>, Kept>,
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
    const Parameters = Absent,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Kept = Absent,
  >(
    name: NewName<Name, StateNames>,
    branches: PathBranches<Branches, Unless<Parameters, Data>, Variables, StateNames | NameOf<Name>>,
    options?: Partial<PathBranchInput<Data, Variables, Parameters>> &
      PathResultOptions<Variables, BranchOutputs<Branches>, Selected, Path, Assigned, Outer> &
      PathErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught> &
      PathOutputOptions<Placed<Data, Path, Unless<Selected, BranchOutputs<Branches>>>, Variables, Kept>,
  ): PathAfterCatch<
    TakenFrom<Placed<Data, Path, Unless<Selected, BranchOutputs<Branches>>>, Kept>,
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
    const Parameters,
    const Selected = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    Caught extends AnyOutcome = never,
    Kept = Absent,
  >(
    name: NewName<Name, StateNames>,
    input: PathBranchInput<Data, Variables, Parameters>,
    branches: PathBranches<Branches, Resolved<Parameters>, Variables, StateNames | NameOf<Name>>,
    options?: PathResultOptions<Variables, BranchOutputs<Branches>, Selected, Path, Assigned, Outer> &
      PathErrorOptions<Data, Variables, StateNames | Name, string, Outer, Named, Caught> &
      PathOutputOptions<Placed<Data, Path, Unless<Selected, BranchOutputs<Branches>>>, Variables, Kept>,
  ): PathAfterCatch<
    TakenFrom<Placed<Data, Path, Unless<Selected, BranchOutputs<Branches>>>, Kept>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name> | StateNamesOf<Branches[number]>,
    Ends,
    Outer,
    Caught
  >;

  /** A Pass: shapes data and assigns variables, without work. */
  pass<
    const Name extends string,
    const Parameters = Absent,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
    const Result = Absent,
    Taken = Absent,
    Kept = Absent,
    Given extends PassOption = never,
  >(
    name: NewName<Name, StateNames>,
    options?: PathPassOptions<Data, Variables, Taken, Parameters, Path, Assigned, Outer, Result, Kept> & Written<Given>,
  ): PathFlow<
    TakenFrom<Placed<Data, Path, Passed<TakenFrom<Data, Taken>, Parameters, Result>>, Kept>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name>,
    Ends,
    Outer
  >;

  /** A Wait until a time has passed or come; exactly one of the options says until when. */
  wait<const Name extends string, Taken = Absent, const Assigned = Absent, Kept = Absent>(
    name: NewName<Name, StateNames>,
    until: PathWaitOptions<Data, Variables, Taken, Assigned, Outer, Kept>,
  ): PathFlow<
    TakenFrom<TakenFrom<Data, Taken>, Kept>,
    AfterAssign<Variables, Assigned>,
    StateNames | NameOf<Name>,
    Ends,
    Outer
  >;

  /**
   * A Choice. Its ways rejoin behind it unless they end; without `otherwise`, what no condition matched goes straight on.
   * @example .choice("Good enough?", (choose) => choose
   *   .when((s) => numericLessThan(s.input.auc, 0.7), (flow) => flow.fail("Too weak"))
   *   .otherwise((flow) => flow.task("Deploy", deploy)))
   */
  choice<const Name extends string, Chosen extends AnyOutcome>(
    name: NewName<Name, StateNames>,
    choices: (choose: PathChoices<Data, Variables, StateNames | NameOf<Name>, Outer, never, never, never>) => Chosen,
    options?: StateOptions,
  ): PathFlow<
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
  ): PathFlow<Wire<Output>, Variables, StateNames | NameOf<Name>, Ends, Outer>;

  /** Ends the graph with the current data as its output. */
  succeed<const Name extends string, Taken = Absent, Kept = Absent>(
    name: NewName<Name, StateNames>,
    options?: PathSucceedOptions<Data, Variables, Taken, Kept>,
  ): Ended<StateNames | NameOf<Name>, Ends | TakenFrom<TakenFrom<Data, Taken>, Kept>>;

  /**
   * States in JSONata in the midst of a JSONPath machine: each of them says so in its `QueryLanguage`.
   * @example .inJsonata((flow) => flow.pass("Sum", { output: (s) => ({ total: Jsonata.sum(s.input.amounts) }) }))
   */
  inJsonata<Result extends AnyOutcome>(
    states: (flow: JsonataFlow<Data, Variables, StateNames, never, Outer>) => Result,
  ): PathFlow<DataOf<Result>, VariablesOf<Result>, StateNamesOf<Result>, Ends | EndsOf<Result>, Outer>;

  /**
   * Continues with a fragment: a function from flow to flow, so that machines can share states.
   * It starts with what it asks for and sees neither the variables nor the other states of this flow.
   * @example const report = (flow: PathFlow<{ text: string }>) => flow.task("Tell", tell).pass("Told")
   */
  pipe<Needed, Result extends AnyOutcome, const Prefix extends string = "">(
    fragment: [Data] extends [Needed]
      ? (flow: PathFlow<Needed>) => DistinctFragment<Result, Prefix, StateNames>
      : WhyUnfit<"the fragment", Data, Needed>,
    options?: FragmentOptions<Prefix>,
  ): PathFlow<
    DataOf<Result>,
    Variables & VariablesOf<Result>,
    StateNames | `${Prefix}${StateNamesOf<Result>}`,
    Ends | EndsOf<Result>,
    Outer
  >;
}

/** The branches of a Parallel: each begins with `Given`, reads the variables around it, and names its states anew. */
export type PathBranches<Branches extends readonly AnyOutcome[], Given, Variables, Known extends string> = readonly [
  ...{
    [Index in keyof Branches]: (
      branch: PathFlow<Given, Variables, Known, never, keyof Variables & string>,
    ) => DistinctBranch<Branches, Index, Known>;
  },
];

/** The ways of a Choice, in the order in which their conditions are tried. `Data` is what no condition so far took. */
export interface PathChoices<
  Data,
  Variables,
  StateNames extends string,
  Outer extends string,
  JoinedData,
  JoinedVariables,
  JoinedEnds,
> extends Outcome<Data | JoinedData, Variables | JoinedVariables, StateNames, JoinedEnds> {
  /** Taken when the condition holds; what the condition proves narrows the data inside. */
  when<Fact, Inverse, Result extends AnyOutcome>(
    condition: (scope: InputScope<Data, Variables>) => Condition<Fact, Inverse>,
    next: (flow: PathFlow<Narrowed<Data, Fact>, Variables, StateNames, never, Outer>) => Result,
  ): PathChoices<
    Narrowed<Data, Inverse>,
    Variables,
    StateNames | StateNamesOf<Result>,
    Outer,
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** As `when`, and what the rule itself assigns when it is taken. */
  whenWith<Fact, Inverse, Result extends AnyOutcome, const Assigned = Absent>(
    condition: (scope: InputScope<Data, Variables>) => Condition<Fact, Inverse>,
    options: PathChoiceRuleOptions<Narrowed<Data, Fact>, Variables, Assigned, Outer>,
    next: (flow: PathFlow<Narrowed<Data, Fact>, AfterAssign<Variables, Assigned>, StateNames, never, Outer>) => Result,
  ): PathChoices<
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
    next: (flow: PathFlow<Data, Variables, StateNames, never, Outer>) => Result,
  ): Outcome<
    JoinedData | DataOf<Result>,
    JoinedVariables | VariablesOf<Result>,
    StateNames | StateNamesOf<Result>,
    JoinedEnds | EndsOf<Result>
  >;

  /** As `otherwise`, and what the state itself assigns then. */
  otherwiseWith<Result extends AnyOutcome, const Assigned = Absent>(
    options: PathChoiceRuleOptions<Data, Variables, Assigned, Outer>,
    next: (flow: PathFlow<Data, AfterAssign<Variables, Assigned>, StateNames, never, Outer>) => Result,
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
export interface PathCatchers<
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
  on<
    const Named extends string,
    Result extends AnyOutcome,
    const Path extends ResultPath = "$",
    const Assigned = Absent,
  >(
    errors: ErrorNames<Named, Known>,
    options: PathCatcherOptions<Variables, Path, Assigned, Outer>,
    handler: (
      flow: PathFlow<Placed<Data, Path, ErrorOutput>, AfterAssign<Variables, Assigned>, StateNames, never, Outer>,
    ) => Result,
  ): PathCatchers<
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
export type PathAfterCatch<
  Data,
  Variables,
  StateNames extends string,
  Ends,
  Outer extends string,
  Caught extends AnyOutcome,
> = [Caught] extends [never]
  ? PathFlow<Data, Variables, StateNames, Ends, Outer>
  : PathFlow<
      Data | DataOf<Caught>,
      AssignedOnEveryWay<Variables | VariablesOf<Caught>>,
      StateNames | StateNamesOf<Caught>,
      Ends | EndsOf<Caught>,
      Outer
    >;

export interface PathErrorOptions<
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
    catchers: PathCatchers<Data, Variables, StateNames, Outer, ErrorName | StatesErrorName, never, never, never>,
  ) => Caught;
}

type TaskOption =
  | keyof PathTaskOptions<never, never, never, never, never, never, never, never, never, never, never, never>
  | keyof PathErrorOptions<never, never, never, never, never, never, never>;

type PassOption = keyof PathPassOptions<never, never, never, never, never, never, never, never, never>;

type InvokeOption =
  | keyof PathInvokeOptions<never, never, never, never, never, never, never, never, never, never>
  | keyof PathErrorOptions<never, never, never, never, never, never, never>;
