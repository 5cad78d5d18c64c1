/** The fields of a state as evaluators: each kind of field text compiled once, evaluated on every visit. */
import {
  EvaluationFailure,
  ExpressionSyntaxError,
  TemplateError,
  compileJsonataTemplate,
  compilePathText,
  compileTemplate,
  compileTemplateValue,
} from "@stepwright/asl";
import type { CompiledPath, Evaluated, EvaluationScope, JsonTypeName, JsonValue } from "@stepwright/asl";
import type { DeferredExpression } from "./event.ts";
import type { ExecutionOps, Thread } from "./thread.ts";
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
export function pathEvaluator(text: string | null, explainMiss: ExplainMiss = invalidPath): Evaluator {
  if (text === null) return constant({});
  const path = compilePathField(text);
  return {
    deferred: undefined,
    evaluate(scope) {
      const value = path.evaluate(scope);
      return value === undefined ? new EvaluationFailure(runtimeError, explainMiss(path, scope)) : value;
    },
  };
}

/** The cause of a path that finds nothing. */
export type ExplainMiss = (path: CompiledPath, scope: EvaluationScope) => string;

export function compilePathField(text: string): CompiledPath {
  const path = compilePathText(text);
  if (path instanceof ExpressionSyntaxError) {
    throw notCompiled("A JSONPath", text, path.message);
  }
  return path;
}

function invalidPath(path: CompiledPath, scope: EvaluationScope): string {
  return `Invalid path '${path.text}' : ${path.explainMiss(scope)}`;
}

/**
 * Evaluates a state's fields one after the other.
 * @param then is not called when one fails; an absent field gives `undefined`
 */
export function evaluateFields(
  execution: ExecutionOps,
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

/** `ErrorPath` and `CausePath`: a path or an intrinsic function call. */
export function textPathEvaluator(field: string, text: string): Evaluator {
  const compiled = compileTemplateValue(text, field);
  if (compiled instanceof ExpressionSyntaxError) throw notCompiled(field, text, compiled.message);
  return { deferred: undefined, evaluate: (scope) => compiled.evaluate(scope) };
}

/** A payload template of a JSONPath state. */
export function templateEvaluator(field: string, template: JsonValue): Evaluator {
  const compiled = compileTemplate(template);
  if (compiled instanceof TemplateError) throw notCompiled(field, compiled.place.join("/"), compiled.message);
  return { deferred: undefined, evaluate: (scope) => compiled.evaluate(scope) };
}

function notCompiled(field: string, text: string, reason: string): Error {
  return new Error(
    `${field}: ${JSON.stringify(text)} cannot be evaluated: ${reason}. Validate the definition to see where.`,
  );
}

/**
 * JSON with `{% … %}` strings of a JSONata state.
 * @param expected the type that the field takes; anything when absent
 */
export function jsonataEvaluator(field: string, value: JsonValue, expected?: JsonTypeName): Evaluator {
  const compiled = compileJsonataTemplate(value, field, expected);
  if (compiled instanceof ExpressionSyntaxError) throw notCompiled(field, compiled.text, compiled.message);
  return {
    deferred: { evaluateLater: (scope) => compiled.evaluate(scope) },
    evaluate: compiled.evaluateSync ?? (() => undefined),
  };
}
