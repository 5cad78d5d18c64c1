import { EvaluationFailure } from "@stepwright/asl";
import type { PassState } from "@stepwright/asl";
import { effectiveInput } from "../effective-input.ts";
import { evaluateFields } from "../evaluators.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { StateScope } from "../state-scope.ts";

/** `Result` wins over `Parameters`, as on AWS. */
export function compilePass(state: PassState, { language, next }: StateSurroundings): StateRun {
  const inputPath = language.input(state);
  const argument = state.Result === undefined ? language.argument(state) : undefined;
  const complete = language.complete(state, false);
  const { Result: result } = state;
  if (result !== undefined) return (execution, thread) => complete(execution, thread, result, next);
  if (inputPath === undefined && argument === undefined) {
    return (execution, thread) => complete(execution, thread, thread.input, next);
  }
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    const scope = new StateScope(execution, thread, input);
    evaluateFields(execution, thread, [argument], scope, ([value = input]) => complete(execution, thread, value, next));
  };
}
