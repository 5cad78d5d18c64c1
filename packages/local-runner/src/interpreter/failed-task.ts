import type { ExecutionOps, Thread } from "./thread.ts";

/**
 * A task whose failure ends its branch or iteration is recorded as aborted too, after its `TaskFailed`.
 * A task whose own expressions failed never ran, and is not.
 */
export function recordFailedTask(execution: ExecutionOps, thread: Thread): void {
  if (thread.state.type !== "Task") return;
  const failed = execution.events[thread.lastEventId - 1];
  if (failed?.type !== "EvaluationFailed") {
    execution.recordAfter(thread.lastEventId, thread, "TaskStateAborted");
  }
}
