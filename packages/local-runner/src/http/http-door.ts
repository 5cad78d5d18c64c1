/**
 * AWS JSON 1.0 over HTTP: takes a request's bytes to an operation and its answer back.
 *
 * What always holds:
 * - Whatever comes in, the answer is one of AWS's form; nothing that a caller sends ends the process.
 * - A browser's page reaches nothing: the Host must be ours (DNS rebinding) and there is no Origin but a loopback one.
 * - Body, time and number of requests are bounded before any work begins.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { isIPv4, isIPv6 } from "node:net";
import { parseJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { ServiceError } from "../api/service-error.ts";
import type { StepFunctionsService } from "../api/service.ts";
import { JournalError } from "../journal/journal.ts";
import { openMetrics } from "./open-metrics.ts";
import { RequestBodyError, readBody } from "./read-body.ts";

export interface HttpDoorOptions {
  /** 2 MiB when absent; AWS takes 1 MiB of request. */
  readonly maxBodyBytes?: number;
  /** 1,000 when absent; more are refused with `ThrottlingException`. */
  readonly maxConcurrentRequests?: number;
  /** For headers and body together, and for a pause of whoever reads the answer; 30,000 when absent. */
  readonly requestTimeoutMs?: number;
  /** Further names under which the service may be called, without port. IP addresses and `localhost` always may. */
  readonly allowedHosts?: readonly string[];
  /** Told what is a bug of ours. */
  readonly onBug?: (reason: unknown) => void;
}

/** Imported as a module, `node:http` reads all its exports, and with them Node's whole WebSocket: a third of the start-up. */
const { createServer } = process.getBuiltinModule("node:http");

const jsonType = "application/x-amz-json-1.0";

export function createHttpDoor(service: StepFunctionsService, options: HttpDoorOptions = {}): Server {
  const {
    allowedHosts = [],
    maxBodyBytes = 2 * 1024 * 1024,
    maxConcurrentRequests = 1000,
    onBug = () => {},
    requestTimeoutMs = 30_000,
  } = options;
  let concurrent = 0;
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(requestTimeoutMs, 10_000),
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 1000),
      maxHeaderSize: 32 * 1024,
      // Longer than clients keep a connection: whoever hangs up first must not be the one who is just asked.
      keepAliveTimeout: 65_000,
    },
    (request, response) => void handle(request, response),
  );
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end(badRequestText);
    else socket.destroy();
  });
  return server;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    concurrent += 1;
    // Whoever does not read its answer is cut off; how long the answer may take is the operation's to say.
    response.once("prefinish", () => response.setTimeout(requestTimeoutMs));
    try {
      if (concurrent > maxConcurrentRequests) throw new ServiceError("ThrottlingException", "Rate exceeded");
      await answer(request, response);
    } catch (reason) {
      refuse(response, reason, onBug);
    } finally {
      concurrent -= 1;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    assertWelcome(request, allowedHosts);
    const page = request.method === "GET" ? pages[request.url ?? ""] : undefined;
    if (page !== undefined) return send(response, 200, page.type, page.text(service));
    const operation = operationOf(request);
    const body = await readBody(request, maxBodyBytes);
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    const result = await service.call(operation, parsedBody(body), { signal: gone.signal });
    send(response, 200, jsonType, JSON.stringify(result));
  }
}

interface Page {
  readonly type: string;
  readonly text: (service: StepFunctionsService) => string;
}

const pages: Readonly<Record<string, Page>> = {
  "/health": { type: "application/json", text: () => '{"status":"ok"}' },
  "/metrics": {
    type: "application/openmetrics-text; version=1.0.0; charset=utf-8",
    text: (service) => openMetrics(service.statistics),
  },
};

/** @throws ServiceError for a call that a page of the internet could have caused */
function assertWelcome({ headers }: IncomingMessage, allowedHosts: readonly string[]): void {
  if (!isOwnHost(hostNameOf(headers.host ?? ""), allowedHosts)) {
    throw forbidden(`The Host ${JSON.stringify(headers.host ?? "")} is not this service's; name it with --allow-host.`);
  }
  const { origin } = headers;
  if (origin !== undefined && !isOwnHost(hostNameOf(origin.replace(/^[a-z]+:\/\//, "")), allowedHosts)) {
    throw forbidden(`The Origin ${JSON.stringify(origin)} may not call this service.`);
  }
}

function hostNameOf(host: string): string {
  return host
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
}

/** SDKs put `sync-` before the name for StartSyncExecution and TestState. */
function isOwnHost(name: string, allowedHosts: readonly string[]): boolean {
  const plain = name.replace(/^sync-/, "");
  // Rebinding needs a name: an address always means itself.
  return (
    isIPv4(plain) ||
    isIPv6(plain) ||
    plain === "localhost" ||
    plain.endsWith(".localhost") ||
    allowedHosts.includes(plain)
  );
}

function forbidden(message: string): ServiceError {
  return new ServiceError("AccessDeniedException", message);
}

function operationOf({ headers, method, url }: IncomingMessage): string {
  if (method !== "POST" || (url ?? "/").split("?")[0] !== "/") {
    throw new ServiceError("UnknownOperationException", `There is no ${method} ${url}; operations are posted to /.`);
  }
  const type = (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== jsonType) {
    throw new ServiceError(
      "SerializationException",
      `The Content-Type must be ${jsonType}, but was ${JSON.stringify(type)}.`,
    );
  }
  const target = headers["x-amz-target"];
  const [, operation] = /^AWSStepFunctions\.(\w+)$/.exec(typeof target === "string" ? target : "") ?? [];
  if (operation === undefined) {
    throw new ServiceError(
      "UnknownOperationException",
      `The X-Amz-Target must be AWSStepFunctions.<Operation>, but was ${JSON.stringify(target ?? "")}.`,
    );
  }
  return operation;
}

function parsedBody(body: Buffer): JsonValue {
  if (body.length === 0) return {};
  const { error, value } = parseJson(utf8Text(body));
  if (error !== undefined) throw new ServiceError("SerializationException", `The body is not JSON: ${error.message}`);
  return value;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function utf8Text(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new ServiceError("SerializationException", "The body is not UTF-8.");
  }
}

function refuse(response: ServerResponse, reason: unknown, onBug: (reason: unknown) => void): void {
  if (reason instanceof RequestBodyError) {
    // The rest of the body is not read: the connection cannot be used again.
    response.shouldKeepAlive = false;
    response.once("finish", () => response.socket?.destroySoon());
    return send(response, reason.httpStatus, jsonType, errorText("SerializationException", reason.message, {}));
  }
  if (reason instanceof ServiceError) {
    return send(response, reason.httpStatus, jsonType, errorText(reason.name, reason.message, reason.members));
  }
  if (reason instanceof JournalError) {
    return send(response, 500, jsonType, errorText("InternalServerError", reason.message, {}));
  }
  onBug(reason);
  send(response, 500, jsonType, errorText("InternalServerError", "This is a bug in the service; see its log.", {}));
}

function errorText(name: string, message: string, members: JsonObject): string {
  return JSON.stringify({ __type: name, message, ...members });
}

const badRequestBody = errorText("SerializationException", "The request is not HTTP.", {});
const badRequestText = [
  "HTTP/1.1 400 Bad Request",
  `Content-Type: ${jsonType}`,
  `Content-Length: ${badRequestBody.length}`,
  "Connection: close",
  "",
  badRequestBody,
].join("\r\n");

function send(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(text),
    "x-amzn-RequestId": randomUUID(),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  // As text, Node writes headers and body at once.
  response.end(text);
}
