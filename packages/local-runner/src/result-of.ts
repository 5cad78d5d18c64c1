import type { ExecutionResult } from "./execution-result.ts";
import { RecordedHistory } from "./history/recorded-history.ts";
import type { FinishedRun } from "./interpreter/finished-run.ts";

/** @param inputText the execution's input as it was sent; `undefined` when nobody knows */
export function resultOf(run: FinishedRun, inputText: string | undefined): ExecutionResult {
  const { events, mapRuns, outcome, settings } = run;
  return {
    ...outcome!,
    executionArn: settings.executionArn,
    name: settings.name,
    startedAtEpochMs: settings.startTimeEpochMs,
    stoppedAtEpochMs: run.stoppedAtEpochMs,
    history: new RecordedHistory(events, inputText),
    mapRuns,
    statistics: {
      statesEntered: run.statesEntered,
      tasksInvoked: run.tasksInvoked,
      retries: run.retries,
      largestPayloadBytes: run.largestPayloadBytes,
      largestPayloadState: run.largestPayloadState,
    },
  };
}
