/** Tasks that the service itself answers: activities, nested executions, `aws-sdk:sfn` calls. All others go on to the caller's invoker. */
import { isJsonObject, printStatesArn } from "@stepwright/asl";
import type { ArnHome, JsonObject, JsonValue } from "@stepwright/asl";
import { MissingTaskError } from "../tasks/missing-task-error.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "../tasks/task-invoker.ts";
import type { ActivityQueues } from "./activity-queues.ts";
import { isNestedExecution, nestedExecution } from "./nested-execution.ts";
import { ServiceError } from "./service-error.ts";

export interface ServiceInvokerOptions {
  readonly call: (operation: string, request: JsonObject, signal?: AbortSignal) => Promise<JsonObject>;
  /** Resolves when the execution has ended. */
  readonly ended: (executionArn: string) => Promise<void>;
  readonly activities: ActivityQueues;
  readonly hasActivity: (arn: string) => boolean;
  readonly home: ArnHome;
  readonly tasks: TaskInvoker;
}

export function serviceInvoker(options: ServiceInvokerOptions): TaskInvoker {
  const { activities, hasActivity, home } = options;
  const tasks = withMissingTasksFailed(options.tasks);
  return {
    invoke(request) {
      const { target } = request;
      if (target.kind === "activity") {
        const arn = printStatesArn({ ...home, kind: "activity", name: target.activityName });
        if (!hasActivity(arn)) return unknownActivity(request.resource);
        return activities.offer(arn, request.taskToken!, request.input, request.signal);
      }
      if (target.kind === "integration" && target.resourceType === "aws-sdk:sfn") {
        return ownOperation(options, target.action, request);
      }
      if (target.kind === "integration" && isNestedExecution(request.input, target)) {
        return nestedExecution(options, request, target);
      }
      return tasks.invoke(request);
    },
  };
}

/** A service outlives a task that nobody can do: its execution fails. */
export function withMissingTasksFailed(tasks: TaskInvoker): TaskInvoker {
  return {
    invoke(request) {
      try {
        const reply = tasks.invoke(request);
        return reply instanceof Promise ? reply.catch(unknownTask) : reply;
      } catch (reason) {
        return unknownTask(reason);
      }
    },
  };
}

function unknownActivity(resource: string): TaskReply {
  return {
    status: "failed",
    stage: "lookup",
    cause: `The activity ${resource} does not exist.`,
  };
}

function unknownTask(reason: unknown): TaskReply {
  if (!(reason instanceof MissingTaskError)) throw reason;
  return { status: "failed", error: "Lambda.ResourceNotFoundException", cause: reason.message };
}

async function ownOperation(
  { call }: ServiceInvokerOptions,
  action: string,
  { input, signal }: TaskRequest,
): Promise<TaskReply> {
  try {
    const output = await call(upperFirst(action), renamed(input, lowerFirst) as JsonObject, signal);
    return { status: "succeeded", output: renamed(output, upperFirst) };
  } catch (reason) {
    if (!(reason instanceof ServiceError)) throw reason;
    return {
      status: "failed",
      error: `Sfn.${reason.name}Exception`.replace(/ExceptionException$/, "Exception"),
      cause: reason.message,
    };
  }
}

/** Parameters and results of SDK integrations are written in PascalCase, the service's own members are not. */
function renamed(value: JsonValue, rename: (name: string) => string): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => renamed(item, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), renamed(member, rename)]));
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
