/** Lambda functions as functions of this process: what AWS Lambda does around a handler, without the network. */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { localFunctionArn } from "../local-arn.ts";
import { lambdaEnvelope } from "./lambda-envelope.ts";
import { copyJson, toWire } from "./wire-json.ts";
import { MissingTaskError } from "./missing-task-error.ts";
import { RemoteHandlerError } from "./remote-handler-error.ts";
import type { TaskHandler, TaskHandlerContext, TaskHandlers } from "./task-handlers.ts";
import type { TaskFailed, TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";

/** @param handlers by function name, `name:qualifier`, ARN, or, for anything else, the Resource's own text */
export function handlerInvoker(handlers: TaskHandlers): TaskInvoker {
  let found: Map<string, NamedHandler> | undefined;
  return {
    invoke(request) {
      const call = lambdaCall(request);
      found ??= new Map();
      let named = found.get(call.functionArn);
      if (named === undefined) {
        named = nameHandler(handlers, call.functionArn, request);
        found.set(call.functionArn, named);
      }
      return invokeHandler(named, call, request);
    },
  };
}

interface NamedHandler {
  readonly handler: TaskHandler;
  readonly functionName: string;
}

function nameHandler(handlers: TaskHandlers, functionArn: string, request: TaskRequest): NamedHandler {
  const name = functionArn.replace(/^arn:.*:function:/, "");
  const functionName = name.replace(/:[^:]*$/, "");
  const key = [request.resource, functionArn, name, functionName].find((candidate) =>
    Object.hasOwn(handlers, candidate),
  );
  if (key === undefined) {
    throw new MissingTaskError(request, Object.keys(handlers), `tasks: { ${JSON.stringify(name)}: (event) => … }.`);
  }
  return { handler: handlers[key]!, functionName };
}

interface LambdaCall {
  readonly functionArn: string;
  readonly payload: JsonValue;
  /** `lambda:invoke` wraps the result. */
  readonly envelope: boolean;
}

/** Anything that is no Lambda function is called with its parameters, under the Resource's own text. */
function lambdaCall({ target, resource, input }: TaskRequest): LambdaCall {
  if (target.kind !== "integration" || target.resourceType !== "lambda") {
    return { functionArn: resource, payload: input, envelope: false };
  }
  const { FunctionName: name, Qualifier: qualifier, Payload: payload = {} } = input as LambdaParameters;
  const functionArn = name.startsWith("arn:") ? name : localFunctionArn(name);
  return {
    functionArn: qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`,
    payload,
    envelope: true,
  };
}

/** Of `lambda:invoke`. */
type LambdaParameters = {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly Payload?: JsonValue;
};

function invokeHandler(
  { handler, functionName }: NamedHandler,
  call: LambdaCall,
  request: TaskRequest,
): TaskReply | Promise<TaskReply> {
  try {
    // A copy: what a handler does to its event must not change the history.
    const result = handler(copyJson(call.payload), new Context(functionName, call.functionArn, request));
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
    this.#requestId ??= crypto.randomUUID();
    return this.#requestId;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

function succeeded(result: unknown, call: LambdaCall, request: TaskRequest): TaskReply {
  const payload = toWire(result) ?? null;
  if (payload instanceof Error) {
    const message = `The handler of state "${request.stateName}" returned what has no JSON: ${payload.message}`;
    return { status: "failed", error: "Runtime.MarshalError", cause: causeOf("Runtime.MarshalError", message, []) };
  }
  const output = call.envelope ? lambdaEnvelope(payload, callMetadata(payload)) : payload;
  const { target } = request;
  // The handler only passes the token on; whoever has it answers.
  const waitsForToken = target.kind === "integration" && target.pattern === "waitForTaskToken";
  return { status: waitsForToken ? "submitted" : "succeeded", output };
}

function callMetadata(payload: JsonValue): JsonObject {
  const requestId = crypto.randomUUID();
  const headers = {
    "X-Amz-Executed-Version": "$LATEST",
    "x-amzn-RequestId": requestId,
    "Content-Length": String(Buffer.byteLength(JSON.stringify(payload))),
    "Content-Type": "application/json",
  };
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** The error and the cause that Step Functions takes from the payload of a failed Node.js function. */
function failed(thrown: unknown): TaskFailed {
  if (thrown instanceof RemoteHandlerError) return { status: "failed", error: thrown.name, cause: thrown.payload };
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
