import type { ExecutionOps } from "./thread.ts";

/** An execution and the child executions below it, those that run. */
export function* runningMembers(execution: ExecutionOps): Generator<ExecutionOps> {
  if (execution.outcome !== undefined) return;
  yield execution;
  for (const { children } of execution.mapRuns) {
    for (const { execution: child } of children.values()) yield* runningMembers(child);
  }
}
