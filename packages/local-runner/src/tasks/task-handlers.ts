/**
 * In-process handlers by Lambda function name or ARN. A handler is what AWS Lambda calls: `(event, context)`,
 * sync or async; what it throws becomes the task's error as Lambda would report it.
 */
import type { TaskRequest } from "./task-invoker.ts";

export type TaskHandlers = Readonly<Record<string, TaskHandler>>;

// `any`: a handler declares its own event type, which only the caller of its task knows.
// oxlint-disable-next-line typescript/no-explicit-any
export type TaskHandler = (event: any, context: TaskHandlerContext) => unknown;

/** The members of AWS Lambda's context that make sense here, and the task's own request. */
export interface TaskHandlerContext {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly signal: AbortSignal;
  readonly request: TaskRequest;
}
