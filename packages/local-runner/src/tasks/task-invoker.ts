/**
 * How a Task state's work gets done: the interpreter says what is wanted, an invoker answers.
 * A failed task is a value, never a rejected promise; an invoker that rejects or throws has a bug,
 * and the run ends with that exception, unless nobody waits for the answer any more.
 */
import type { JsonValue } from "@stepwright/asl";
import type { ExecutionPath } from "../history/execution-path.ts";
import type { HttpExchange } from "./http-exchange.ts";

export interface TaskInvoker {
  /** Answering without a promise spares a turn of the event loop for each task. */
  invoke(request: TaskRequest): TaskReply | Promise<TaskReply>;
}

export interface TaskRequest {
  /** The Resource as the definition gives it, substitutions filled. */
  readonly resource: string;
  readonly target: TaskTarget;
  readonly stateName: string;
  /** `Parameters` or `Arguments` evaluated; the state's effective input when there are none. */
  readonly input: JsonValue;
  /** Retries already made in this visit of the state, from 0. */
  readonly attempt: number;
  readonly executionArn: string;
  /** What the clock showed when the task was scheduled; milliseconds since 1970. */
  readonly scheduledAtEpochMs: number;
  readonly path: ExecutionPath;
  /** The state's `TimeoutSeconds`, when it has one. The runner enforces it; an invoker may pass it on. */
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** Present for `.waitForTaskToken` and activities. */
  readonly taskToken: string | undefined;
  /** Aborted when nobody waits for the answer any more: timeout, failed sibling, stopped execution. */
  readonly signal: AbortSignal;
  /**
   * `.sync` only: tells at once what the request itself answered, so that `TaskSubmitted` is recorded while the work goes
   * on. Whoever uses it gives it as `submittedOutput` too: in virtual time, only that counts.
   */
  submitted?(output: JsonValue): void;
  /** HTTP Tasks in TestState only: tells what is sent, and again when there is an answer. */
  exchanged?: ((exchange: HttpExchange) => void) | undefined;
}

/** What a Resource names. `resourceType` and `resource` are the words of `taskScheduledEventDetails`. */
export type TaskTarget = LambdaFunctionTarget | ActivityTarget | IntegrationTarget;

/** A Lambda function's own ARN: the input is the payload, the payload is the result. */
export interface LambdaFunctionTarget {
  readonly kind: "lambda";
  readonly functionName: string;
  /** A version or an alias. */
  readonly qualifier: string | undefined;
}

export interface ActivityTarget {
  readonly kind: "activity";
  readonly activityName: string;
}

/** `arn:aws:states:::sqs:sendMessage.waitForTaskToken` has `sqs` and `sendMessage.waitForTaskToken`. */
export interface IntegrationTarget {
  readonly kind: "integration";
  /** `lambda`, `aws-sdk:s3`. */
  readonly resourceType: string;
  /** With the pattern's suffix, as AWS shows it. */
  readonly resource: string;
  /** Without the pattern's suffix: `sendMessage`. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
}

export type IntegrationPattern = "requestResponse" | "sync" | "waitForTaskToken";

export type TaskReply = TaskSucceeded | TaskFailed | TaskSubmitted | TaskUnanswered;

interface TaskReplied {
  /** `.sync` and `.waitForTaskToken` only: what the request itself answered (`TaskSubmitted`). */
  readonly submittedOutput?: JsonValue;
  /** Activities only: who took the task. */
  readonly workerName?: string;
  /** Delivers the reply that much later; in virtual time this costs nothing. */
  readonly delayMs?: number;
}

export interface TaskSucceeded extends TaskReplied {
  readonly status: "succeeded";
  readonly output: JsonValue;
}

export interface TaskFailed extends TaskReplied {
  readonly status: "failed";
  readonly error?: string;
  readonly cause?: string;
  /**
   * How far the task came; `run` when absent. Decides the event: `TaskStartFailed`, `TaskSubmitFailed`, …
   * `lookup` is an activity that does not exist: it was never scheduled, and ends the execution.
   */
  readonly stage?: "lookup" | "schedule" | "start" | "submit" | "run";
}

/** `.waitForTaskToken`: the request was accepted; the answer comes with the token. */
export interface TaskSubmitted extends Pick<TaskReplied, "delayMs"> {
  readonly status: "submitted";
  readonly output: JsonValue;
}

/** Nobody will answer: the state ends by its timeout, by its token, or with the execution. */
export interface TaskUnanswered extends Omit<TaskReplied, "delayMs"> {
  readonly status: "unanswered";
}
