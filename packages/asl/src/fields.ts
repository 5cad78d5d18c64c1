/**
 * The field table: which field is allowed where, under which query language, and what its value must be.
 * The printer's order, the validator's shape check, the JSON Schema and docs/support.md all follow from it;
 * definition.ts is checked against it (fields.test-d.ts).
 *
 * The order of the fields is the order in which a definition is printed.
 */
import { comparisonOperators } from "./comparison.ts";
import type { ComparedType } from "./comparison.ts";
import type { QueryLanguage, StateType } from "./definition.ts";
import { limits } from "./limits.ts";

/** What the value of a field must be. `expression` also admits `{% … %}` where the language is JSONata. */
export type FieldValue =
  | { readonly kind: "text"; readonly oneOf?: readonly string[]; readonly expression?: true }
  | { readonly kind: "timestamp"; readonly expression?: true }
  | {
      readonly kind: "integer" | "number";
      readonly minimum?: number;
      readonly maximum?: number;
      readonly expression?: true;
    }
  | { readonly kind: "boolean"; readonly expression?: true }
  /** A JSONPath; `reference` forbids operators that can select several nodes. */
  | {
      readonly kind: "path";
      readonly reference?: true;
      readonly nullable?: true;
      readonly intrinsic?: true;
      /** Written, not read: no context object, no variable. */
      readonly written?: true;
      /** Of a Choice rule; AWS words its refusal differently. */
      readonly condition?: true;
    }
  /** Evaluated JSON: a payload template (JSONPath) or JSON with `{% … %}` strings (JSONata). */
  | { readonly kind: "template"; readonly of: "any" | "object" | "array" }
  /** JSON that is taken as it stands. */
  | { readonly kind: "json" }
  /** The name of a state of the same graph. */
  | { readonly kind: "target" }
  /** A resource ARN; `allowed` are the only integrations that a reader or writer may name. */
  | { readonly kind: "resource"; readonly allowed?: readonly string[] }
  | { readonly kind: "states" }
  | { readonly kind: "object"; readonly shape: ShapeName; readonly expression?: true }
  | { readonly kind: "list"; readonly of: FieldValue; readonly nonEmpty?: true };

export interface Field {
  readonly value: FieldValue;
  /** Allowed only under this query language; both when absent. */
  readonly language?: QueryLanguage;
  readonly required?: true;
}

export type ShapeName =
  | StateType
  | "StateMachine"
  | "Branch"
  | "ItemProcessor"
  | "ProcessorConfig"
  | "Retrier"
  | "Catcher"
  | "ChoiceRule"
  | "NestedChoiceRule"
  | "ItemReader"
  | "ReaderConfig"
  | "ItemBatcher"
  | "ResultWriter"
  | "WriterConfig"
  | "Credentials";

const text: Field = { value: { kind: "text" } };
const target: Field = { value: { kind: "target" } };
const anyTemplate = { kind: "template", of: "any" } as const;
const objectTemplate = { kind: "template", of: "object" } as const;
const conditionPath = { kind: "path", condition: true } as const;
const nullablePath = { kind: "path", nullable: true } as const;
const referencePath = { kind: "path", reference: true } as const;

const required = (value: FieldValue): Field => ({ value, required: true });
const jsonPath = (value: FieldValue): Field => ({ value, language: "JSONPath" });
const jsonata = (value: FieldValue): Field => ({ value, language: "JSONata" });
const oneOf = (...values: readonly string[]): Field => ({ value: { kind: "text", oneOf: values } });

const timeoutSeconds = { kind: "integer", minimum: 1, maximum: limits.timeoutSeconds.value } as const;
const positive = { kind: "integer", minimum: 1 } as const;
const count = { kind: "integer", minimum: 0 } as const;

const queryLanguage = oneOf("JSONPath", "JSONata");

const head = { Type: required({ kind: "text" }), Comment: text, QueryLanguage: queryLanguage };
const inputPath = { InputPath: jsonPath(nullablePath) };
const outputFields = { OutputPath: jsonPath(nullablePath), Output: jsonata(anyTemplate) };
const resultFields = {
  ResultSelector: jsonPath(objectTemplate),
  ResultPath: jsonPath({ kind: "path", reference: true, nullable: true, written: true }),
  ...outputFields,
};
const assign = { Assign: { value: objectTemplate } };
const errorHandling = {
  Retry: { value: { kind: "list", of: { kind: "object", shape: "Retrier" } } },
  Catch: { value: { kind: "list", of: { kind: "object", shape: "Catcher" } } },
} as const;
const transition = { Next: target, End: { value: { kind: "boolean" } } } as const;
const graph = { StartAt: required({ kind: "target" }), States: required({ kind: "states" }) };

