/** The two query languages behind one interface: a state's fields become evaluators, and the way out of the state. */
import type { Catcher, JsonObject, JsonTypeName, JsonValue, State } from "@stepwright/asl";
import { compileInputPath, completeJsonata, completeJsonPath } from "./data-flow.ts";
import type { Complete } from "./data-flow.ts";
import { constant, jsonataEvaluator, pathEvaluator, templateEvaluator, textPathEvaluator } from "./evaluators.ts";
import type { Evaluator, ExplainMiss } from "./evaluators.ts";

/** Every field of every state type that has to do with data; absent ones are `undefined`. */
export interface DataFields {
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: JsonValue;
  readonly Arguments?: JsonValue;
  readonly ResultSelector?: JsonObject;
  readonly Output?: JsonValue;
  readonly Assign?: JsonObject;
}

export interface Language {
  readonly isJsonata: boolean;
  /** `InputPath`; `undefined` when the raw input is the effective one. */
  input(fields: DataFields): Evaluator | undefined;
  /** `Parameters` or `Arguments`. */
  argument(fields: DataFields): Evaluator | undefined;
  /** A field that is a literal, an expression (JSONata), or a path in its `…Path` twin (JSONPath). */
  dynamic(
    field: string,
    value: JsonValue | undefined,
    path: string | undefined,
    expected?: JsonTypeName,
    explainMiss?: ExplainMiss,
  ): Evaluator | undefined;
  /** `Error` and `Cause` of a Fail state: as `dynamic`, but the path may also be an intrinsic function. */
  dynamicText(field: string, value: JsonValue | undefined, path: string | undefined): Evaluator | undefined;
  /** A payload template, or JSON with expressions. */
  template(field: string, value: JsonValue | undefined): Evaluator | undefined;
  /** @param showsResult `Output` and `Assign` may read `$states.result` */
  complete(fields: DataFields, showsResult: boolean): Complete;
  completeCatch(catcher: Catcher, position: number): Complete;
}

const jsonPath: Language = {
  isJsonata: false,
  input: ({ InputPath }) => compileInputPath(InputPath),
  argument: ({ Parameters }) => templateOf("Parameters", Parameters),
  dynamic(_field, value, path, _expected, explainMiss) {
    if (path !== undefined) return pathEvaluator(path, explainMiss);
    return value === undefined ? undefined : constant(value);
  },
  dynamicText(field, value, path) {
    if (path !== undefined) return textPathEvaluator(`${field}Path`, path);
    return value === undefined ? undefined : constant(value);
  },
  template: templateOf,
  complete: ({ Assign, ResultSelector, ResultPath, OutputPath }) =>
    completeJsonPath({
      assign: templateOf("Assign", Assign),
      resultSelector: templateOf("ResultSelector", ResultSelector),
      resultPath: ResultPath,
      outputPath: OutputPath,
    }),
  completeCatch: ({ Assign, ResultPath }) =>
    completeJsonPath({ assign: templateOf("Assign", Assign), resultPath: ResultPath }),
};

function templateOf(field: string, value: JsonValue | undefined): Evaluator | undefined {
  return value === undefined ? undefined : templateEvaluator(field, value);
}

const jsonata: Language = {
  isJsonata: true,
  input: () => undefined,
  argument: ({ Arguments }) => expressionOf("Arguments", Arguments),
  dynamic: (field, value, _path, expected) => expressionOf(field, value, expected),
  dynamicText: (field, value) => expressionOf(field, value, "string"),
  template: (field, value) => expressionOf(field, value),
  complete: ({ Assign, Output }, showsResult) =>
    completeJsonata({
      assign: expressionOf("Assign", Assign),
      output: expressionOf("Output", Output),
      resultName: showsResult ? "result" : undefined,
    }),
  completeCatch: ({ Assign, Output }, position) =>
    completeJsonata({
      assign: expressionOf(`Catch[${position}]/Assign`, Assign),
      output: expressionOf(`Catch[${position}]/Output`, Output),
      resultName: "errorOutput",
    }),
};

function expressionOf(field: string, value: JsonValue | undefined, expected?: JsonTypeName): Evaluator | undefined {
  return value === undefined ? undefined : jsonataEvaluator(field, value, expected);
}

/** @param machine the machine's own language, which nested states follow, not that of the state around them */
export function languageOf(state: State, machine: "JSONPath" | "JSONata"): Language {
  return (state.QueryLanguage ?? machine) === "JSONata" ? jsonata : jsonPath;
}
