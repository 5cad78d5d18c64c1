/** Speaks AWS JSON 1.0 on loopback for a scripted Step Functions, so that the real client can be used. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StatesClient } from "../src/states-client.ts";

export interface AwsJsonServer {
  readonly endpoint: string;
  /** `POST` bodies and headers as one text, to look for what must not be sent. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function awsJsonServer(states: StatesClient): Promise<AwsJsonServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => void reply(request, response));
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const [statusCode, body] = await answer(request, states, requests);
    response.writeHead(statusCode, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
  };
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, states: StatesClient, requests: string[]): Promise<[number, unknown]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  requests.push(`${JSON.stringify(request.headers)} ${body}`);
  const [, operation = ""] = String(request.headers["x-amz-target"]).split(".");
  const call = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as keyof StatesClient;
  const perform = states[call] as ((input: unknown) => Promise<unknown>) | undefined;
  if (perform === undefined) return [400, { __type: "UnknownOperationException", message: operation }];
  try {
    return [200, withEpochSeconds(await perform(JSON.parse(body)))];
  } catch (error) {
    const { name, message } = error as Error;
    return [name === "InternalServerError" ? 500 : 400, { __type: `com.amazonaws.states#${name}`, message }];
  }
}

/** The wire's form of dates. */
function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withEpochSeconds(member)]));
}
