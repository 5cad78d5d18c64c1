import { parseJson } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import type { ExecutionResult } from "../execution-result.ts";
import type { HistoryEvent } from "../history/history-event.ts";
import { runDefinition } from "../run-definition.ts";
import type { RunOptions } from "../run-definition.ts";
import { replayedTasks } from "./replayed-tasks.ts";

export interface ReplayOptions extends Omit<RunOptions, "input" | "inputText" | "tasks" | "time"> {
  /** Of the child executions of its Distributed Maps, each as `history` is given, in any order. */
  readonly childHistories?: readonly (readonly HistoryEvent[])[];
}

/**
 * Runs a definition again as a recorded history went: with its input and start, in virtual time, each task answered
 * as it was answered then and as late. With the same definition the history is the same; with a changed one it shows
 * what the change would have done. A history that was stopped is left where its tasks were not answered.
 * A Distributed Map reads its items again (`objects`); its children are answered from their own histories.
 *
 * @param history all pages of AWS's GetExecutionHistory in ascending order, or `toHistoryEvents()`
 * @throws Error when the history does not begin with ExecutionStarted
 */
export async function replayHistory(
  definition: StateMachineDefinition,
  history: readonly HistoryEvent[],
  { childHistories = [], ...options }: ReplayOptions = {},
): Promise<ExecutionResult> {
  const [started] = history;
  if (started?.type !== "ExecutionStarted") {
    throw new Error(
      `The history begins with ${started?.type ?? "nothing"}; wanted ExecutionStarted, in ascending order.`,
    );
  }
  const { input, roleArn } = started.executionStartedEventDetails ?? {};
  const inputText = typeof input === "string" ? input : "{}";
  return runDefinition(definition, {
    startTimeEpochMs: Math.round(started.timestamp * 1000),
    ...(typeof roleArn === "string" ? { roleArn } : undefined),
    ...options,
    input: parseJson(inputText).value ?? {},
    inputText,
    tasks: replayedTasks(history, childHistories),
    time: "virtual",
  });
}
