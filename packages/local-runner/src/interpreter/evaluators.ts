/** The fields of a state as evaluators: each kind of field text compiled once, evaluated on every visit. */
import { EvaluationFailure, ExpressionSyntaxError, compilePathText } from "@stepwright/asl";
import type { CompiledPath, Evaluated, EvaluationScope, JsonValue } from "@stepwright/asl";
import type { DeferredExpression } from "./event.ts";
import type { Execution, Thread } from "./execution.ts";
import { runtimeError } from "./state-failure.ts";

/** A field of a state, ready to be evaluated. */
export interface Evaluator {
  /** @returns `undefined` when only `deferred` can answer */
  evaluate(scope: EvaluationScope): Evaluated | undefined;
  readonly deferred: DeferredExpression | undefined;
}

export function constant(value: JsonValue): Evaluator {
  return { deferred: undefined, evaluate: () => value };
}

/** A path as the fields `InputPath`, `OutputPath`, `…Path` mean it; `null` is the empty object. */
export function pathEvaluator(text: string | null): Evaluator {
  if (text === null) return constant({});
  const path = compileField(text);
  return {
    deferred: undefined,
    evaluate: (scope) => path.evaluate(scope) ?? invalidPath(path, scope),
  };
}

export function compileField(text: string): CompiledPath {
  const path = compilePathText(text);
  if (path instanceof ExpressionSyntaxError) {
    throw new Error(`Not a JSONPath: ${JSON.stringify(text)} (${path.message}). Validate the definition to see where.`);
  }
  return path;
}

function invalidPath(path: CompiledPath, scope: EvaluationScope): EvaluationFailure {
  return new EvaluationFailure(runtimeError, `Invalid path '${path.text}' : ${path.explainMiss(scope)}`);
}

/**
 * Evaluates a state's fields one after the other.
 * @param then is not called when one fails; an absent field gives `undefined`
 */
export function evaluateFields(
  execution: Execution,
  thread: Thread,
  fields: readonly (Evaluator | undefined)[],
  scope: EvaluationScope,
  then: (values: readonly (JsonValue | undefined)[]) => void,
  from = 0,
  values: (JsonValue | undefined)[] = [],
): void {
  for (let i = from; i < fields.length; i += 1) {
    const field = fields[i];
    const value = field?.evaluate(scope);
    if (field !== undefined && value === undefined) {
      return execution.evaluateLater(thread, field.deferred!, scope, (later) => {
        values.push(later);
        evaluateFields(execution, thread, fields, scope, then, i + 1, values);
      });
    }
    if (value instanceof EvaluationFailure) return execution.failEvaluation(thread, value);
    values.push(value);
  }
  then(values);
}

export function textPathEvaluator(_field: string, text: string): Evaluator {
  return pathEvaluator(text);
}

export function templateEvaluator(_field: string, template: JsonValue): Evaluator {
  return constant(template);
}

export function jsonataEvaluator(_field: string, value: JsonValue): Evaluator {
  return constant(value);
}
