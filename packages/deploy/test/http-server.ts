/** A service on loopback that answers as it is told, so that the real clients can be used. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly requests: readonly HttpRequest[];
}

export async function httpServer(answer: (request: HttpRequest) => Promise<HttpAnswer>): Promise<HttpServer> {
  const requests: HttpRequest[] = [];
  const reply = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await requestOf(incoming);
    requests.push(request);
    const { status, headers = {}, body } = await answer(request);
    response.writeHead(status, headers).end(body);
  };
  const server = createServer((incoming, response) => void reply(incoming, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function requestOf(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  return {
    method: incoming.method ?? "",
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

/** The operation of an AWS JSON request. */
export function operationOf({ headers }: HttpRequest): string | undefined {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? target.split(".").at(-1) : undefined;
}
