import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";
import { runProgram } from "../program.ts";

const handler = `export const handler = async ({ name }: { name: string }) => ({ greeting: \`Hello, \${name}\` });\n`;

const project = () => projectFolder({ ...greetingProject, "src/handlers/greet-guest/handler.ts": handler });

/** A service of the command's own, until it is stopped. */
async function serving(cwd: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const stop = new AbortController();
  const { promise: listening, reject, resolve } = Promise.withResolvers<string>();
  let err = "";
  let banner = "";
  const exitCode = runProgram(["serve", "--port", "0", ...args], {
    cwd,
    env,
    signal: stop.signal,
    out(text) {
      banner += text;
      resolve(/http:\S+/.exec(text)?.[0] ?? text);
    },
    err: (text) => void (err += text),
    readStandardInput: async () => "",
    readLine: async () => "",
    style: (_, text) => text,
  });
  void exitCode.then((code) => reject(new Error(`It ended with ${code}: ${err}`)));
  const url = await listening;
  async function call(operation: string, request: object): Promise<Record<string, unknown>> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AWSStepFunctions.${operation}` },
      body: JSON.stringify(request),
    });
    return (await response.json()) as Record<string, unknown>;
  }
  return {
    banner,
    complaints: () => err,
    call,
    /** What DescribeExecution says of an execution of Greeting when it has ended. */
    async greet(suffix = ""): Promise<Record<string, unknown>> {
      const started = await call("StartExecution", { stateMachineArn: greeting + suffix, input: '{"name":"Ada"}' });
      const describeExecution = () => call("DescribeExecution", { executionArn: started["executionArn"] });
      await expect.poll(async () => (await describeExecution())["status"], { timeout: 20_000 }).not.toBe("RUNNING");
      return describeExecution();
    },
    async end() {
      stop.abort();
      return exitCode;
    },
  };
}

const greeting = "arn:aws:states:us-east-1:123456789012:stateMachine:Greeting";

test("the project's machines are served with their handlers, and outlive the command", async () => {
  await using folder = await project();
  const posted: string[] = [];
  const receiver = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => posted.push(chunk.toString()));
    request.on("end", () => response.end());
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const first = await serving(folder.dir, ["--events", "events.jsonl", webhook]);
  const { executionArn } = await first.greet();
  expect(await first.end()).toBe(0);
  const lines = (await readFile(join(folder.dir, "events.jsonl"), "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { detail: { status: string } }).detail.status)).toEqual([
    "RUNNING",
    "SUCCEEDED",
  ]);

  expect(posted).toEqual(lines);
  receiver.close();

  const second = await serving(folder.dir);
  const described = await second.call("DescribeExecution", { executionArn });
  expect(described).toMatchObject({ status: "SUCCEEDED", output: '{"greeting":"Hello, Ada"}' });
  await second.end();
});

test("a handler is read again when it, or what it imports, has changed", async () => {
  await using folder = await project();
  await folder.write("src/words.ts", `export const word: string = "Hello";\n`);
  const importing = `import { word } from "../../words.ts";\nexport const handler = async () => ({ greeting: word });\n`;
  const service = await serving(folder.dir, ["--memory"]);
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"Hello, Ada"}' });
  await folder.write("src/handlers/greet-guest/handler.ts", importing);
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"Hello"}' });
  await folder.write("src/words.ts", `export const word: string = "Good evening";\n`);
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"Good evening"}' });
  expect(service.complaints()).toContain("src/words.ts has changed: the handlers are read again\n");
  await folder.write("src/words.ts", `export const word: string = ;\n`);
  expect(await service.greet()).toMatchObject({ status: "FAILED", error: "SyntaxError" });
  await folder.write("src/words.ts", `export const word = process.exit(3);\n`);
  expect(await service.greet()).toMatchObject({ status: "FAILED", error: "Runtime.ExitError" });
  await folder.write("src/words.ts", `export const word: string = "At last";\n`);
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"At last"}' });
  await service.end();
});

const config = (serve: object) =>
  `export default { machines: ["src/greeting.machine.ts"], serve: ${JSON.stringify(serve)} };`;

test("handlers see the environment of the configuration, and not the rest", async () => {
  await using folder = await projectFolder({
    ...greetingProject,
    "src/handlers/greet-guest/handler.ts": `export const handler = () => ({ greeting: Object.keys(process.env).toSorted().join() });\n`,
    "stepwright.config.ts": config({ environment: { GREETING: "Hi", TOKEN: "env:MY_TOKEN", ABSENT: "env:NOT_SET" } }),
  });
  const env = { MY_TOKEN: "t", OTHER_SECRET: "s", HOME: folder.dir };
  const service = await serving(folder.dir, ["--memory"], env);
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"GREETING,HOME,TOKEN"}' });
  await service.end();
});

test("a program answers in the place of a handler", async () => {
  await using folder = await projectFolder({
    ...greetingProject,
    "greet.mjs": `process.stdout.write(JSON.stringify({ greeting: [process.env.GREETING, process.env.OTHER].join() }));\n`,
    "stepwright.config.ts": config({
      tasks: { GreetGuest: { command: [process.execPath, "greet.mjs"] } },
      environment: { GREETING: "Hi" },
    }),
  });
  const service = await serving(folder.dir, ["--memory"], { OTHER: "s" });
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"Hi,"}' });
  expect(service.banner).toContain(`GreetGuest  ${process.execPath} greet.mjs\n`);
  await service.end();
});

test("an endpoint answers in the place of a handler", async () => {
  const endpoint = createServer((request, response) => {
    request.on("data", (event: Buffer) => response.end(`{"greeting":${JSON.stringify(event.toString())}}`));
  }).listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/greet`;
  await using folder = await projectFolder({
    ...greetingProject,
    "stepwright.config.ts": config({ tasks: { GreetGuest: { url } } }),
  });
  const service = await serving(folder.dir, ["--memory"]);
  expect(await service.greet()).toMatchObject({ output: JSON.stringify({ greeting: '{"name":"Ada"}' }) });
  expect(service.banner).toContain(`GreetGuest  ${url}\n`);
  await service.end();
  endpoint.closeAllConnections();
  endpoint.close();
});

