/**
 * The Amazon States Language as TypeScript types: what a *valid* definition looks like.
 * Unchecked input is a `JsonValue`; the validator turns one into the other or says why not.
 *
 * See https://states-language.net/spec.html and, for Distributed Map and Task fields,
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html.
 */
import type { JsonObject, JsonValue } from "./json.ts";

export type QueryLanguage = "JSONPath" | "JSONata";

/** A JSONata expression in its delimiters: `{% $states.input.total %}`. */
export type JsonataExpression = `{%${string}%}`;

export interface StateMachineDefinition extends StateGraph {
  readonly QueryLanguage?: QueryLanguage;
  readonly Version?: "1.0";
  /** Seconds, 1 to 99999999; the whole execution's limit. */
  readonly TimeoutSeconds?: number;
}

/** What a machine, a Parallel branch and a Map's processor have in common. */
export interface StateGraph {
  readonly Comment?: string;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State =
  | TaskState
  | ParallelState
  | MapState
  | PassState
  | WaitState
  | ChoiceState
  | SucceedState
  | FailState;

export type StateType = State["Type"];

export interface StateBase {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
}

/** `Next` names a state of the same graph; a state with `End` ends its graph. Exactly one is present. */
export interface Transition {
  readonly Next?: string;
  readonly End?: true;
}

/** JSONPath; `null` stands for the empty object. */
export interface InputOutputPaths {
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
}

/** JSONPath; a reference path, or `null` to discard the result. */
export interface ResultPlacement {
  readonly ResultPath?: string | null;
}

/** A JSON value whose keys that end in `.$` (JSONPath) or strings in `{% %}` (JSONata) are evaluated. */
export type PayloadTemplate = JsonValue;

export interface Assigning {
  readonly Assign?: JsonObject;
}

export interface ErrorHandling {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface Retrier {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  /** Seconds before the first retry, 0 to 99999999; 1 when absent. */
  readonly IntervalSeconds?: number;
  /** 0 to 99999999; 3 when absent; 0 never retries. */
  readonly MaxAttempts?: number;
  /** At least 1; 2 when absent. */
  readonly BackoffRate?: number;
  /** Seconds, 1 to 31622400; no ceiling when absent. */
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends ResultPlacement, Assigning {
  readonly Comment?: string;
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: JsonValue;
}

export interface TaskState extends StateBase, Transition, InputOutputPaths, ResultPlacement, Assigning, ErrorHandling {
  readonly Type: "Task";
  readonly Resource: string;
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: JsonValue;
  readonly ResultSelector?: JsonObject;
  readonly Output?: JsonValue;
  readonly TimeoutSeconds?: number | JsonataExpression;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | JsonataExpression;
  readonly HeartbeatSecondsPath?: string;
  readonly Credentials?: JsonObject | JsonataExpression;
}

export interface ParallelState
  extends StateBase, Transition, InputOutputPaths, ResultPlacement, Assigning, ErrorHandling {
  readonly Type: "Parallel";
  readonly Branches: readonly Branch[];
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: JsonValue;
  readonly ResultSelector?: JsonObject;
  readonly Output?: JsonValue;
}

/** A branch has no query language of its own: its states take the machine's. */
export type Branch = StateGraph;

export interface MapState extends StateBase, Transition, InputOutputPaths, ResultPlacement, Assigning, ErrorHandling {
  readonly Type: "Map";
  readonly ItemProcessor?: ItemProcessor;
  /** The deprecated name of `ItemProcessor`. */
  readonly Iterator?: ItemProcessor;
  readonly ItemsPath?: string;
  readonly Items?: JsonValue;
  readonly ItemSelector?: PayloadTemplate;
  /** The deprecated name of `ItemSelector`. */
  readonly Parameters?: PayloadTemplate;
  /** 0 lets the service choose: 40 at a time inline, 10,000 distributed. */
  readonly MaxConcurrency?: number | JsonataExpression;
  readonly MaxConcurrencyPath?: string;
  readonly ResultSelector?: JsonObject;
  readonly Output?: JsonValue;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
  /** 0 to 100. */
  readonly ToleratedFailurePercentage?: number | JsonataExpression;
  readonly ToleratedFailurePercentagePath?: string;
  readonly ToleratedFailureCount?: number | JsonataExpression;
  readonly ToleratedFailureCountPath?: string;
  readonly Label?: string;
}

export interface ItemProcessor extends StateGraph {
  readonly ProcessorConfig?: ProcessorConfig;
}

export interface ProcessorConfig {
  readonly Mode?: "INLINE" | "DISTRIBUTED";
  readonly ExecutionType?: "STANDARD" | "EXPRESS";
}

export interface ItemReader {
  readonly Resource: string;
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: JsonValue;
  readonly ReaderConfig?: ReaderConfig;
}

export interface ReaderConfig {
  readonly InputType?: "CSV" | "JSON" | "JSONL" | "PARQUET" | "MANIFEST";
  readonly Transformation?: "NONE" | "LOAD_AND_FLATTEN";
  readonly ManifestType?: "ATHENA_DATA" | "S3_INVENTORY";
  readonly CSVHeaderLocation?: "FIRST_ROW" | "GIVEN";
  readonly CSVHeaders?: readonly string[];
  readonly CSVDelimiter?: "COMMA" | "PIPE" | "SEMICOLON" | "SPACE" | "TAB";
  readonly MaxItems?: number | JsonataExpression;
  readonly MaxItemsPath?: string;
  /** JSON Pointer (RFC 6901); `InputType` JSON only. */
  readonly ItemsPointer?: string;
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: number | JsonataExpression;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: number | JsonataExpression;
  readonly MaxInputBytesPerBatchPath?: string;
  readonly BatchInput?: PayloadTemplate;
}

export interface ResultWriter {
  readonly Resource?: string;
  readonly Parameters?: PayloadTemplate;
  readonly Arguments?: JsonValue;
  readonly WriterConfig?: WriterConfig;
}

export interface WriterConfig {
  readonly Transformation?: "NONE" | "COMPACT" | "FLATTEN";
  readonly OutputType: "JSON" | "JSONL";
}

export interface PassState extends StateBase, Transition, InputOutputPaths, ResultPlacement, Assigning {
  readonly Type: "Pass";
  readonly Parameters?: PayloadTemplate;
  readonly Result?: JsonValue;
  readonly Output?: JsonValue;
}

export interface WaitState extends StateBase, Transition, InputOutputPaths, Assigning {
  readonly Type: "Wait";
  readonly Seconds?: number | JsonataExpression;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Output?: JsonValue;
}

export interface ChoiceState extends StateBase, InputOutputPaths, Assigning {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Output?: JsonValue;
}

/** A rule of `Choices`: a JSONPath comparison or combinator, or a JSONata `Condition`, with where to go. */
export type ChoiceRule = (ChoiceCondition | JsonataCondition) &
  Assigning & { readonly Comment?: string; readonly Next: string; readonly Output?: JsonValue };

export interface JsonataCondition {
  readonly Condition: boolean | JsonataExpression;
}

export type ChoiceCondition = AndCondition | OrCondition | NotCondition | Comparison;

export interface AndCondition {
  readonly And: readonly ChoiceCondition[];
}

export interface OrCondition {
  readonly Or: readonly ChoiceCondition[];
}

export interface NotCondition {
  readonly Not: ChoiceCondition;
}

/** One `Variable` and exactly one operator. */
export type Comparison = { readonly Variable: string } & ComparisonOperand;

export type ComparisonOperand = {
  [Operator in ComparisonOperator]: { readonly [Key in Operator]: ComparisonOperands[Operator] };
}[ComparisonOperator];

type Ordering = "Equals" | "LessThan" | "GreaterThan" | "LessThanEquals" | "GreaterThanEquals";

/** Each comparison operator with its operand's type; a `…Path` operand is a JSONPath. */
export type ComparisonOperands = { [Key in `String${Ordering}` | `Timestamp${Ordering}`]: string } & {
  [Key in `Numeric${Ordering}`]: number;
} & { [Key in `${"String" | "Numeric" | "Timestamp"}${Ordering}Path`]: string } & {
  StringMatches: string;
  BooleanEquals: boolean;
  BooleanEqualsPath: string;
} & { [Key in "IsNull" | "IsPresent" | "IsNumeric" | "IsString" | "IsBoolean" | "IsTimestamp"]: boolean };

export type ComparisonOperator = keyof ComparisonOperands;

export interface SucceedState extends StateBase, InputOutputPaths {
  readonly Type: "Succeed";
  readonly Output?: JsonValue;
}

export interface FailState extends StateBase {
  readonly Type: "Fail";
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}
