import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import { Drive } from "./drivers/drive.ts";
import type { ExecutionResult } from "./execution-result.ts";
import { fillLocalFunctions } from "./fill-local-functions.ts";
import type { ExecutionEvent } from "./history/execution-event.ts";
import { compileMachine } from "./interpreter/compile-machine.ts";
import type { CompiledMachine } from "./interpreter/compile-machine.ts";
import { Execution } from "./interpreter/execution.ts";
import type { FinishedRun } from "./interpreter/finished-run.ts";
import { maxJsonDepth, payloadBytes } from "./interpreter/payload-size.ts";
import { SeededRandom } from "./interpreter/random.ts";
import type { ObjectStore } from "./map-run/object-store.ts";
import { resultOf } from "./result-of.ts";
import { localExecutionArn, localExpressExecutionArn, localRoleArn, localStateMachineArn } from "./local-arn.ts";
import { handlerInvoker } from "./tasks/handler-invoker.ts";
import { nestedExecutions } from "./tasks/nested-executions.ts";
import type { KnownMachines, NestedExecutions, NestedRun } from "./tasks/nested-executions.ts";
import type { TaskHandlers } from "./tasks/task-handlers.ts";
import type { TaskInvoker } from "./tasks/task-invoker.ts";

export interface RunOptions {
  /** `{}` when absent, as AWS does. */
  readonly input?: JsonValue;
  /** Who answers the tasks: handlers by Lambda function name, or an invoker (whatever has an `invoke`). */
  readonly tasks?: TaskHandlers | TaskInvoker;
  /**
   * `real` when absent. `virtual` lets waits, timeouts and retry intervals pass at once, in their right order, and
   * makes runs repeatable: the clock only moves when every handler under way has returned. A handler that never
   * returns therefore holds up virtual time; script it as `{ unanswered: true }` instead.
   */
  readonly time?: "real" | "virtual";
  /** For jitter, `States.UUID`, `States.MathRandom`, `$random`: the same seed gives the same run. */
  readonly seed?: number;
  /** The execution's name; part of its ARN. */
  readonly name?: string;
  readonly stateMachineName?: string;
  /** `EXPRESS` runs as StartSyncExecution does; it differs in the ARN and the context object. */
  readonly stateMachineType?: "STANDARD" | "EXPRESS";
  readonly roleArn?: string;
  /** The clock's first reading in virtual time (2026-01-01T00:00:00Z when absent); unused in real time. */
  readonly startTimeEpochMs?: number;
  /** Values for the definition's `${Name}`; an unfilled `${NameFunctionArn}` resource is the function `Name`. */
  readonly substitutions?: Readonly<Record<string, string>>;
  /** The exact text of `input`, which AWS's history repeats unchanged; only the history's text changes by it. */
  readonly inputText?: string;
  readonly limits?: Partial<ExecutionLimits>;
  /** Called once for each event, in order, as soon as it is recorded. */
  readonly onEvent?: (event: ExecutionEvent) => void;
  /**
   * Called with each child execution of a Distributed Map as soon as it has ended; its result is not kept anywhere
   * else. Their events are not told to `onEvent`.
   */
  readonly onChildExecution?: (result: ExecutionResult) => void;
  /** Where Distributed Maps read their items and write their results: `objectFolder("./s3")` stands for S3. */
  readonly objects?: ObjectStore;
  /**
   * Machines that a task may start, by name (`states:startExecution`, `.sync`, `.sync:2`); they are run with these
   * options too. The run ends when every execution has ended that it started.
   */
  readonly stateMachines?: KnownMachines;
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
 * @throws InvalidExecutionInputError when the input is above the quota
 * @throws MissingTaskError when a task has nobody to answer it
 * @throws StalledExecutionError when nothing can happen any more
 * @throws Error when the definition cannot run at all; validate it first
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
  return runMachine(compileDefinition(definition, options.substitutions), options);
}

/** Prepares a definition to be run many times. */
export function compileDefinition(
  definition: StateMachineDefinition,
  substitutions?: Readonly<Record<string, string>>,
): CompiledMachine {
  return compileMachine(fillLocalFunctions(definition, substitutions));
}

/** As `runDefinition`, without compiling again. @returns no promise when nothing had to be waited for */
export function runMachine(
  machine: CompiledMachine,
  options: Omit<RunOptions, "substitutions"> = {},
): ExecutionResult | Promise<ExecutionResult> {
  return finish(prepare(machine, options, true), options);
}

/** An execution under way, with what the API of AWS offers for one. */
export interface RunningExecution {
  readonly executionArn: string;
  readonly ended: Promise<ExecutionResult>;
  /** It ends `ABORTED`; nothing happens when it has ended already. */
  stop(error?: string, cause?: string): void;
  /** A token that nobody waits for is ignored, as is a second answer. */
  sendTaskSuccess(taskToken: string, output: JsonValue): void;
  sendTaskFailure(taskToken: string, error?: string, cause?: string): void;
  sendTaskHeartbeat(taskToken: string): void;
}

