/** Lambda functions as functions of this process: what AWS Lambda does around a handler, without the network. */
import { randomUUID } from "node:crypto";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { localFunctionArn } from "../local-arn.ts";
import { copyJson, toWire } from "./wire-json.ts";
import { MissingTaskError } from "./missing-task-error.ts";
import type { TaskHandler, TaskHandlerContext, TaskHandlers } from "./task-handlers.ts";
import type { TaskFailed, TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";

/** @param handlers by function name, `name:qualifier`, ARN, or, for anything else, the Resource's own text */
export function handlerInvoker(handlers: TaskHandlers): TaskInvoker {
  return {
    invoke(request) {
      const call = lambdaCall(request);
      const handler = find(
        handlers,
        call === undefined ? [request.resource] : namesOf(call.functionArn, request.resource),
      );
      if (handler === undefined) {
        const name = call === undefined ? JSON.stringify(request.resource) : shortName(call.functionArn);
        throw new MissingTaskError(request, Object.keys(handlers), `tasks: { ${name}: (event) => … }.`);
      }
      return invokeHandler(
        handler,
        call ?? { functionArn: request.resource, payload: request.input, envelope: false },
        request,
      );
    },
  };
}

interface LambdaCall {
  readonly functionArn: string;
  readonly payload: JsonValue;
  /** `lambda:invoke` wraps the result. */
  readonly envelope: boolean;
}

function lambdaCall({ target, resource, input }: TaskRequest): LambdaCall | undefined {
  if (target.kind === "lambda") return { functionArn: resource, payload: input, envelope: false };
  if (target.kind !== "integration" || target.resourceType !== "lambda") return undefined;
  const parameters = input as JsonObject;
  const name = String(parameters["FunctionName"] ?? "");
  const qualifier = parameters["Qualifier"];
  const functionArn = `${name.startsWith("arn:") ? name : localFunctionArn(name)}${typeof qualifier === "string" ? `:${qualifier}` : ""}`;
  return { functionArn, payload: parameters["Payload"] ?? {}, envelope: true };
}

function namesOf(functionArn: string, resource: string): readonly string[] {
  const name = shortName(functionArn);
  return [resource, functionArn, name, name.replace(/:[^:]*$/, "")];
}

function shortName(functionArn: string): string {
  return functionArn.replace(/^arn:.*:function:/, "");
}

function find(handlers: TaskHandlers, names: readonly string[]): TaskHandler | undefined {
  const name = names.find((candidate) => Object.hasOwn(handlers, candidate));
  return name === undefined ? undefined : handlers[name];
}

function invokeHandler(handler: TaskHandler, call: LambdaCall, request: TaskRequest): TaskReply | Promise<TaskReply> {
  try {
    // A copy: what a handler does to its event must not change the history.
    const result = handler(copyJson(call.payload), contextOf(call.functionArn, request));
    if (isThenable(result)) {
      return Promise.resolve(result).then((value) => succeeded(value, call, request), failed);
    }
    return succeeded(result, call, request);
  } catch (thrown) {
    return failed(thrown);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function contextOf(functionArn: string, request: TaskRequest): TaskHandlerContext {
  const functionName = shortName(functionArn).replace(/:[^:]*$/, "");
  return new Context(functionName, functionArn, request);
}

class Context implements TaskHandlerContext {
  readonly functionName: string;
  readonly invokedFunctionArn: string;
  readonly request: TaskRequest;
  #requestId: string | undefined;

  constructor(functionName: string, invokedFunctionArn: string, request: TaskRequest) {
    this.functionName = functionName;
    this.invokedFunctionArn = invokedFunctionArn;
    this.request = request;
  }

  get awsRequestId(): string {
    this.#requestId ??= randomUUID();
    return this.#requestId;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

function succeeded(result: unknown, call: LambdaCall, request: TaskRequest): TaskReply {
  const payload = toWire(result);
  if (payload === undefined) return { status: "succeeded", output: call.envelope ? envelope(null) : null };
  if (payload instanceof Error) {
    const message = `The handler of state "${request.stateName}" returned what has no JSON: ${payload.message}`;
    return { status: "failed", error: "Runtime.MarshalError", cause: causeOf("Runtime.MarshalError", message, []) };
  }
  return { status: "succeeded", output: call.envelope ? envelope(payload) : payload };
}

function envelope(payload: JsonValue): JsonObject {
  const requestId = randomUUID();
  const length = String(Buffer.byteLength(JSON.stringify(payload)));
  const headers = {
    "X-Amz-Executed-Version": "$LATEST",
    "x-amzn-RequestId": requestId,
    "Content-Length": length,
    "Content-Type": "application/json",
  };
  return {
    ExecutedVersion: "$LATEST",
    Payload: payload,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}

/** The error and the cause that Step Functions takes from the payload of a failed Node.js function. */
function failed(thrown: unknown): TaskFailed {
  if (thrown instanceof Error) {
    const { name, message, stack = "" } = thrown;
    return { status: "failed", error: name, cause: causeOf(name, message, stack.split("\n")) };
  }
  const message = typeof thrown === "string" ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  return { status: "failed", error: typeof thrown, cause: causeOf(typeof thrown, message, []) };
}

function causeOf(errorType: string, errorMessage: string, trace: readonly string[]): string {
  return JSON.stringify({ errorType, errorMessage, trace });
}