const operand: Record<ComparedType, FieldValue> = {
  String: { kind: "text" },
  Numeric: { kind: "number" },
  Boolean: { kind: "boolean" },
  Timestamp: { kind: "timestamp" },
  Type: { kind: "boolean" },
};
const comparisons: Record<string, Field> = Object.fromEntries(
  Object.entries(comparisonOperators).map(([name, { compares, operandIsPath }]) => [
    name,
    jsonPath(operandIsPath ? conditionPath : operand[compares]),
  ]),
);
const nestedRules = { kind: "list", of: { kind: "object", shape: "NestedChoiceRule" }, nonEmpty: true } as const;
const condition = {
  And: jsonPath(nestedRules),
  Or: jsonPath(nestedRules),
  Not: jsonPath({ kind: "object", shape: "NestedChoiceRule" }),
  Variable: jsonPath(conditionPath),
  ...comparisons,
};

export const fieldTable = {
  StateMachine: {
    Comment: text,
    QueryLanguage: queryLanguage,
    Version: oneOf("1.0"),
    // The service accepts 0 here, and only here.
    TimeoutSeconds: { value: { ...timeoutSeconds, minimum: 0 } },
    ...graph,
  },
  Branch: { Comment: text, ...graph },
  ItemProcessor: {
    Comment: text,
    ProcessorConfig: { value: { kind: "object", shape: "ProcessorConfig" } },
    ...graph,
  },
  ProcessorConfig: { Mode: oneOf("INLINE", "DISTRIBUTED"), ExecutionType: oneOf("STANDARD", "EXPRESS") },

  Task: {
    ...head,
    ...inputPath,
    Resource: required({ kind: "resource" }),
    Credentials: { value: { kind: "object", shape: "Credentials", expression: true } },
    Parameters: jsonPath(anyTemplate),
    Arguments: jsonata(objectTemplate),
    TimeoutSeconds: { value: { ...timeoutSeconds, expression: true } },
    TimeoutSecondsPath: jsonPath(referencePath),
    HeartbeatSeconds: { value: { ...timeoutSeconds, expression: true } },
    HeartbeatSecondsPath: jsonPath(referencePath),
    ...resultFields,
    ...assign,
    ...errorHandling,
    ...transition,
  },
  Parallel: {
    ...head,
    ...inputPath,
    Parameters: jsonPath(anyTemplate),
    Arguments: jsonata(anyTemplate),
    Branches: required({ kind: "list", of: { kind: "object", shape: "Branch" }, nonEmpty: true }),
    ...resultFields,
    ...assign,
    ...errorHandling,
    ...transition,
  },
  Map: {
    ...head,
    ...inputPath,
    ItemReader: { value: { kind: "object", shape: "ItemReader" } },
    ItemsPath: jsonPath(referencePath),
    Items: jsonata(anyTemplate),
    ItemSelector: { value: anyTemplate },
    Parameters: jsonPath(anyTemplate),
    ItemBatcher: { value: { kind: "object", shape: "ItemBatcher" } },
    MaxConcurrency: { value: { ...count, expression: true } },
    MaxConcurrencyPath: jsonPath(referencePath),
    ToleratedFailurePercentage: {
      value: { kind: "number", minimum: 0, maximum: limits.toleratedFailurePercentage.value, expression: true },
    },
    ToleratedFailurePercentagePath: jsonPath(referencePath),
    ToleratedFailureCount: { value: { ...count, expression: true } },
    ToleratedFailureCountPath: jsonPath(referencePath),
    Label: text,
    ItemProcessor: { value: { kind: "object", shape: "ItemProcessor" } },
    Iterator: { value: { kind: "object", shape: "ItemProcessor" } },
    ResultWriter: { value: { kind: "object", shape: "ResultWriter" } },
    ...resultFields,
    ...assign,
    ...errorHandling,
    ...transition,
  },
  Pass: {
    ...head,
    ...inputPath,
    Parameters: jsonPath(anyTemplate),
    Result: jsonPath({ kind: "json" }),
    ResultPath: resultFields.ResultPath,
    ...outputFields,
    ...assign,
    ...transition,
  },
  Wait: {
    ...head,
    ...inputPath,
    Seconds: { value: { kind: "integer", minimum: 0, maximum: limits.waitSeconds.value, expression: true } },
    SecondsPath: jsonPath(referencePath),
    Timestamp: { value: { kind: "timestamp", expression: true } },
    TimestampPath: jsonPath(referencePath),
    ...outputFields,
    ...assign,
    ...transition,
  },
  Choice: {
    ...head,
    ...inputPath,
    Choices: required({ kind: "list", of: { kind: "object", shape: "ChoiceRule" }, nonEmpty: true }),
    ...outputFields,
    ...assign,
    Default: target,
  },
  Succeed: { ...head, ...inputPath, ...outputFields },
  Fail: {
    ...head,
    Error: { value: { kind: "text", expression: true } },
    ErrorPath: jsonPath({ kind: "path", reference: true, intrinsic: true }),
    Cause: { value: { kind: "text", expression: true } },
    CausePath: jsonPath({ kind: "path", reference: true, intrinsic: true }),
  },

  Retrier: {
    Comment: text,
    ErrorEquals: required({ kind: "list", of: { kind: "text" }, nonEmpty: true }),
    // The specification wants a positive integer; the service accepts 0.
    IntervalSeconds: { value: { kind: "integer", minimum: 0, maximum: limits.retryIntervalSeconds.value } },
    MaxAttempts: { value: { kind: "integer", minimum: 0, maximum: limits.retryMaxAttempts.value } },
    BackoffRate: { value: { kind: "number", minimum: 1 } },
    MaxDelaySeconds: { value: { kind: "integer", minimum: 1, maximum: limits.retryMaxDelaySeconds.value } },
    JitterStrategy: oneOf("NONE", "FULL"),
  },
  Catcher: {
    Comment: text,
    ErrorEquals: required({ kind: "list", of: { kind: "text" }, nonEmpty: true }),
    ResultPath: resultFields.ResultPath,
    Output: jsonata(anyTemplate),
    ...assign,
    Next: required({ kind: "target" }),
  },
  ChoiceRule: {
    Comment: text,
    Condition: jsonata({ kind: "boolean", expression: true }),
    ...condition,
    Output: jsonata(anyTemplate),
    ...assign,
    Next: required({ kind: "target" }),
  },
  NestedChoiceRule: { Comment: text, ...condition },

  ItemReader: {
    Resource: required({ kind: "resource", allowed: ["s3:getObject", "s3:listObjectsV2"] }),
    ReaderConfig: { value: { kind: "object", shape: "ReaderConfig" } },
    Parameters: jsonPath(objectTemplate),
    Arguments: jsonata(objectTemplate),
  },
  ReaderConfig: {
    InputType: oneOf("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"),
    Transformation: oneOf("NONE", "LOAD_AND_FLATTEN"),
    ManifestType: oneOf("ATHENA_DATA", "S3_INVENTORY"),
    CSVDelimiter: oneOf("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"),
    CSVHeaderLocation: oneOf("FIRST_ROW", "GIVEN"),
    CSVHeaders: { value: { kind: "list", of: { kind: "text" } } },
    MaxItems: { value: { kind: "integer", expression: true } },
    MaxItemsPath: jsonPath(referencePath),
    ItemsPointer: text,
  },
  ItemBatcher: {
    BatchInput: { value: anyTemplate },
    MaxItemsPerBatch: { value: { ...positive, expression: true } },
    MaxItemsPerBatchPath: jsonPath(referencePath),
    MaxInputBytesPerBatch: { value: { ...positive, maximum: limits.batchInputBytes.value, expression: true } },
    MaxInputBytesPerBatchPath: jsonPath(referencePath),
  },
  ResultWriter: {
    Resource: { value: { kind: "resource", allowed: ["s3:putObject"] } },
    WriterConfig: { value: { kind: "object", shape: "WriterConfig" } },
    Parameters: jsonPath(objectTemplate),
    Arguments: jsonata(objectTemplate),
  },
  WriterConfig: {
    Transformation: oneOf("NONE", "COMPACT", "FLATTEN"),
    OutputType: required({ kind: "text", oneOf: ["JSON", "JSONL"] }),
  },
  Credentials: {
    RoleArn: { value: { kind: "text", expression: true } },
    "RoleArn.$": jsonPath({ kind: "path", intrinsic: true }),
  },
} as const satisfies Record<ShapeName, Readonly<Record<string, Field>>>;

