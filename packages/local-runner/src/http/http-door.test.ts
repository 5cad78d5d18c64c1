import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import {
  ActivityDoesNotExist,
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TestStateCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StepFunctionsService } from "../api/service.ts";
import { createHttpDoor } from "./http-door.ts";

const roleArn = "arn:aws:iam::123456789012:role/local";

let service: StepFunctionsService;
let server: Server;
let port: number;
let client: SFNClient;
const bugs: unknown[] = [];

beforeAll(async () => {
  service = new StepFunctionsService({
    tasks: { Double: (event) => (event as number) * 2 },
    activityPollMs: 2000,
  });
  server = createHttpDoor(service, {
    maxBodyBytes: 100_000,
    maxConcurrentRequests: 50,
    requestTimeoutMs: 500,
    onBug: (reason) => bugs.push(reason),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
  client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
});

afterAll(() => {
  client.destroy();
  service.close();
  server.closeAllConnections();
  server.close();
});

function definition(states: object): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
}

const double = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:Double", End: true };

describe("AWS's own client", () => {
  test("creates, starts, describes, lists and reads the history", async () => {
    const created = await client.send(
      new CreateStateMachineCommand({ name: "Doubling", definition: definition({ Double: double }), roleArn }),
    );
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn: created.stateMachineArn, name: "once", input: "21" }),
    );
    const { executionArn } = started;
    const status = async () => (await client.send(new DescribeExecutionCommand({ executionArn }))).status;
    await expect.poll(status).toBe("SUCCEEDED");
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({ output: "42", input: "21", name: "once" });
    expect(described.startDate).toBeInstanceOf(Date);
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    const { executions } = await client.send(
      new ListExecutionsCommand({ stateMachineArn: created.stateMachineArn, statusFilter: "SUCCEEDED" }),
    );
    expect(executions?.map(({ name }) => name)).toEqual(["once"]);
  });

  test("runs an Express machine and gets its output", async () => {
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: "Quick",
        type: "EXPRESS",
        definition: definition({ Double: double }),
        roleArn,
      }),
    );
    const answer = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input: "4" }));
    expect(answer).toMatchObject({ status: "SUCCEEDED", output: "8" });
  });

  test("works as an activity's worker", async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "by-hand" }));
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: "ByHand",
        definition: definition({ Ask: { Type: "Task", Resource: activityArn, End: true } }),
        roleArn,
      }),
    );
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"n":1}' }));
    const { input, taskToken } = await client.send(new GetActivityTaskCommand({ activityArn, workerName: "me" }));
    expect(input).toBe('{"n":1}');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
    const output = async () => (await client.send(new DescribeExecutionCommand({ executionArn }))).output;
    await expect.poll(output).toBe('"done"');
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.find(({ type }) => type === "ActivityStarted")).toMatchObject({
      activityStartedEventDetails: { workerName: "me" },
    });
  });

  test("tests one state alone", async () => {
    const answer = await client.send(
      new TestStateCommand({ definition: JSON.stringify({ Type: "Pass", Result: { a: 1 }, End: true }) }),
    );
    expect(answer).toMatchObject({ status: "SUCCEEDED", output: '{"a":1}' });
  });

  test("throws its own exceptions", async () => {
    const activityArn = "arn:aws:states:us-east-1:123456789012:activity:none";
    const call = client.send(new DescribeActivityCommand({ activityArn }));
    await expect(call).rejects.toBeInstanceOf(ActivityDoesNotExist);
    await expect(call).rejects.toMatchObject({ message: `Activity Does Not Exist: '${activityArn}'` });
  });
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Bytes as they are, for what `fetch` would not send. */
async function raw(bytes: string | Buffer): Promise<Answer> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => {});
  socket.end(bytes);
  await once(socket, "close");
  const text = Buffer.concat(chunks).toString();
  return { status: Number(text.slice(9, 12)), text };
}

function httpRequest(headers: Readonly<Record<string, string>>, body: string | Buffer): Buffer {
  const all = {
    Host: `127.0.0.1:${port}`,
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "AWSStepFunctions.ListStateMachines",
    "Content-Length": String(Buffer.byteLength(body)),
    Connection: "close",
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from(`POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`),
    typeof body === "string" ? Buffer.from(body) : body,
  ]);
}

