import type { ExecutionEvent } from "./execution-event.ts";
import type { HistoryEvent } from "./history-event.ts";

export interface ExecutionHistory {
  readonly events: readonly ExecutionEvent[];
  /** The events as AWS's GetExecutionHistory gives them. Inputs and outputs become text here and not before. */
  toHistoryEvents(): readonly HistoryEvent[];
}
