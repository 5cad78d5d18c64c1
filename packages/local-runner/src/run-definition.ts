import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import type { ExecutionResult } from "./execution-result.ts";
import type { ExecutionEvent } from "./history/execution-event.ts";
import type { TaskHandlers } from "./tasks/task-handlers.ts";
import type { TaskInvoker } from "./tasks/task-invoker.ts";

export interface RunOptions {
  /** `{}` when absent, as AWS does. */
  readonly input?: JsonValue;
  /** Who answers the tasks: handlers by Lambda function name, or an invoker. */
  readonly tasks?: TaskHandlers | TaskInvoker;
  /** `virtual` lets waits and retry intervals pass at once, in their right order; `real` when absent. */
  readonly time?: "real" | "virtual";
  /** For jitter, `States.UUID`, `States.MathRandom`, `$random`: the same seed gives the same run. */
  readonly seed?: number;
  /** The execution's name; part of its ARN. */
  readonly name?: string;
  readonly stateMachineName?: string;
  readonly roleArn?: string;
  /** The clock's first reading in virtual time (2026-01-01T00:00:00Z when absent); unused in real time. */
  readonly startTimeEpochMs?: number;
  /** Values for the definition's `${Name}`; an unfilled `${NameFunctionArn}` resource is the function `Name`. */
  readonly substitutions?: Readonly<Record<string, string>>;
  readonly limits?: Partial<ExecutionLimits>;
  /** Called once for each event, in order, as soon as it is recorded. */
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Stops the execution: it ends `ABORTED`, its running tasks' signals are aborted. */
  readonly signal?: AbortSignal;
}

/** AWS's quotas when absent; `Infinity` switches one off. */
export interface ExecutionLimits {
  /** 25,000: the last event is then an `ExecutionFailed`. */
  readonly maxHistoryEvents: number;
  /** 262,144: a larger state output or task result is a `States.DataLimitExceeded`. */
  readonly maxPayloadBytes: number;
}

/**
 * Runs a definition to its end.
 *
 * @returns whatever became of the execution: a failed one is a result, not a rejection
 * @throws MissingTaskError when a task has nobody to answer it
 * @example
 * const result = await runDefinition(definition, {
 *   input: { models: [] },
 *   tasks: { IngestTrainingData: async (event) => ({ ...event, rows: 1 }) },
 *   time: "virtual",
 * });
 */
export async function runDefinition(
  definition: StateMachineDefinition,
  options: RunOptions = {},
): Promise<ExecutionResult> {
  throw new Error(`not here yet: ${definition.StartAt} ${String(options.name)}`);
}
