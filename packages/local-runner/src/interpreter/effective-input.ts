import type { Evaluated } from "@stepwright/asl";
import type { Evaluator } from "./evaluators.ts";
import type { ExecutionOps, Thread } from "./thread.ts";
import { StateScope } from "./state-scope.ts";

/** The state's input after `InputPath`. */
export function effectiveInput(execution: ExecutionOps, thread: Thread, inputPath: Evaluator | undefined): Evaluated {
  return inputPath === undefined ? thread.input : inputPath.evaluate(new StateScope(execution, thread, thread.input))!;
}
