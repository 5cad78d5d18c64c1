/**
 * Models served over HTTP on the loopback interface. Callers reach the champion under
 * `/models/<modelId>/invocations`; a version under test answers at `/models/<modelId>/versions/<version>/invocations`.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { PipelineError } from "../../failures.ts";
import { assertSameFeatures, createPredictor } from "../../learning/index.ts";
import type { AliasStore, EndpointHost, ObjectReader, Scored, ScoreRow, ServingVersion } from "../../ports.ts";
import { parseStored } from "../../stored-json.ts";
import { readVerifiedModel } from "../../verified-model.ts";
import { answerRows, readRows } from "../../serving/invocation-body.ts";
import type { ServedModel } from "../../serving/invocation-body.ts";

export interface LocalEndpointHost extends EndpointHost {
  /** Starts listening when nobody did, and keeps the process alive until `close`: somebody is told the address. */
  open(): Promise<string>;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly objects: ObjectReader;
  readonly aliases: AliasStore;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
}

export function localEndpointHost({ objects, aliases, port = 0 }: EndpointOptions): LocalEndpointHost {
  const staged = new Map<string, ServedModel>();
  const serving = new Map<string, ServedModel>();
  let listening: Promise<Server> | undefined;

  async function load(version: ServingVersion): Promise<ServedModel> {
    const model = await readVerifiedModel(objects, version);
    if (model.featureNames.length > 0) assertSameFeatures(version.featureNames, model.featureNames);
    return { version: version.version, featureNames: version.featureNames, predictor: createPredictor(model) };
  }

  /** A process that has just started serves what the aliases say. */
  async function champion(modelId: string): Promise<ServedModel | undefined> {
    const known = serving.get(modelId);
    if (known !== undefined || !/^[a-z][a-z0-9-]{2,30}$/.test(modelId)) return known;
    const { champion: named } = await aliases.read(modelId);
    if (named === undefined) return undefined;
    const loaded = await load(named);
    serving.set(modelId, loaded);
    return loaded;
  }

  async function find(path: string): Promise<ServedModel | undefined> {
    const [, modelId, version] = /^\/models\/([^/]+)(?:\/versions\/([^/]+))?\/invocations$/.exec(path) ?? [];
    if (modelId === undefined) return undefined;
    return version === undefined ? champion(modelId) : staged.get(`${modelId}/${version}`);
  }

  const listen = () => {
    listening ??= startServer((request, response) => void answer(request, response, find), port).catch((error) => {
      listening = undefined;
      throw error;
    });
    return listening;
  };
  const url = async () => {
    const address = (await listen()).address();
    if (address === null || typeof address === "string") throw new Error("The endpoint listens on no port.");
    return `http://127.0.0.1:${address.port}`;
  };

  return {
    open: async () => {
      (await listen()).ref();
      return url();
    },
    stage: async (modelId, version) => {
      const key = `${modelId}/${version.version}`;
      const loaded = await load(version);
      staged.set(key, loaded);
      return {
        score: async (rows) => post(`${await url()}/models/${modelId}/versions/${version.version}/invocations`, rows),
        promote: async () => {
          staged.delete(key);
          serving.set(modelId, loaded);
        },
        discard: async () => {
          staged.delete(key);
          // The next caller gets whom the aliases name.
          if (serving.get(modelId) === loaded) serving.delete(modelId);
        },
      };
    },
    score: async (modelId, rows) => post(`${await url()}/models/${modelId}/invocations`, rows),
    close: async () => {
      const server = await listening;
      listening = undefined;
      if (server === undefined) return;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

async function startServer(
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server> {
  const server = createServer(onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  // Until somebody opens it to callers it serves only this process, which may end.
  server.unref();
  return server;
}

const mostBodyBytes = 6 * 1024 * 1024;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  find: (path: string) => Promise<ServedModel | undefined>,
): Promise<void> {
  const reply = (status: number, type: string, body: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  };
  const refuse = (status: number, message: string) =>
    reply(status, "application/json", `${JSON.stringify({ message })}\n`);
  try {
    // A web page that renames its own host to 127.0.0.1 still sends its name.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ""))
      return refuse(403, "Only loopback callers.");
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    if (pathname === "/ping") return reply(200, "text/plain", "");
    const model = await find(pathname);
    if (model === undefined)
      return refuse(404, `No model answers at ${pathname}; wanted /models/<modelId>/invocations.`);
    if (request.method !== "POST") return refuse(405, `${request.method} is not POST.`);
    const body = await readBody(request);
    if (body === undefined) return refuse(413, `The body is longer than ${mostBodyBytes} bytes.`);
    const type = (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
    const read = readRows(type, body, model.featureNames);
    if ("problem" in read) return refuse(read.status, read.problem);
    const scores = read.rows.map((row) => model.predictor.probability(row.map((value) => value ?? Number.NaN)));
    reply(200, type, answerRows(type, scores), { "x-model-version": model.version });
  } catch (error) {
    refuse(500, error instanceof Error ? error.message : String(error));
  }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function post(url: string, rows: readonly ScoreRow[]): Promise<Scored> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ instances: rows }),
  });
  const text = await response.text();
  if (!response.ok) throw new PipelineError("SmokeTestFailed", `${url} answered ${response.status}: ${text.trim()}`);
  const { predictions } = parseStored<{ readonly predictions: readonly { readonly score: number }[] }>(text);
  return {
    scores: predictions.map(({ score }) => score),
    modelVersion: response.headers.get("x-model-version") ?? "",
  };
}
