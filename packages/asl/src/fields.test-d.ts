/** The field table and definition.ts say the same. Checked by `tsc`. */
import type {
  Branch,
  Catcher,
  ChoiceState,
  Comparison,
  ComparisonOperator,
  FailState,
  ItemBatcher,
  ItemProcessor,
  ItemReader,
  MapState,
  ParallelState,
  PassState,
  ProcessorConfig,
  ReaderConfig,
  ResultWriter,
  Retrier,
  StateMachineDefinition,
  StateType,
  SucceedState,
  TaskState,
  WaitState,
  WriterConfig,
} from "./definition.ts";
import type { fieldTable, stateTypes } from "./fields.ts";

type Table = typeof fieldTable;

/** `never` where both name the same fields, else the fields that one of them lacks. */
type Differing<Shape extends keyof Table, Type> =
  | Exclude<keyof Table[Shape], keyof Type>
  | Exclude<keyof Type, keyof Table[Shape]>;

type Same<Difference extends never> = Difference;

export type Checked = [
  Same<Differing<"StateMachine", StateMachineDefinition>>,
  Same<Differing<"Branch", Branch>>,
  Same<Differing<"ItemProcessor", ItemProcessor>>,
  Same<Differing<"ProcessorConfig", ProcessorConfig>>,
  Same<Differing<"Task", TaskState>>,
  Same<Differing<"Parallel", ParallelState>>,
  Same<Differing<"Map", MapState>>,
  Same<Differing<"Pass", PassState>>,
  Same<Differing<"Wait", WaitState>>,
  Same<Differing<"Choice", ChoiceState>>,
  Same<Differing<"Succeed", SucceedState>>,
  Same<Differing<"Fail", FailState>>,
  Same<Differing<"Retrier", Retrier>>,
  Same<Differing<"Catcher", Catcher>>,
  Same<Differing<"ItemReader", ItemReader>>,
  Same<Differing<"ReaderConfig", ReaderConfig>>,
  Same<Differing<"ItemBatcher", ItemBatcher>>,
  Same<Differing<"ResultWriter", ResultWriter>>,
  Same<Differing<"WriterConfig", WriterConfig>>,
  Same<Exclude<StateType, (typeof stateTypes)[number]>>,
  // Every operator is one key of one member of the union.
  Same<
    Exclude<
      ComparisonOperator | "Variable",
      Comparison extends infer Each ? (Each extends Each ? keyof Each : never) : never
    >
  >,
];

// @ts-expect-error a field that only one side has is named
export type Caught = Same<Differing<"Branch", Branch & { readonly Extra: 1 }>>;
