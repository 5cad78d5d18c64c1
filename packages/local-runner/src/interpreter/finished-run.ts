/** What of an execution is worth telling when it has ended. */
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { MapRun } from "../map-run/map-run.ts";
import type { Outcome } from "./outcome.ts";

export interface FinishedRun {
  readonly settings: { readonly executionArn: string; readonly name: string; readonly startTimeEpochMs: number };
  readonly outcome: Outcome | undefined;
  readonly events: readonly ExecutionEvent[];
  readonly mapRuns: readonly MapRun[];
  readonly stoppedAtEpochMs: number;
  /** Child executions' included, as are `tasksInvoked` and `retries`. */
  readonly statesEntered: number;
  readonly tasksInvoked: number;
  readonly retries: number;
  readonly largestPayloadBytes: number;
  readonly largestPayloadState: string | undefined;
}
