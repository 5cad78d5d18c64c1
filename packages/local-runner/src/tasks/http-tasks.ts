/**
 * HTTP Tasks (`http:invoke`), called from here. What an EventBridge connection adds on AWS, credentials above all, is
 * given by the connection's name.
 * See the developer guide, "Call HTTPS APIs in Step Functions workflows".
 */
import { isJsonObject, parseJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { localRegion } from "../local-arn.ts";
import { formEncoded } from "./form-encoded.ts";
import type { HeaderList, HttpMessageReceived, HttpMessageSent } from "./http-exchange.ts";
import { MissingTaskError } from "./missing-task-error.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "./task-invoker.ts";

/** Added to each request; it wins over what the task says. */
export interface HttpConnection {
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryParameters?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

export interface HttpTasksOptions {
  /** By the connection's name, or its ARN. */
  readonly connections?: Readonly<Record<string, HttpConnection>>;
  /** Answers all that is no HTTP Task. */
  readonly otherwise?: TaskInvoker;
}

/** What the service gives a request at the most. */
const timeoutMs = 60_000;

/**
 * @throws MissingTaskError (from `invoke`) for a connection that is not given, and for other tasks without `otherwise`
 * @example httpTasks({ connections: { Payments: { headers: { Authorization: "Bearer …" } } } })
 */
export function httpTasks({ connections = {}, otherwise }: HttpTasksOptions = {}): TaskInvoker {
  return {
    invoke(request) {
      const { target } = request;
      if (target.kind === "integration" && target.resourceType === "http") {
        return call(request, connectionOf(request, connections));
      }
      if (otherwise !== undefined) return otherwise.invoke(request);
      throw new MissingTaskError(request, ["http:invoke"], "an invoker as `otherwise`.");
    },
  };
}

interface HttpParameters {
  readonly ApiEndpoint?: string;
  readonly Method?: string;
  readonly Authentication?: { readonly ConnectionArn?: string };
  readonly InvocationConfig?: { readonly ConnectionArn?: string };
  readonly Headers?: JsonObject;
  readonly QueryParameters?: JsonObject;
  readonly RequestBody?: JsonValue;
  readonly Transform?: {
    readonly RequestBodyEncoding?: string;
    readonly RequestEncodingOptions?: { readonly ArrayFormat?: string };
  };
}

function connectionOf(request: TaskRequest, connections: HttpTasksOptions["connections"] & object): HttpConnection {
  const { Authentication, InvocationConfig } = request.input as HttpParameters;
  const arn = Authentication?.ConnectionArn ?? InvocationConfig?.ConnectionArn ?? "";
  const [, name = arn] = /:connection\/([^/]+)/.exec(arn) ?? [];
  const found = [arn, name].find((key) => Object.hasOwn(connections, key));
  if (found === undefined) {
    const give = `what its connection adds: connections: { ${JSON.stringify(name)}: { headers: { … } } }.`;
    throw new MissingTaskError(request, Object.keys(connections), give);
  }
  return connections[found]!;
}

async function call(request: TaskRequest, connection: HttpConnection): Promise<TaskReply> {
  const parameters = request.input as HttpParameters;
  try {
    const sent = messageOf(parameters, connection);
    const tell = (received: HttpMessageReceived | undefined): void =>
      request.exchanged?.({ sent, sentWithoutSecrets: messageOf(parameters, {}), received });
    tell(undefined);
    const response = await fetch(sent.url, {
      method: sent.method,
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
      headers: withContentType(sent, parameters),
      ...(sent.body === undefined ? undefined : { body: sent.body }),
    });
    const { status: statusCode, statusText: statusMessage } = response;
    const headers = [...response.headers];
    const body = await response.text();
    tell({ statusCode, statusMessage, headers, body });
    if (statusCode >= 400) return { status: "failed", error: `States.Http.StatusCode.${statusCode}`, cause: body };
    return {
      status: "succeeded",
      output: {
        Headers: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
        ResponseBody: parseJson(body).value ?? body,
        StatusCode: statusCode,
        StatusText: statusMessage,
      },
    };
  } catch (reason) {
    const { cause, message } = reason as Error;
    return { status: "failed", error: "States.Http.Socket", cause: cause instanceof Error ? cause.message : message };
  }
}

function messageOf(parameters: HttpParameters, connection: HttpConnection): HttpMessageSent {
  return {
    method: parameters.Method ?? "GET",
    url: urlOf(parameters, connection).href,
    headers: headersOf(parameters, connection),
    body: bodyOf(parameters, connection),
  };
}

function urlOf({ ApiEndpoint = "", QueryParameters = {} }: HttpParameters, connection: HttpConnection): URL {
  const url = new URL(ApiEndpoint);
  for (const [name, value] of Object.entries({ ...QueryParameters, ...connection.queryParameters })) {
    url.searchParams.delete(name);
    for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, textOf(each as JsonValue));
  }
  return url;
}

function headersOf({ Headers: given = {} }: HttpParameters, connection: HttpConnection): HeaderList {
  const headers = new Map<string, readonly [string, string]>();
  for (const [name, value] of [...Object.entries(given), ...Object.entries(connection.headers ?? {})]) {
    headers.set(name.toLowerCase(), [name, textOf(value)]);
  }
  const own = ownHeaders.filter(([name]) => !headers.has(name.toLowerCase()));
  return [...headers.values(), ...own];
}

const ownHeaders: HeaderList = [
  ["User-Agent", `Amazon|StepFunctions|HttpInvoke|${localRegion}`],
  ["Range", "bytes=0-262144"],
];

function bodyOf({ RequestBody, Transform }: HttpParameters, connection: HttpConnection): string | undefined {
  const given = isJsonObject(RequestBody) ? { ...RequestBody, ...connection.body } : (RequestBody ?? connection.body);
  if (given === undefined) return undefined;
  const arrayFormat = Transform?.RequestEncodingOptions?.ArrayFormat;
  return isForm(Transform) ? formEncoded(given, arrayFormat) : JSON.stringify(given);
}

/** AWS sends a type of its own, too, and does not show it. */
function withContentType({ body, headers }: HttpMessageSent, { Transform }: HttpParameters): Headers {
  const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  const type = isForm(Transform) ? "application/x-www-form-urlencoded" : "application/json";
  if (body !== undefined && !all.has("Content-Type")) all.set("Content-Type", type);
  return all;
}

function isForm(transform: HttpParameters["Transform"]): boolean {
  return transform?.RequestBodyEncoding === "URL_ENCODED";
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