/** Starts a definition whose task tokens are answered from outside. Nothing happens before the caller's next turn. */
export function startExecution(definition: StateMachineDefinition, options: RunOptions = {}): RunningExecution {
  const prepared = prepare(compileDefinition(definition, options.substitutions), options, false);
  const { drive, execution } = prepared;
  return {
    executionArn: execution.settings.executionArn,
    ended: Promise.resolve().then(() => finish(prepared, options)),
    stop: (error, cause) => drive.send({ type: "stopped", ...named(error, cause) }),
    sendTaskSuccess: (taskToken, output) =>
      drive.send({ type: "tokenAnswered", taskToken, reply: { status: "succeeded", output } }),
    sendTaskFailure: (taskToken, error, cause) =>
      drive.send({ type: "tokenAnswered", taskToken, reply: { status: "failed", ...named(error, cause) } }),
    sendTaskHeartbeat: (taskToken) => drive.send({ type: "tokenHeartbeat", taskToken }),
  };
}

function named(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error === undefined ? undefined : { error }), ...(cause === undefined ? undefined : { cause }) };
}

/** @internal A run that has not begun. */
export interface Prepared {
  readonly execution: Execution;
  readonly drive: Drive;
  readonly nested: NestedExecutions | undefined;
}

/** @internal */
export function prepare(machine: CompiledMachine, options: RunOptions, closed: boolean): Prepared {
  const { tasks = {}, time = "real", objects, onChildExecution, onEvent } = options;
  const execution = newExecution(machine, options);
  const given = isInvoker(tasks) ? tasks : handlerInvoker(tasks);
  const nested = nestedOf(given, options);
  const onChildEnded =
    onChildExecution === undefined ? undefined : (child: FinishedRun) => onChildExecution(resultOf(child, undefined));
  const invoker = nested ?? given;
  return { execution, drive: new Drive({ execution, invoker, time, onEvent, onChildEnded, objects, closed }), nested };
}

function nestedOf(otherwise: TaskInvoker, options: RunOptions): NestedExecutions | undefined {
  const { stateMachines: machines, time = "real", seed = 0 } = options;
  if (machines === undefined) return undefined;
  const { input: _input, inputText: _text, onEvent: _onEvent, signal: own, ...shared } = options;
  const run = ({ definition, signal = own, ...nested }: NestedRun): Promise<ExecutionResult> =>
    runDefinition(definition, { ...shared, ...nested, ...(signal === undefined ? undefined : { signal }) });
  return nestedExecutions({ machines, isVirtual: time === "virtual", seed, run, otherwise });
}

/** @internal Runs what was prepared. @returns no promise when nothing had to be waited for */
export function finish(
  { drive, execution, nested }: Prepared,
  { signal, inputText }: RunOptions,
): ExecutionResult | Promise<ExecutionResult> {
  let ended = signal === undefined ? drive.start() : startStoppable(drive, signal);
  if (nested !== undefined) ended = Promise.resolve(ended).then(() => nested.settled());
  return ended === undefined ? resultOf(execution, inputText) : ended.then(() => resultOf(execution, inputText));
}

function startStoppable(drive: Drive, signal: AbortSignal): Promise<void> | undefined {
  const stop = (): void => drive.send({ type: "stopped" });
  signal.addEventListener("abort", stop);
  let ended: Promise<void> | undefined;
  try {
    ended = drive.start();
  } finally {
    if (ended === undefined) signal.removeEventListener("abort", stop);
  }
  if (ended !== undefined && signal.aborted) stop();
  return ended?.finally(() => signal.removeEventListener("abort", stop));
}

function isInvoker(tasks: TaskHandlers | TaskInvoker): tasks is TaskInvoker {
  return "invoke" in tasks && typeof tasks.invoke === "function";
}

/** Where virtual time begins when nobody says otherwise. */
const defaultStartEpochMs = Date.UTC(2026, 0, 1);

function newExecution(machine: CompiledMachine, options: RunOptions): Execution {
  const { stateMachineName = "StateMachine", seed = 0, limits, time } = options;
  const random = new SeededRandom(seed);
  const startTimeEpochMs = time === "virtual" ? (options.startTimeEpochMs ?? defaultStartEpochMs) : Date.now();
  const name = options.name ?? "execution";
  const maxPayloadBytes = limits?.maxPayloadBytes ?? 262_144;
  const isExpress = options.stateMachineType === "EXPRESS";
  return new Execution({
    startAt: machine.startAt,
    timeoutSeconds: machine.timeoutSeconds,
    input: checkedInput(options.input ?? {}, maxPayloadBytes),
    name,
    executionArn: isExpress
      ? localExpressExecutionArn(stateMachineName, name)
      : localExecutionArn(stateMachineName, name),
    redriveCount: isExpress ? undefined : 0,
    stateMachineName,
    stateMachineArn: localStateMachineArn(stateMachineName),
    roleArn: options.roleArn ?? localRoleArn,
    startTimeEpochMs,
    random,
    maxHistoryEvents: limits?.maxHistoryEvents ?? 25_000,
    maxPayloadBytes,
  });
}

/** AWS refuses such a call; it starts nothing. */
function checkedInput(input: JsonValue, maxPayloadBytes: number): JsonValue {
  const bytes = payloadBytes(input);
  if (bytes === Number.POSITIVE_INFINITY) {
    throw new InvalidExecutionInputError(`The input is nested deeper than ${maxJsonDepth} levels.`);
  }
  if (bytes > maxPayloadBytes) {
    throw new InvalidExecutionInputError(`The input has ${bytes} bytes; at most ${maxPayloadBytes} are allowed.`);
  }
  return input;
}

/** A refused call: with this input, no execution can start. */
export class InvalidExecutionInputError extends Error {
  override readonly name = "InvalidExecutionInput";
}