describe("the door", () => {
  test("lets no page of another host in", async () => {
    expect(await raw(httpRequest({ Host: "attacker.example" }, "{}"))).toMatchObject({
      status: 400,
      text: expect.stringContaining("AccessDeniedException"),
    });
    expect((await raw(httpRequest({ Origin: "https://attacker.example" }, "{}"))).status).toBe(400);
    expect((await raw(httpRequest({ Origin: "http://localhost:3000" }, "{}"))).status).toBe(200);
    expect((await raw(httpRequest({ Host: `sync-localhost:${port}` }, "{}"))).status).toBe(200);
  });

  test("reads no body that is too long", async () => {
    expect((await raw(httpRequest({}, `"${"x".repeat(200_000)}"`))).status).toBe(413);
    expect((await raw(httpRequest({ "Content-Length": "99999999999" }, "{"))).status).toBe(413);
  });

  test("cuts off who sends too slowly", async () => {
    const { status } = await new Promise<Answer>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("close", () => resolve({ status: Number(text.slice(9, 12)), text }));
      socket.write("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le");
    });
    expect(status).toBe(400);
  });

  test("cuts off who does not read the answer", async () => {
    const names = Array.from({ length: 120 }, (_, index) => `S${index}`);
    const states = names.map((name, index) => [name, { Type: "Pass", Next: names[index + 1] ?? "End" }]);
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: "LongHistory",
        definition: definition({ ...Object.fromEntries(states), End: { Type: "Succeed" } }),
        roleArn,
      }),
    );
    const input = JSON.stringify("x".repeat(90_000));
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    const target = { "X-Amz-Target": "AWSStepFunctions.GetExecutionHistory", Connection: "keep-alive" };
    const socket = connect(port, "127.0.0.1").pause();
    const [accepted] = (await once(server, "connection")) as [Socket];
    // More than 20 MB of answer: more than the operating system takes from us unread.
    socket.write(httpRequest(target, JSON.stringify({ executionArn, maxResults: 1000 })));
    await once(accepted, "close");
    expect(accepted.destroyed).toBe(true);
    socket.destroy();
  });

  test("keeps a connection for the next request", async () => {
    const socket = connect(port, "127.0.0.1");
    const answers: string[] = [];
    socket.on("data", (chunk: Buffer) => answers.push(chunk.toString()));
    for (let n = 1; n <= 3; n += 1) {
      socket.write(httpRequest({ Connection: "keep-alive" }, "{}"));
      await expect.poll(() => answers.join("").match(/HTTP\/1\.1 200 OK/g)?.length).toBe(n);
    }
    socket.destroy();
  });

  test("refuses more requests at once than it may", async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: "idle" }));
    const headers = {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": "AWSStepFunctions.GetActivityTask",
    };
    const answers = await Promise.all(
      Array.from({ length: 51 }, async () => {
        const body = JSON.stringify({ activityArn });
        const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body });
        return { status: response.status, body: await response.json() };
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.find(({ status }) => status !== 200)).toEqual({
      status: 400,
      body: { __type: "ThrottlingException", message: "Rate exceeded" },
    });
  });

  test("shows health and figures", async () => {
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(await health.json()).toEqual({ status: "ok" });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^stepwright_executions_started_total \d+$/m);
    expect(metrics.endsWith("# EOF\n")).toBe(true);
  });

  test("answers what is malformed as AWS does, and lives on", async () => {
    const requests = malformedRequests(Number(process.env["STEPWRIGHT_FUZZ_REQUESTS"] ?? 500));
    const wrong: string[] = [];
    for (const bytes of requests) {
      const { status, text } = await raw(bytes);
      const isRefusal = status >= 400 && status < 500 && /"__type":"\w+","message":/.test(text);
      if (!isRefusal) wrong.push(`${JSON.stringify(bytes.toString("latin1").slice(0, 300))} => ${text}`);
    }
    expect(wrong).toEqual([]);
    expect(bugs).toEqual([]);
    expect((await raw(httpRequest({}, "{}"))).status).toBe(200);
  });
});