/** The same table for look-ups by a name that came from data: `__proto__` finds nothing. */
const fieldsByShape: ReadonlyMap<ShapeName, ReadonlyMap<string, Field>> = new Map(
  Object.entries(fieldTable).map(([shape, fields]) => [shape as ShapeName, new Map(Object.entries(fields))]),
);

const none: ReadonlyMap<string, Field> = new Map();

/** The fields of a shape in their printing order. */
export function fieldsOf(shape: ShapeName): ReadonlyMap<string, Field> {
  return fieldsByShape.get(shape) ?? none;
}

const requiredByShape: ReadonlyMap<ShapeName, readonly string[]> = new Map(
  Array.from(fieldsByShape, ([shape, fields]) => [
    shape,
    Array.from(fields).flatMap(([name, { required: isRequired }]) => (isRequired === true ? [name] : [])),
  ]),
);

/** The fields that every object of a shape has. */
export function requiredFieldsOf(shape: ShapeName): readonly string[] {
  return requiredByShape.get(shape) ?? [];
}

/** In the order in which AWS lists them. */
export const stateTypes = [
  "Task",
  "Wait",
  "Pass",
  "Succeed",
  "Fail",
  "Choice",
  "Parallel",
  "Map",
] as const satisfies readonly StateType[];

const stateTypeNames: ReadonlySet<unknown> = new Set(stateTypes);

export function isStateType(value: unknown): value is StateType {
  return stateTypeNames.has(value);
}
