/** What becomes of a state that failed: retried, caught, or the failure of what is around it. */
import type { EvaluationFailure } from "@stepwright/asl";
import { matchRetrier, namesError, nextDelayMs } from "./retry.ts";
import { errorOutput, runtimeError } from "./state-failure.ts";
import type { StateFailure } from "./state-failure.ts";
import type { ExecutionOps, Thread } from "./thread.ts";

export function failThread(execution: ExecutionOps, thread: Thread, failure: StateFailure): void {
  if (execution.outcome !== undefined) return;
  if (failure.fatal === true) return execution.failExecution(thread, failure);
  if (!thread.catching) {
    if (retry(execution, thread, failure)) return;
    if (thread.state.failedType !== undefined) execution.record(thread, thread.state.failedType);
    if (catchFailure(execution, thread, failure)) return;
  }
  if (thread.parent !== undefined) thread.parent.childFailed(execution, thread, failure);
  else execution.failExecution(thread, failure);
}

function retry(execution: ExecutionOps, thread: Thread, failure: StateFailure): boolean {
  const { retriers } = thread.state;
  if (retriers.length === 0) return false;
  const position = matchRetrier(retriers, failure);
  const retrier = retriers[position];
  if (retrier === undefined) return false;
  thread.retries ??= retriers.map(() => 0);
  const used = thread.retries[position]!;
  const delayMs = nextDelayMs(retrier, used, execution.random);
  if (delayMs === undefined) return false;
  thread.retries[position] = used + 1;
  thread.retryCount += 1;
  execution.retryAt(thread, execution.nowEpochMs + delayMs);
  return true;
}

function catchFailure(execution: ExecutionOps, thread: Thread, failure: StateFailure): boolean {
  const catcher = thread.state.catchers.find(({ errorEquals }) => namesError(errorEquals, failure));
  if (catcher === undefined) return false;
  thread.catching = true;
  catcher.run(execution, thread, errorOutput(failure));
  return true;
}

/** What AWS records, and says, of a field that could not be evaluated. */
export function failEvaluation(execution: ExecutionOps, thread: Thread, failure: EvaluationFailure): void {
  const { error, location } = failure;
  const state = thread.state.name;
  const cause = `An error occurred while executing the state '${state}' (entered at the event id #${thread.enteredEventId}). ${failure.cause}`;
  if (error === "States.QueryEvaluationError") {
    execution.record(thread, "EvaluationFailed", undefined, { error, cause, location });
  }
  failThread(execution, thread, { error, cause, fatal: error === runtimeError });
}
