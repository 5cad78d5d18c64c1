import { EvaluationFailure } from "@stepwright/asl";
import type { SucceedState } from "@stepwright/asl";
import { effectiveInput } from "../effective-input.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";

export function compileSucceed(state: SucceedState, { language }: StateSurroundings): StateRun {
  const inputPath = language.input(state);
  const complete = language.complete(state, false);
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    complete(execution, thread, input, undefined);
  };
}
