/**
 * `states:startExecution` in its patterns, done by the service itself: the child is an execution like any other, and
 * the parent finds it again after the process has ended.
 *
 * See the developer guide, "Start a workflow execution from a task state".
 */
import { createHash, randomUUID } from "node:crypto";
import { isJsonObject, parseJson, printJson, uuidFrom } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { KeyedRandom } from "../journal/keyed-random.ts";
import type { IntegrationTarget, TaskFailed, TaskReply, TaskRequest } from "../tasks/task-invoker.ts";
import { ServiceError } from "./service-error.ts";

export interface NestedExecutionOptions {
  readonly call: (operation: string, request: JsonObject) => Promise<JsonObject>;
  /** Resolves when the execution has ended. */
  readonly ended: (executionArn: string) => Promise<void>;
}

export async function nestedExecution(
  { call, ended }: NestedExecutionOptions,
  request: TaskRequest,
  { pattern, resource }: IntegrationTarget,
): Promise<TaskReply> {
  const { Input: input, Name: name, StateMachineArn: stateMachineArn = null } = request.input as JsonObject;
  const text = typeof input === "string" ? input : printJson(input ?? {});
  const childName = typeof name === "string" ? name : nameOf(request);
  try {
    const started = await call("StartExecution", { stateMachineArn, name: childName, input: text }).catch(
      (reason: unknown) => known(reason, name, call),
    );
    const executionArn = started["executionArn"] as string;
    const output: JsonObject = {
      ExecutionArn: executionArn,
      SdkHttpMetadata: { HttpStatusCode: 200 },
      StartDate: epochMs(started["startDate"]),
    };
    if (pattern === "waitForTaskToken") return { status: "submitted", output };
    if (pattern === "requestResponse") return { status: "succeeded", output };
    // The child that nobody waits for any more is stopped, as on AWS.
    const stop = (): void => void call("StopExecution", { executionArn }).catch(() => undefined);
    if (request.signal.aborted) stop();
    else request.signal.addEventListener("abort", stop);
    request.submitted?.(output);
    await ended(executionArn);
    return replyOf(await call("DescribeExecution", { executionArn }), output, resource.endsWith(".sync:2"));
  } catch (reason) {
    if (reason instanceof ServiceError) return refused(reason);
    throw reason;
  }
}

/**
 * Of a task that waits, the same when it is asked again after a restart: it leads to the child that there is. The token
 * names the attempt.
 */
function nameOf({ taskToken }: TaskRequest): string {
  if (taskToken === undefined) return randomUUID();
  return uuidFrom(new KeyedRandom(createHash("sha256").update(taskToken).digest("hex")));
}

/** A child of a name that we made, and that is there, is the one that this task began before. */
async function known(
  reason: unknown,
  givenName: JsonValue | undefined,
  call: NestedExecutionOptions["call"],
): Promise<JsonObject> {
  const isOwn = reason instanceof ServiceError && reason.name === "ExecutionAlreadyExists" && givenName === undefined;
  const [, executionArn] = /'(.*)'$/.exec(isOwn ? reason.message : "") ?? [];
  if (executionArn === undefined) throw reason;
  return call("DescribeExecution", { executionArn });
}

function replyOf(described: JsonObject, submittedOutput: JsonObject, withValues: boolean): TaskReply {
  const { executionArn, input, name, output, startDate, stateMachineArn, status, stopDate } = described;
  const shown = (text: JsonValue): JsonValue => (withValues ? (parseJson(text as string).value ?? null) : text);
  const included = { Included: true };
  const { cause, error } = described;
  const members: JsonObject = {
    ...(cause === undefined ? undefined : { Cause: cause }),
    ...(error === undefined ? undefined : { Error: error }),
    ExecutionArn: executionArn!,
    Input: shown(input!),
    InputDetails: included,
    Name: name!,
    ...(output === undefined ? undefined : { Output: shown(output), OutputDetails: included }),
    StartDate: epochMs(startDate),
    StateMachineArn: stateMachineArn!,
    Status: status!,
    StopDate: epochMs(stopDate),
  };
  return status === "SUCCEEDED"
    ? { status: "succeeded", output: members, submittedOutput }
    : { status: "failed", error: "States.TaskFailed", cause: printJson(members), submittedOutput };
}

function epochMs(seconds: JsonValue | undefined): number {
  return Math.round(Number(seconds) * 1000);
}

function refused({ message, name }: ServiceError): TaskFailed {
  const code = name.replace(/Exception$/, "");
  return {
    status: "failed",
    error: `StepFunctions.${code}Exception`,
    cause: `${message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${name}; Proxy: null)`,
  };
}

/** Whether a task is one of these. */
export function isNestedExecution(input: JsonValue, { action, resourceType }: IntegrationTarget): boolean {
  return resourceType === "states" && action === "startExecution" && isJsonObject(input);
}
