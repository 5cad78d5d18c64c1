/**
 * Executions that a task starts (`states:startExecution` in its patterns, `aws-sdk:sfn:startExecution` and
 * `startSyncExecution`), of machines that are known here. In virtual time a child runs at once from the moment its
 * task was scheduled, and its answer is delivered that much later.
 *
 * See the developer guide, "Start a workflow execution from a task state".
 */
import { isJsonObject, parseJson, printJson, seededRandom, uuidFrom } from "@stepwright/asl";
import type { JsonObject, JsonValue, StateMachineDefinition } from "@stepwright/asl";
import type { ExecutionResult } from "../execution-result.ts";
import { localStateMachineArn } from "../local-arn.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";

/** By the name of the state machine, as its ARN ends with it. */
export type KnownMachines = Readonly<Record<string, StateMachineDefinition>>;

/** What is to be run. */
export interface NestedRun {
  readonly definition: StateMachineDefinition;
  readonly stateMachineName: string;
  readonly stateMachineType: "STANDARD" | "EXPRESS";
  readonly name: string;
  readonly input: JsonValue;
  readonly startTimeEpochMs: number;
  /** Of the task that waits for it; `undefined` when nobody does. */
  readonly signal: AbortSignal | undefined;
}

export interface NestedExecutions extends TaskInvoker {
  /** When every execution has ended that nobody waits for. @throws what such a run threw */
  settled(): Promise<void>;
}

export interface NestedExecutionsOptions {
  readonly machines: KnownMachines;
  readonly isVirtual: boolean;
  readonly seed: number;
  readonly run: (nested: NestedRun) => Promise<ExecutionResult>;
  /** Answers everything else. */
  readonly otherwise: TaskInvoker;
}

export function nestedExecutions(options: NestedExecutionsOptions): NestedExecutions {
  const { otherwise, run, seed } = options;
  const random = seededRandom(seed);
  const detached: Promise<unknown>[] = [];
  return {
    invoke(request) {
      const call = callOf(request, options.machines, () => uuidFrom(random));
      if (call === undefined) return otherwise.invoke(request);
      if (call instanceof Error) return invalidInput(call);
      const { waits } = call;
      const running = run({ ...call.nested, signal: waits === undefined ? undefined : request.signal });
      if (waits !== undefined) return running.then((result) => replyOf(waits, call, result, options.isVirtual));
      detached.push(running);
      // `settled` tells of it.
      running.catch(() => undefined);
      const isCallback = request.target.kind === "integration" && request.target.pattern === "waitForTaskToken";
      return {
        status: isCallback ? "submitted" : "succeeded",
        output: startedOutput(call, request.scheduledAtEpochMs),
      };
    },
    async settled() {
      // Those that end may have started others.
      for (let from = 0; from < detached.length;) {
        const waiting = detached.slice(from);
        from = detached.length;
        await Promise.all(waiting);
      }
    },
  };
}

/** What the task waits for, and in which form it gets it. */
type Waits = "sync" | "sync:2" | "startSyncExecution";

interface NestedCall {
  readonly nested: Omit<NestedRun, "signal">;
  readonly stateMachineArn: string;
  readonly executionArn: string;
  readonly waits: Waits | undefined;
}

function callOf(request: TaskRequest, machines: KnownMachines, newName: () => string): NestedCall | Error | undefined {
  const { input, scheduledAtEpochMs, target } = request;
  if (target.kind !== "integration" || !isJsonObject(input)) return undefined;
  const isSync = target.action === "startSyncExecution" && target.resourceType === "aws-sdk:sfn";
  const isStart = target.action === "startExecution" && /^(?:states|aws-sdk:sfn)$/.test(target.resourceType);
  const { Input, Name, StateMachineArn: arn } = input;
  if ((!isSync && !isStart) || typeof arn !== "string") return undefined;
  const stateMachineName = /:stateMachine:([^:/]+)/.exec(arn)?.[1] ?? arn;
  if (!Object.hasOwn(machines, stateMachineName)) return undefined;
  const childInput = inputOf(Input);
  if (childInput instanceof Error) return childInput;
  const name = typeof Name === "string" ? Name : newName();
  const stateMachineArn = arn === stateMachineName ? localStateMachineArn(arn) : arn;
  return {
    nested: {
      definition: machines[stateMachineName]!,
      stateMachineName,
      stateMachineType: isSync ? "EXPRESS" : "STANDARD",
      name,
      input: childInput,
      startTimeEpochMs: scheduledAtEpochMs,
    },
    stateMachineArn,
    executionArn: `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`,
    waits: isSync ? "startSyncExecution" : waitsOf(target.resource),
  };
}

function waitsOf(resource: string): Waits | undefined {
  if (resource.endsWith(".sync:2")) return "sync:2";
  return resource.endsWith(".sync") ? "sync" : undefined;
}

/** A value, or JSON text; `{}` for null (recorded). */
function inputOf(input: JsonValue | undefined): JsonValue | Error {
  if (input === undefined || input === null) return {};
  if (typeof input !== "string") return input;
  const { error, value } = parseJson(input);
  return error === undefined ? value : new Error(error.message);
}

function invalidInput({ message }: Error): TaskReply {
  return {
    status: "failed",
    error: "StepFunctions.InvalidExecutionInputException",
    cause: `Invalid State Machine Execution Input: '${message}' (Service: AWSStepFunctions; Status Code: 400; Error Code: InvalidExecutionInput; Proxy: null)`,
  };
}

function startedOutput({ executionArn }: NestedCall, startDateEpochMs: number): JsonObject {
  return {
    ExecutionArn: executionArn,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    StartDate: startDateEpochMs,
  };
}

function replyOf(waits: Waits, call: NestedCall, result: ExecutionResult, isVirtual: boolean): TaskReply {
  const { startedAtEpochMs, status, stoppedAtEpochMs } = result;
  const described = describe(waits, call, result);
  const delay = isVirtual ? { delayMs: stoppedAtEpochMs - startedAtEpochMs } : undefined;
  // StartSyncExecution answers what became of the execution, whatever that is.
  if (waits === "startSyncExecution") return { status: "succeeded", output: described, ...delay };
  const submittedOutput = startedOutput(call, startedAtEpochMs);
  return status === "SUCCEEDED"
    ? { status: "succeeded", output: described, submittedOutput, ...delay }
    : { status: "failed", error: "States.TaskFailed", cause: printJson(described), submittedOutput, ...delay };
}

/** As DescribeExecution; `.sync:2` has values where the others have text. Members in AWS's order (recorded). */
function describe(
  waits: Waits,
  { executionArn, nested, stateMachineArn }: NestedCall,
  result: ExecutionResult,
): JsonObject {
  const shown = (value: JsonValue): JsonValue => (waits === "sync:2" ? value : printJson(value));
  const included = { Included: true };
  return {
    ...(result.status === "SUCCEEDED" ? undefined : failureOf(result.error, result.cause)),
    ExecutionArn: waits === "startSyncExecution" ? result.executionArn : executionArn,
    Input: shown(nested.input),
    InputDetails: included,
    Name: nested.name,
    ...(result.status === "SUCCEEDED" ? { Output: shown(result.output), OutputDetails: included } : undefined),
    StartDate: result.startedAtEpochMs,
    StateMachineArn: stateMachineArn,
    Status: result.status,
    StopDate: result.stoppedAtEpochMs,
  };
}

function failureOf(error: string | undefined, cause: string | undefined): JsonObject {
  return {
    ...(cause === undefined ? undefined : { Cause: cause }),
    ...(error === undefined ? undefined : { Error: error }),
  };
}
