import { createServer } from "node:http";
import type { IncomingHttpHeaders, RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { JsonObject } from "@stepwright/asl";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import { formEncoded } from "./form-encoded.ts";
import { httpTasks } from "./http-tasks.ts";

let server: Server;
let url: string;
let answer: RequestListener;
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string };

beforeEach(async () => {
  answer = (_request, response) => response.end('{"ok":true}');
  server = createServer((request, response) => {
    const { headers, method, url: path } = request;
    void text(request).then((body) => {
      seen = { method, url: path, headers, body };
      return answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const ConnectionArn = "arn:aws:events:us-east-1:123456789012:connection/Payments/1c2d3e4f";
const connections = {
  Payments: { headers: { Authorization: "Bearer t" }, queryParameters: { v: "2" }, body: { key: "k" } },
};

function run(parameters: JsonObject, tasks = httpTasks({ connections })) {
  const Parameters = { ApiEndpoint: `${url}/pay`, Method: "POST", Authentication: { ConnectionArn }, ...parameters };
  const task = { Type: "Task", Resource: "arn:aws:states:::http:invoke", Parameters, End: true } as const;
  return runDefinition({ StartAt: "T", States: { T: task } }, { tasks });
}

describe("an HTTP Task", () => {
  test("sends what it says and what its connection adds, which wins", async () => {
    const result = await run({
      Headers: { "X-Run": "1", Authorization: "none" },
      QueryParameters: { v: "1", id: ["a", "b"] },
      RequestBody: { amount: 5, key: "mine" },
    });
    expect(result).toMatchObject({ output: { ResponseBody: { ok: true }, StatusCode: 200, StatusText: "OK" } });
    expect(seen).toMatchObject({
      method: "POST",
      url: "/pay?v=2&id=a&id=b",
      headers: {
        "x-run": "1",
        authorization: "Bearer t",
        "content-type": "application/json",
        "user-agent": "Amazon|StepFunctions|HttpInvoke|us-east-1",
        range: "bytes=0-262144",
      },
      body: '{"amount":5,"key":"k"}',
    });
  });

  test("sends forms", async () => {
    const Transform = { RequestBodyEncoding: "URL_ENCODED", RequestEncodingOptions: { ArrayFormat: "BRACKETS" } };
    await run({ RequestBody: { list: [1, 2] }, Transform });
    expect(seen.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(decodeURIComponent(seen.body)).toBe("list[]=1&list[]=2&key=k");
  });

  test("keeps text that is no JSON", async () => {
    answer = (_request, response) => response.end("thanks");
    expect(await run({})).toMatchObject({ output: { ResponseBody: "thanks" } });
  });

  test("fails with the status, or when nobody is there", async () => {
    answer = (_request, response) => response.writeHead(402).end("no money");
    expect(await run({})).toMatchObject({ error: "States.Http.StatusCode.402", cause: "no money" });
    expect(await run({ ApiEndpoint: "http://127.0.0.1:1" })).toMatchObject({ error: "States.Http.Socket" });
    expect(await run({ ApiEndpoint: "nowhere" })).toMatchObject({ error: "States.Http.Socket", cause: "Invalid URL" });
  });

  test("needs to know its connection", async () => {
    await expect(run({}, httpTasks())).rejects.toThrow('connections: { "Payments": { headers: { … } } }');
  });
});

test.each([
  ["INDICES", "a[0]=1&a[1]=2&b[c]=d"],
  ["REPEAT", "a=1&a=2&b[c]=d"],
  ["COMMAS", "a=1,2&b[c]=d"],
  ["BRACKETS", "a[]=1&a[]=2&b[c]=d"],
])("a form with lists as %s", (arrayFormat, form) => {
  expect(decodeURIComponent(formEncoded({ a: [1, 2], b: { c: "d" } }, arrayFormat))).toBe(form);
});