const pieces = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ":",
  ",",
  "null",
  "-1e999",
  String.raw`\ud800`,
  "\0",
  "é",
  '{"maxResults":"x"}',
];

/** What names a thing, by operation; and all else that these operations want. */
const named = [
  ["DescribeStateMachine", "stateMachineArn"],
  ["StartExecution", "stateMachineArn"],
  ["DescribeExecution", "executionArn"],
  ["StopExecution", "executionArn"],
  ["GetExecutionHistory", "executionArn"],
  ["RedriveExecution", "executionArn"],
  ["DescribeMapRun", "mapRunArn"],
  ["TagResource", "resourceArn"],
  ["DeleteStateMachineVersion", "stateMachineVersionArn"],
  ["DescribeStateMachineAlias", "stateMachineAliasArn"],
  ["SendTaskSuccess", "taskToken"],
  ["SendTaskFailure", "taskToken"],
  ["SendTaskHeartbeat", "taskToken"],
] as const;
const others = { tags: [], output: "{}" };
const oddCharacters = [
  "\0",
  "\n",
  "\uD800",
  "é",
  "💥",
  ":",
  ".",
  "/",
  "#",
  " ",
  "%00",
  "..",
  "__proto__",
  "execution:",
  "a",
  '"',
];

/** The same each time. Each is wrong in at least one way. */
function* malformedRequests(count: number): Generator<Buffer> {
  let state = 42;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
  const garbage = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random(256)));
  const oddText = (length: number): string =>
    Array.from({ length }, () => oddCharacters[random(oddCharacters.length)]).join("");
  const kinds: readonly (() => Buffer)[] = [
    () => Buffer.concat([Buffer.from([1]), garbage(1 + random(200)), Buffer.from("\r\n\r\n")]),
    () => httpRequest({}, `{"maxResults":${pieces[random(pieces.length)]}${pieces[random(pieces.length)]}!`),
    () => httpRequest({}, Buffer.concat([Buffer.from([0xff]), garbage(random(100))])),
    () => httpRequest({ "X-Amz-Target": `AWSStepFunctions.${"x".repeat(1 + random(50))}` }, "{}"),
    () => httpRequest({ "X-Amz-Target": ["__proto__", "", "a b", "AWSStepFunctions.toString"][random(4)]! }, "{}"),
    () => httpRequest({ "Content-Type": ["text/plain", "application/json", "", ";"][random(4)]! }, "{}"),
    () => httpRequest({}, `{"maxResults":${random(2) === 0 ? "-" : ""}${1001 + random(100_000)}}`.replace(":-", ":-1")),
    () =>
      httpRequest(
        {},
        ["[]", "1", '"x"', "true", "[".repeat(5000), '{"nextToken":{}}', '{"nextToken":"e30"}'][random(7)]!,
      ),
    () =>
      httpRequest(
        { "X-Amz-Target": "AWSStepFunctions.StartExecution" },
        '{"stateMachineArn":"arn:aws:states:::","input":"{}"}',
      ),
    () =>
      httpRequest(
        { "X-Amz-Target": "AWSStepFunctions.CreateStateMachine" },
        '{"name":"a","definition":"{\\"States\\":{}}","roleArn":"arn:aws:iam::1:role/r"}',
      ),
    () => Buffer.from(`GET /${"../".repeat(random(5))}etc HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
    () => Buffer.from(`POST / HTTP/9.${random(10)}\r\n\r\n`),
    () => httpRequest({ "Transfer-Encoding": "chunked" }, "zz\r\n"),
    () => {
      const [operation, member] = named[random(named.length)]!;
      const text = `${random(2) === 0 ? "arn:aws:states:us-east-1:123456789012:" : ""}${oddText(1 + random(40))}`;
      const request = { ...others, [member]: text };
      return httpRequest({ "X-Amz-Target": `AWSStepFunctions.${operation}` }, JSON.stringify(request));
    },
  ];
  for (let index = 0; index < count; index += 1) yield kinds[index % kinds.length]!();
}