test("mocks answer the executions of their test case, in the form of Step Functions Local too", async () => {
  await using folder = await project();
  const own = { Greeting: { Rude: { Greet: { output: { greeting: "Go away" } } } } };
  await folder.write("mocks.json", JSON.stringify(own));
  const service = await serving(folder.dir, ["--memory", "--mocks", "mocks.json"]);
  expect(service.banner).toContain("Mocks\n  Greeting#Rude\n");
  expect(await service.greet("#Rude")).toMatchObject({ output: '{"greeting":"Go away"}' });
  expect(await service.greet()).toMatchObject({ output: '{"greeting":"Hello, Ada"}' });
  const refused = await service.call("StartExecution", { stateMachineArn: `${greeting}#Nope` });
  expect(refused).toMatchObject({
    __type: "InvalidArn",
    message: "The mock file has no test case Greeting#Nope; it has Greeting#Rude.",
  });
  const local = {
    StateMachines: { Greeting: { TestCases: { Absent: { Greet: "Unknown" } } } },
    MockedResponses: { Unknown: { "0": { Throw: { Error: "GuestUnknown", Cause: "who?" } } } },
  };
  await folder.write("mocks.json", JSON.stringify(local));
  expect(await service.greet("#Absent")).toMatchObject({ status: "FAILED", error: "GuestUnknown", cause: "who?" });
  await service.end();

  const named = await serving(folder.dir, ["--memory"], { SFN_MOCK_CONFIG: join(folder.dir, "mocks.json") });
  expect(named.banner).toContain("Greeting#Absent");
  await named.end();
});

test("machines stand there as the configuration has them, filled, and are not updated without a change", async () => {
  const deploy = { machines: { Greeting: { tags: { team: "guests" } } } };
  const infrastructure = { formats: [], machines: { Greeting: { logLevel: "ERROR", tracing: true } } };
  await using folder = await projectFolder({
    ...greetingProject,
    "src/handlers/greet-guest/handler.ts": handler,
    "stepwright.config.ts": `export default ${JSON.stringify({ machines: ["src/greeting.machine.ts"], deploy, infrastructure })};`,
  });
  const first = await serving(folder.dir);
  const described = await first.call("DescribeStateMachine", { stateMachineArn: greeting });
  expect(JSON.parse(described["definition"] as string)).toMatchObject({
    States: { Greet: { Resource: "arn:aws:lambda:us-east-1:123456789012:function:GreetGuest" } },
  });
  expect(described).toMatchObject({
    loggingConfiguration: { level: "ERROR" },
    tracingConfiguration: { enabled: true },
  });
  const { tags } = await first.call("ListTagsForResource", { resourceArn: greeting });
  expect(tags).toEqual([{ key: "team", value: "guests" }]);
  await first.end();
  const second = await serving(folder.dir);
  const again = await second.call("DescribeStateMachine", { stateMachineArn: greeting });
  expect(again["revisionId"]).toBe(described["revisionId"]);
  await second.end();
});

test("a port that is none is refused", async () => {
  const { err, exitCode } = await stepwright(["serve", "--memory", "--port", "none"]);
  expect(exitCode).toBe(2);
  expect(err).toContain('--port is "none"; wanted a whole number from 0 to 65535');
});

test("a port that is taken and mocks that are not there are refused", async () => {
  await using folder = await projectFolder({});
  const cwd = folder.dir;
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const taken = await stepwright(["serve", "--memory", "--port", String(port)], { cwd });
  server.close();
  const message = `error: Cannot listen on 127.0.0.1:${port}: somebody listens there already; --port 0 takes any free port\n`;
  expect(taken).toMatchObject({ exitCode: 2, err: message });
  const mocks = await stepwright(["serve", "--memory", "--port", "0", "--mocks", "none.json"], { cwd });
  expect(mocks.exitCode).toBe(2);
  expect(mocks.err).toMatch(/^error: Cannot read the mocks .*none\.json: there is no such file\n$/);
});
