// Running
export type { ExecutionLimits, RunningExecution, RunOptions } from "./run-definition.ts";
export {
  InvalidExecutionInputError,
  compileDefinition,
  runDefinition,
  runMachine,
  startExecution,
} from "./run-definition.ts";
export type { CompiledMachine } from "./interpreter/compile-machine.ts";
export type {
  ExecutionResult,
  ExecutionStatistics,
  ExecutionStatus,
  SucceededExecution,
  UnsuccessfulExecution,
} from "./execution-result.ts";
// Step by step, and again
export { stepExecution } from "./step-execution.ts";
export type { SteppedExecution } from "./step-execution.ts";
export { replayHistory } from "./replay/replay-history.ts";
export type { ReplayOptions } from "./replay/replay-history.ts";
export { replayedTasks } from "./replay/replayed-tasks.ts";
// One state alone
export { testState } from "./test-state/test-state.ts";
export type { TestStateOptions } from "./test-state/test-state-options.ts";
export { TestStateRefusal } from "./test-state/test-state-refusal.ts";
export type {
  FieldValidationMode,
  InspectionData,
  InspectionLevel,
  StateConfiguration,
  StateMock,
  TestStateRequest,
  TestStateResponse,
} from "./test-state/test-state-request.ts";
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
export { handlerInvoker } from "./tasks/handler-invoker.ts";
export { httpHandler } from "./tasks/http-handler.ts";
export type { HttpHandlerOptions } from "./tasks/http-handler.ts";
export type { HeaderList, HttpExchange, HttpMessageReceived, HttpMessageSent } from "./tasks/http-exchange.ts";
export { httpTasks } from "./tasks/http-tasks.ts";
export type { HttpConnection, HttpTasksOptions } from "./tasks/http-tasks.ts";
export { moduleHandler } from "./tasks/module-handler.ts";
export { processHandler } from "./tasks/process-handler.ts";
export type { ProcessHandlerOptions } from "./tasks/process-handler.ts";
export { sdkTasks } from "./tasks/sdk/sdk-tasks.ts";
export type { SdkModule } from "./tasks/sdk/sdk-clients.ts";
export type { SdkTasksOptions } from "./tasks/sdk/sdk-tasks.ts";
export { mockConfigTasks } from "./tasks/mock-config.ts";
export type { MockConfig, MockedResponse, MockTestCase } from "./tasks/mock-config.ts";
export type { KnownMachines } from "./tasks/nested-executions.ts";
export { scriptedTasks } from "./tasks/scripted-tasks.ts";
export type { ScriptedReply, TaskScript } from "./tasks/scripted-tasks.ts";
export { MissingTaskError } from "./tasks/missing-task-error.ts";
export { StalledExecutionError } from "./drivers/stalled-execution-error.ts";
export type { TaskHandler, TaskHandlerContext, TaskHandlers } from "./tasks/task-handlers.ts";
// Distributed Maps
export { memoryObjects } from "./map-run/memory-objects.ts";
export { objectFolder } from "./map-run/object-folder.ts";
export type { ObjectStore, ObjectWriter, StoredObject } from "./map-run/object-store.ts";
export type { MapRun, MapRunCounts } from "./map-run/map-run.ts";
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
export { toHistoryEvent } from "./history/to-history-event.ts";
export type { HistoryEvent } from "./history/history-event.ts";
