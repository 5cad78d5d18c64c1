import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonValue } from "@stepwright/asl";
import type { ServedServices } from "@stepwright/codegen";
import { runDefinition } from "@stepwright/local-runner";
import { serviceCalls } from "./service-calls.ts";

/** A client that answers how it was made and what it was sent. */
const client = (name: string) => `
export class ${name}Client {
  constructor(config) { this.config = config; }
  async send(command) { return { ...command, Config: JSON.stringify(this.config), $metadata: { httpStatusCode: 200 } }; }
}
export class SendMessageCommand { constructor(input) { this.Sent = input; } }
export class GetItemCommand { constructor(input) { this.Sent = input; } }
`;

let rootDir: string;
beforeEach(() => void (rootDir = mkdtempSync(join(tmpdir(), "stepwright-service-calls-"))));
afterEach(() => rmSync(rootDir, { recursive: true }));

function install(name: string, folder: string): void {
  const dir = join(rootDir, "node_modules/@aws-sdk", folder);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module", exports: "./index.js" }));
  writeFileSync(join(dir, "index.js"), client(name));
}

async function call(resource: string, parameters: JsonValue, services: ServedServices = {}) {
  const tasks = serviceCalls({
    services: { endpoint: "http://localhost:4566", endpoints: { dynamodb: "http://localhost:8000" }, ...services },
    rootDir,
    env: { PAY_TOKEN: "secret" },
    hasHandler: (name) => name === "Local",
    otherwise: { invoke: ({ stateName }) => ({ status: "succeeded", output: `${stateName} by a handler` }) },
  });
  const { output } = (await runDefinition(
    { StartAt: "Do", States: { Do: { Type: "Task", Resource: resource, Parameters: parameters, End: true } } } as never,
    { tasks },
  )) as { readonly output?: JsonValue };
  return output;
}

test("each service is called at its endpoint, with the project's own client; handlers come first", async () => {
  install("SQS", "client-sqs");
  install("DynamoDB", "client-dynamodb");
  const sent = await call("arn:aws:states:::aws-sdk:sqs:sendMessage", { QueueUrl: "q", MessageBody: "hello" });
  expect(sent).toMatchObject({ Sent: { QueueUrl: "q", MessageBody: "hello" } });
  expect(JSON.parse((sent as { Config: string }).Config)).toMatchObject({
    endpoint: "http://localhost:4566",
    region: "us-east-1",
    credentials: { accessKeyId: "local" },
  });
  const item = await call("arn:aws:states:::aws-sdk:dynamodb:getItem", { TableName: "t" });
  expect((item as { Config: string }).Config).toContain('"http://localhost:8000"');

  const arn = "arn:aws:lambda:us-east-1:123456789012:function:Local";
  expect(await call(arn, {})).toBe("Do by a handler");
  expect(await call("arn:aws:states:::lambda:invoke", { FunctionName: arn })).toBe("Do by a handler");
});

test("an HTTP Task has what its connection adds, secrets out of the environment", async () => {
  const server = createServer(({ headers }, response) => void response.end(JSON.stringify(headers["authorization"])));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const ApiEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ConnectionArn = "arn:aws:events:us-east-1:123456789012:connection/Payments/1";
  const parameters = { ApiEndpoint, Method: "GET", Authentication: { ConnectionArn } };
  const connections = { Payments: { headers: { Authorization: "env:PAY_TOKEN" } } };
  const answer = await call("arn:aws:states:::http:invoke", parameters, { connections });
  server.close();
  expect(answer).toMatchObject({ ResponseBody: "secret" });
});
