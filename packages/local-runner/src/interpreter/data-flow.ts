/**
 * How a state's input becomes the work's argument, and the work's result the state's output and variables:
 * the same interface for both query languages.
 *
 * See ASL specification, "Input and output processing", and the developer guide, "Transforming data with JSONata".
 */
import { EvaluationFailure, writeAtPath } from "@stepwright/asl";
import type { Evaluated, JsonObject, JsonValue } from "@stepwright/asl";
import { compilePathField, evaluateFields, pathEvaluator } from "./evaluators.ts";
import type { Evaluator } from "./evaluators.ts";
import type { CompiledState, ExecutionOps, Thread } from "./thread.ts";
import { StateScope } from "./state-scope.ts";

/** Leaves the state with a result; failures go the way of the state's failures. */
export type Complete = (
  execution: ExecutionOps,
  thread: Thread,
  result: JsonValue,
  next: CompiledState | undefined,
) => void;

/** `undefined` members cost nothing at run time. */
export interface JsonPathFields {
  readonly assign?: Evaluator | undefined;
  readonly resultSelector?: Evaluator | undefined;
  /** `undefined`: the result replaces the input. */
  readonly resultPath?: string | null | undefined;
  readonly outputPath?: string | null | undefined;
}

/** `InputPath`. @returns `undefined` for `$`, which is the raw input */
export function compileInputPath(text: string | null | undefined): Evaluator | undefined {
  return text === undefined || text === "$" ? undefined : pathEvaluator(text);
}

export function completeJsonPath(fields: JsonPathFields): Complete {
  const { assign, resultSelector, resultPath } = fields;
  const outputPath = compileInputPath(fields.outputPath);
  const place = compileResultPath(resultPath);
  if (assign === undefined && resultSelector === undefined && outputPath === undefined) {
    if (place === undefined)
      return (execution, thread, result, next) => execution.exit(thread, result, undefined, next);
    return (execution, thread, result, next) => {
      const output = place(thread.input, result);
      if (output instanceof EvaluationFailure) return execution.failEvaluation(thread, output);
      execution.exit(thread, output, undefined, next);
    };
  }
  return (execution, thread, result, next) => {
    const resultScope = new StateScope(execution, thread, result);
    const assigned = assign?.evaluate(resultScope);
    if (assigned instanceof EvaluationFailure) return execution.failEvaluation(thread, assigned);
    const selected = resultSelector === undefined ? result : resultSelector.evaluate(resultScope)!;
    if (selected instanceof EvaluationFailure) return execution.failEvaluation(thread, selected);
    const placed = place === undefined ? selected : place(thread.input, selected);
    if (placed instanceof EvaluationFailure) return execution.failEvaluation(thread, placed);
    const output = outputPath === undefined ? placed : outputPath.evaluate(new StateScope(execution, thread, placed))!;
    if (output instanceof EvaluationFailure) return execution.failEvaluation(thread, output);
    execution.exit(thread, output, assignedOrNone(assigned), next);
  };
}

type PlaceResult = (rawInput: JsonValue, result: JsonValue) => Evaluated;

function compileResultPath(text: string | null | undefined): PlaceResult | undefined {
  if (text === undefined || text === "$") return undefined;
  if (text === null) return (rawInput) => rawInput;
  const { path } = compilePathField(text);
  return (rawInput, result) => writeAtPath(path, rawInput, result);
}

export interface JsonataFields {
  readonly assign?: Evaluator | undefined;
  readonly output?: Evaluator | undefined;
  /** What `$states` shows the result as; `undefined` where the language shows none. */
  readonly resultName?: "result" | "errorOutput" | undefined;
}

export function completeJsonata({ assign, output, resultName }: JsonataFields): Complete {
  if (assign === undefined && output === undefined) {
    return (execution, thread, result, next) => execution.exit(thread, result, undefined, next);
  }
  const fields = [output, assign];
  return (execution, thread, result, next) => {
    const known = resultName === undefined ? undefined : resultName === "result" ? { result } : { errorOutput: result };
    const scope = new StateScope(execution, thread, thread.input, known);
    evaluateFields(execution, thread, fields, scope, ([newOutput = result, assigned]) =>
      execution.exit(thread, newOutput, assignedOrNone(assigned), next),
    );
  };
}

/** AWS's history has no `assignedVariables` for an empty `Assign`. */
function assignedOrNone(assigned: JsonValue | undefined): JsonObject | undefined {
  if (assigned === undefined) return undefined;
  const variables = assigned as JsonObject;
  return Object.keys(variables).length === 0 ? undefined : variables;
}
