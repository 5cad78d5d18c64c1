import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpTasks } from "../tasks/http-tasks.ts";
import type { TestStateRequest } from "./test-state-request.ts";
import { testState } from "./test-state.ts";

let server: Server;
let url: string;
let status: number;
let calls: number;

beforeEach(async () => {
  status = 200;
  calls = 0;
  server = createServer((_request, response) => {
    calls += 1;
    response.writeHead(status, { "content-type": "application/json" }).end('{"args": 1}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const connections = {
  Payments: {
    headers: { Authorization: "Basic XXXXXXXX" },
    queryParameters: { key: "secret" },
    body: { pin: "98-76" },
  },
};

function run(more: Omit<TestStateRequest, "definition"> & { readonly fields?: object }) {
  const { fields, ...request } = more;
  const definition = JSON.stringify({
    Type: "Task",
    Resource: "arn:aws:states:::http:invoke",
    Parameters: {
      ApiEndpoint: `${url}/get`,
      Method: "POST",
      Authentication: { ConnectionArn: "arn:aws:events:us-east-1:123456789012:connection/Payments/1c2d3e4f" },
      Headers: { definitionHeader: "h1" },
      QueryParameters: { queryParam: "q1" },
      RequestBody: { message: "Hello" },
    },
    ...fields,
    End: true,
  });
  const roleArn = "arn:aws:iam::123456789012:role/local";
  return testState({ definition, roleArn, ...request }, { tasks: httpTasks({ connections }) });
}

describe("an HTTP Task at TRACE", () => {
  test("shows what was sent without what the connection adds, and what came back", async () => {
    const { inspectionData, status: ended } = await run({ inspectionLevel: "TRACE" });
    expect(ended).toBe("SUCCEEDED");
    expect(inspectionData).toMatchObject({
      request: {
        protocol: "http",
        method: "POST",
        url: `${url}/get?queryParam=q1`,
        headers: "[definitionHeader: h1, User-Agent: Amazon|StepFunctions|HttpInvoke|us-east-1, Range: bytes=0-262144]",
        body: '{"message":"Hello"}',
      },
      response: {
        protocol: "http",
        statusCode: "200",
        statusMessage: "OK",
        headers: expect.stringContaining("content-type: application/json"),
        body: '{"args": 1}',
      },
    });
    expect(JSON.stringify(inspectionData)).not.toMatch(/Basic|secret|98-76/);
  });

  test("reveals secrets when asked to", async () => {
    const { inspectionData } = await run({ inspectionLevel: "TRACE", revealSecrets: true });
    expect(inspectionData!.request).toMatchObject({
      url: `${url}/get?queryParam=q1&key=secret`,
      headers: expect.stringMatching(/^\[definitionHeader: h1, Authorization: Basic XXXXXXXX, User-Agent: /),
      body: '{"message":"Hello","pin":"98-76"}',
    });
  });

  test("shows an answer that failed the task, which is called once however its error is handled", async () => {
    status = 404;
    const fields = { Catch: [{ ErrorEquals: ["States.Http.StatusCode.404"], Next: "None" }] };
    expect(await run({ inspectionLevel: "TRACE", fields })).toMatchObject({
      status: "CAUGHT_ERROR",
      nextState: "None",
      inspectionData: { response: { statusCode: "404", statusMessage: "Not Found" } },
    });
    expect(calls).toBe(1);
  });

  test("shows no answer where there was none", async () => {
    server.close();
    const { inspectionData, error } = await run({ inspectionLevel: "TRACE" });
    expect(error).toBe("States.Http.Socket");
    expect(inspectionData).toHaveProperty("request");
    expect(inspectionData).not.toHaveProperty("response");
  });
});

test("DEBUG shows neither", async () => {
  const { inspectionData } = await run({ inspectionLevel: "DEBUG", revealSecrets: true });
  expect(inspectionData).toHaveProperty("result");
  expect(inspectionData).not.toHaveProperty("request");
  expect(inspectionData).not.toHaveProperty("response");
});
