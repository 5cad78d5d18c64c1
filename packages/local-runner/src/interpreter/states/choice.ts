import { EvaluationFailure } from "@stepwright/asl";
import type { ChoiceCondition, ChoiceRule, ChoiceState, JsonValue } from "@stepwright/asl";
import { compileCondition } from "../choice.ts";
import type { Condition } from "../choice.ts";
import type { Complete } from "../data-flow.ts";
import { effectiveInput } from "../effective-input.ts";
import type { CompiledState, ExecutionOps, Thread } from "../thread.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { runtimeError } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";

/** A rule's own `Assign` and `Output` stand for the state's; the state's are those of `Default`. */
interface Way {
  readonly complete: Complete;
  readonly next: CompiledState;
}

export function compileChoice(state: ChoiceState, surroundings: StateSurroundings): StateRun {
  const { language } = surroundings;
  const byDefault =
    state.Default === undefined
      ? undefined
      : { complete: language.complete(state, false), next: surroundings.target(state.Default) };
  return language.isJsonata
    ? compileJsonataChoice(state, surroundings, byDefault)
    : compileJsonPathChoice(state, surroundings, byDefault);
}

function compileJsonPathChoice(
  state: ChoiceState,
  surroundings: StateSurroundings,
  byDefault: Way | undefined,
): StateRun {
  const { language } = surroundings;
  const inputPath = language.input(state);
  const { OutputPath } = state;
  const outputPath = OutputPath === undefined ? undefined : { OutputPath };
  const ways: readonly (Way & { readonly condition: Condition })[] = state.Choices.map((rule) => ({
    condition: compileCondition(rule as ChoiceCondition),
    complete: language.complete({ ...outputPath, ...assignOf(rule) }, false),
    next: surroundings.target(rule.Next),
  }));
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    for (const way of ways) {
      const holds = way.condition(scope);
      if (holds instanceof EvaluationFailure) return execution.failEvaluation(thread, holds);
      if (holds) return way.complete(execution, thread, input, way.next);
    }
    take(execution, thread, input, byDefault);
  };
}

function assignOf({ Assign }: ChoiceRule): Pick<ChoiceRule, "Assign"> {
  return Assign === undefined ? {} : { Assign };
}

function compileJsonataChoice(
  state: ChoiceState,
  surroundings: StateSurroundings,
  byDefault: Way | undefined,
): StateRun {
  const { language } = surroundings;
  const ways = state.Choices.map((rule, position) => ({
    condition: language.dynamic(
      `Choices[${position}]/Condition`,
      (rule as { readonly Condition: JsonValue }).Condition,
      undefined,
      "boolean",
    )!,
    complete: language.complete(rule, false),
    next: surroundings.target(rule.Next),
  }));
  const tryFrom = (execution: ExecutionOps, thread: Thread, scope: StateScope, from: number): void => {
    for (let i = from; i < ways.length; i += 1) {
      const way = ways[i]!;
      const holds = way.condition.evaluate(scope);
      if (holds === undefined) {
        return execution.evaluateLater(thread, way.condition.deferred!, scope, (later) => {
          if (later === true) way.complete(execution, thread, thread.input, way.next);
          else tryFrom(execution, thread, scope, i + 1);
        });
      }
      if (holds instanceof EvaluationFailure) return execution.failEvaluation(thread, holds);
      if (holds === true) return way.complete(execution, thread, thread.input, way.next);
    }
    take(execution, thread, thread.input, byDefault);
  };
  return (execution, thread) => tryFrom(execution, thread, new StateScope(execution, thread, thread.input), 0);
}

/** Without a Default the service does not say `States.NoChoiceMatched`, as the specification does. */
function take(execution: ExecutionOps, thread: Thread, input: JsonValue, way: Way | undefined): void {
  if (way !== undefined) return way.complete(execution, thread, input, way.next);
  const cause = "Failed to transition out of the state. The state does not point to a next state.";
  execution.failEvaluation(thread, new EvaluationFailure(runtimeError, cause));
}
