/**
 * `aws-sdk:` and optimized integrations, done by the real clients of the AWS SDK for JavaScript, at AWS or at an
 * endpoint of your own. The clients are not dependencies of this package: install those that your machines use.
 */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import { MissingTaskError } from "../missing-task-error.ts";
import type { IntegrationTarget, TaskFailed, TaskInvoker, TaskReply, TaskRequest } from "../task-invoker.ts";
import { optimizedCalls, sdkService } from "./sdk-services.ts";
import type { OptimizedCall, SdkService } from "./sdk-services.ts";
import { fromSdk, toSdk } from "./sdk-values.ts";

export interface SdkTasksOptions {
  /** Of each client: `region`, `endpoint`, `credentials`, … */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Imports `@aws-sdk/client-…`; for clients that lie elsewhere. */
  readonly load?: (packageName: string) => Promise<SdkModule>;
  /** Answers what is no API call: Lambda functions of your own, activities. */
  readonly otherwise?: TaskInvoker;
}

export type SdkModule = Readonly<Record<string, unknown>>;

/**
 * @throws MissingTaskError (from `invoke`) for an integration that is no single API call, and for a client that is not
 *   installed
 * @example sdkTasks({ config: { region: "us-east-1", endpoint: "http://localhost:4566" }, otherwise: handlerInvoker(handlers) })
 */
export function sdkTasks({ config = {}, load = importClient, otherwise }: SdkTasksOptions = {}): TaskInvoker {
  const clients = new Map<string, Promise<LoadedClient>>();
  const clientOf = (packageName: string, request: TaskRequest): Promise<LoadedClient> => {
    let client = clients.get(packageName);
    if (client === undefined) {
      client = openClient(packageName, config, load, request);
      clients.set(packageName, client);
    }
    return client;
  };
  return {
    invoke(request) {
      const call = callOf(request);
      if (call !== undefined) return send(call, request, clientOf(`@aws-sdk/client-${call.service.client}`, request));
      if (otherwise !== undefined) return otherwise.invoke(request);
      const give = "an invoker that does it; the SDK has no single call for it.";
      throw new MissingTaskError(request, Object.keys(optimizedCalls), give);
    },
  };
}

interface SdkCall {
  readonly target: IntegrationTarget;
  readonly service: SdkService;
  readonly optimized: OptimizedCall | undefined;
}

function callOf({ target }: TaskRequest): SdkCall | undefined {
  if (target.kind !== "integration" || target.pattern === "sync") return undefined;
  const { action, resourceType } = target;
  if (resourceType.startsWith("aws-sdk:")) {
    return { target, service: sdkService(resourceType.slice("aws-sdk:".length)), optimized: undefined };
  }
  const name = `${resourceType}:${action}`;
  const optimized = Object.hasOwn(optimizedCalls, name) ? optimizedCalls[name] : undefined;
  return optimized === undefined ? undefined : { target, service: sdkService(optimized.service), optimized };
}

interface SdkClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>;
}

interface LoadedClient {
  readonly module: SdkModule;
  readonly client: SdkClient;
}

async function importClient(packageName: string): Promise<SdkModule> {
  return (await import(packageName)) as SdkModule;
}

async function openClient(
  packageName: string,
  config: Readonly<Record<string, unknown>>,
  load: (packageName: string) => Promise<SdkModule>,
  request: TaskRequest,
): Promise<LoadedClient> {
  const module = await load(packageName).catch((cause: unknown) => {
    throw new MissingTaskError(request, [], `npm install ${packageName} (${(cause as Error).message}).`);
  });
  const [, Client] = Object.entries(module).find(([name]) => /^(?!Sdk|__).*Client$/.test(name)) ?? [];
  if (typeof Client !== "function") throw new TypeError(`${packageName} exports no client.`);
  // At an endpoint of one's own, a bucket is no host name.
  const settings = "endpoint" in config ? { forcePathStyle: true, ...config } : config;
  return { module, client: new (Client as new (settings: object) => SdkClient)(settings) };
}

async function send(call: SdkCall, request: TaskRequest, loaded: Promise<LoadedClient>): Promise<TaskReply> {
  const { optimized, service, target } = call;
  const { client, module } = await loaded;
  const commandName = `${target.action.charAt(0).toUpperCase()}${target.action.slice(1)}Command`;
  const Command = module[commandName];
  if (typeof Command !== "function") {
    throw new MissingTaskError(request, [], `@aws-sdk/client-${service.client} has no ${commandName}.`);
  }
  const given = isJsonObject(request.input) ? request.input : {};
  const parameters = optimized?.toParameters?.(given) ?? given;
  const command = new (Command as new (input: unknown) => object)(toSdk(parameters, service.isCamelCase));
  try {
    const response = await client.send(command, { abortSignal: request.signal });
    const result = ((await fromSdk(response, service.isCamelCase)) ?? {}) as JsonObject;
    return replyOf(optimized?.toResult?.(result) ?? result, response, call);
  } catch (thrown) {
    if (isServiceError(thrown)) return failed(thrown, call);
    const error = `${optimized?.errorPrefix ?? service.errorPrefix}.SdkClientException`;
    return { status: "failed", error, cause: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function replyOf(result: JsonObject | TaskFailed, response: object, { optimized, target }: SdkCall): TaskReply {
  if (isFailure(result)) return result;
  const output = optimized === undefined ? result : { ...result, ...metadataOf(response) };
  return { status: target.pattern === "waitForTaskToken" ? "submitted" : "succeeded", output };
}

function isFailure(result: JsonObject | TaskFailed): result is TaskFailed {
  return result["status"] === "failed" && "error" in result;
}

/** Optimized integrations show how the request went. */
function metadataOf(response: object): JsonObject {
  const { httpStatusCode, requestId } = ("$metadata" in response ? response.$metadata : {}) as ResponseMetadata;
  return {
    SdkHttpMetadata: { HttpStatusCode: httpStatusCode ?? 200 },
    SdkResponseMetadata: { RequestId: requestId ?? "" },
  };
}

interface ResponseMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** What the SDK throws for an answer of the service. */
interface ServiceError extends Error {
  readonly $metadata: ResponseMetadata;
}

function isServiceError(thrown: unknown): thrown is ServiceError {
  return thrown instanceof Error && "$metadata" in thrown;
}

/** As the Java SDK, which the service uses, words it. */
function failed({ $metadata: metadata, message, name }: ServiceError, { optimized, service }: SdkCall): TaskFailed {
  const code = name.replace(/Exception$/, "");
  const status = metadata.httpStatusCode ?? 400;
  const requestId = metadata.requestId ?? "";
  if (optimized === undefined) {
    const { errorPrefix } = service;
    const cause = `${message} (Service: ${errorPrefix}, Status Code: ${status}, Request ID: ${requestId}) (SDK Attempt Count: 1)`;
    return { status: "failed", error: `${errorPrefix}.${code}Exception`, cause };
  }
  const { errorPrefix } = optimized;
  const cause = `${message} (Service: ${serviceNames[errorPrefix] ?? `AWS${errorPrefix}`}; Status Code: ${status}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`;
  return { status: "failed", error: `${errorPrefix}.${code}Exception`, cause };
}

/** Recorded. */
const serviceNames: Readonly<Record<string, string>> = {
  DynamoDB: "AmazonDynamoDBv2",
  SNS: "AmazonSNS",
  SQS: "AmazonSQS",
};
