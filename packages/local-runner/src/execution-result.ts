import type { JsonValue } from "@stepwright/asl";
import type { MapRun } from "./map-run/map-run.ts";
import type { ExecutionHistory } from "./history/execution-history.ts";

export type ExecutionStatus = ExecutionResult["status"];

export type ExecutionResult = SucceededExecution | UnsuccessfulExecution;

export interface SucceededExecution extends FinishedExecution {
  readonly status: "SUCCEEDED";
  readonly output: JsonValue;
}

export interface UnsuccessfulExecution extends FinishedExecution {
  readonly status: "FAILED" | "TIMED_OUT" | "ABORTED";
  /** A Fail state may give none. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

interface FinishedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly startedAtEpochMs: number;
  readonly stoppedAtEpochMs: number;
  readonly history: ExecutionHistory;
  /** Of its Distributed Maps, in the order of starting. */
  readonly mapRuns: readonly MapRun[];
  readonly statistics: ExecutionStatistics;
}

export interface ExecutionStatistics {
  /** States entered, a retried one once; these three include the child executions of Distributed Maps. */
  readonly statesEntered: number;
  /** Tasks handed to the invoker, retries included. */
  readonly tasksInvoked: number;
  readonly retries: number;
  /** The largest state input, output or task result as JSON text in UTF-8; AWS's quota is 262,144. */
  readonly largestPayloadBytes: number;
  /** The state that took or gave it; `undefined` when it is the execution's input. */
  readonly largestPayloadState: string | undefined;
}
