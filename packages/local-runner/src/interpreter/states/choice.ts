import type { ChoiceState } from "@stepwright/asl";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";

export function compileChoice(state: ChoiceState, { target }: StateSurroundings): StateRun {
  const next = target(state.Default!);
  return (execution, thread) => execution.exit(thread, thread.input, undefined, next);
}
