// Running
export type { ExecutionLimits, RunOptions } from "./run-definition.ts";
export { runDefinition } from "./run-definition.ts";
export type {
  ExecutionResult,
  ExecutionStatistics,
  ExecutionStatus,
  SucceededExecution,
  UnsuccessfulExecution,
} from "./execution-result.ts";
// Tasks
export type {
  ActivityTarget,
  IntegrationPattern,
  IntegrationTarget,
  LambdaFunctionTarget,
  TaskFailed,
  TaskInvoker,
  TaskReply,
  TaskRequest,
  TaskSubmitted,
  TaskSucceeded,
  TaskTarget,
  TaskUnanswered,
} from "./tasks/task-invoker.ts";
export type { TaskHandler, TaskHandlerContext, TaskHandlers } from "./tasks/task-handlers.ts";
// History
export type { HistoryEventType } from "./history/event-type.ts";
export type { ExecutionEvent, ExecutionEventDetails } from "./history/execution-event.ts";
export type { ExecutionHistory } from "./history/execution-history.ts";
export type {
  ExecutionPath,
  ExecutionPathStep,
  MapIterationStep,
  ParallelBranchStep,
} from "./history/execution-path.ts";
export type { HistoryEvent } from "./history/history-event.ts";
