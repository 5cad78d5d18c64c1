import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";

const handler = `
export const handler = async ({ name }: { name: string }) => {
  if (name === "Nobody") throw Object.assign(new Error("no such guest"), { name: "GuestUnknown" });
  return { greeting: \`Hello, \${name}\` };
};
`;

const project = () => projectFolder({ ...greetingProject, "src/handlers/greet-guest/handler.ts": handler });

test("a machine runs by its name with its handlers", async () => {
  await using folder = await project();
  const { exitCode, out, err } = await stepwright(["run", "Greeting", "--input", `{"name":"Ada"}`], {
    cwd: folder.dir,
  });
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual({ greeting: "Hello, Ada" });
  expect(err).toMatch(/→ Greet\n.*✓ Greet\n/);
  expect(err).toMatch(/SUCCEEDED in .* 2 states entered, 1 tasks invoked, 0 retries\n$/);
});

test("a generated file runs with the handlers of the manifest beside it", async () => {
  await using folder = await project();
  const cwd = folder.dir;
  await stepwright(["generate"], { cwd });
  await folder.write("input.json", `{ "name": "Grace" }`);
  const { out } = await stepwright(["run", "generated/greeting.asl.json", "--input", "input.json"], { cwd });
  expect(JSON.parse(out)).toEqual({ greeting: "Hello, Grace" });
});

test("a failed execution says which line wrote the state", async () => {
  await using folder = await project();
  const { exitCode, out, err } = await stepwright(["run", "Greeting", "--input", `{"name":"Nobody"}`], {
    cwd: folder.dir,
  });
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(err).toContain("FAILED GuestUnknown: ");
  expect(err).toContain("  Greet is written at src/greeting.machine.ts:6:4\n");
});

test("so does one whose state fails before it does anything", async () => {
  await using folder = await projectFolder({
    "stepwright.config.ts": `export default { machines: ["src/each.machine.ts"] };`,
    "src/each.machine.ts": `import { machine, plain } from "@stepwright/dsl";
export default machine("Each", { input: plain<{ names: string[] }>() })
  .map("Names", { items: (s) => s.input.names }, (name) => name.pass("Keep"));
`,
  });
  const { exitCode, err } = await stepwright(["run", "Each"], { cwd: folder.dir });
  expect(exitCode).toBe(1);
  expect(err).toContain("FAILED States.Runtime: ");
  expect(err).toContain("  Names is written at src/each.machine.ts:3:4\n");
});

const waiting = `{ "StartAt": "Wait", "States": { "Wait": { "Type": "Wait", "Seconds": 86400, "End": true } } }`;

test("mocks answer the states that they name, one reply after the other", async () => {
  await using folder = await project();
  const mocks = { Greet: [{ error: "GuestUnknown" }, { output: { greeting: "Hi" } }] };
  await folder.write("mocks.json", JSON.stringify(mocks));
  const run = (...args: readonly string[]) => stepwright(["run", "Greeting", ...args], { cwd: folder.dir });
  const input = ["--input", `{"name":"Ada"}`];
  expect((await run("--mocks", "mocks.json", ...input)).err).toContain("FAILED GuestUnknown");
  const inline = await run("--mocks", JSON.stringify({ Greet: mocks.Greet[1] }), ...input);
  expect(JSON.parse(inline.out)).toEqual({ greeting: "Hi" });
});

test.each([
  ["a list", "[]", "--mocks: found a list; wanted an object: "],
  ["a state that is not there", `{"Gret":{"output":1}}`, "--mocks: there is no Task state Gret; there are Greet"],
  ["a reply that is none", `{"Greet":{"Return":1}}`, `--mocks: Greet has the reply {"Return":1}; wanted one like `],
])("mocks with %s are refused", async (_, mocks, message) => {
  await using folder = await project();
  const { exitCode, err } = await stepwright(["run", "Greeting", "--mocks", mocks], { cwd: folder.dir });
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});

test("virtual time skips a day, and the history can be kept", async () => {
  await using folder = await projectFolder({ "wait.json": waiting });
  const args = ["run", "wait.json", "--time", "virtual", "--events", "--history", "history.json"];
  const { exitCode, err } = await stepwright(args, { cwd: folder.dir });
  expect(exitCode).toBe(0);
  expect(err).toContain("86400.000 s     3  WaitStateExited  Wait\n");
  const { events } = JSON.parse(await folder.read("history.json")) as { events: { type: string }[] };
  expect(events.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "WaitStateEntered",
    "WaitStateExited",
    "ExecutionSucceeded",
  ]);
});

test("a Distributed Map reads its items from a folder that stands for S3", async () => {
  const reader = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSONL" },
    Parameters: { Bucket: "data", Key: "items.jsonl" },
  };
  const processor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "Keep",
    States: { Keep: { Type: "Pass", End: true } },
  };
  const map = { Type: "Map", ItemReader: reader, ItemProcessor: processor, End: true };
  await using folder = await projectFolder({
    "map.json": JSON.stringify({ StartAt: "Each", States: { Each: map } }),
    "s3/data/items.jsonl": "1\n2\n",
  });
  const { exitCode, out } = await stepwright(["run", "map.json", "--objects", "s3"], { cwd: folder.dir });
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual([1, 2]);
});

test("the exit code says how the execution ended", async () => {
  await using folder = await projectFolder({
    "wait.json": waiting,
    "late.json": waiting.replace("{", `{ "TimeoutSeconds": 5,`),
  });
  const cwd = folder.dir;
  expect((await stepwright(["run", "late.json", "--time", "virtual"], { cwd })).exitCode).toBe(3);
  const stop = new AbortController();
  stop.abort();
  expect((await stepwright(["run", "wait.json"], { cwd, signal: stop.signal })).exitCode).toBe(4);
});

test("--json prints one document and no progress", async () => {
  await using folder = await projectFolder({ "wait.json": waiting });
  const { out, err } = await stepwright(["run", "wait.json", "--time", "virtual", "--json"], { cwd: folder.dir });
  expect(err).toBe("");
  expect(JSON.parse(out)).toMatchObject({ status: "SUCCEEDED", output: {}, statistics: { statesEntered: 1 } });
});

test("a definition with errors is not run", async () => {
  await using folder = await projectFolder({ "bad.json": `{ "StartAt": "A", "States": {} }` });
  const { exitCode, err } = await stepwright(["run", "bad.json"], { cwd: folder.dir });
  expect(exitCode).toBe(1);
  expect(err).toContain("Nothing was run, because the definition has errors.\n");
});

test.each([
  ["an input that is not JSON", ["wait.json", "--input", "{"], "Cannot read the input: "],
  [
    "an input file that is not there",
    ["wait.json", "--input", "no.json"],
    "Cannot read the input no.json: there is no such file",
  ],
  ["a file that is not there", ["no.asl.json"], "Cannot read the definition no.asl.json: there is no such file"],
  [
    "a machine that is not there",
    ["Nobody"],
    "Found no machine Nobody in stepwright.config.ts; wanted one of Greeting, or a file",
  ],
  ["a task that nobody answers", ["task.json"], `State "A" needs an answer for arn:`],
  ["a task that nobody answers", ["task.json"], `or --mocks '{"A":{"output":{}}}'`],
])("%s is refused", async (_, args, message) => {
  await using folder = await projectFolder({
    ...greetingProject,
    "wait.json": waiting,
    "task.json": `{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "\${SomeFunctionArn}", "End": true } } }`,
  });
  const { exitCode, err } = await stepwright(["run", ...args], { cwd: folder.dir });
  expect(err).toContain("error: ");
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

describe("tasks from outside", () => {
  const program = `
let text = "";
process.stdin.on("data", (chunk) => (text += chunk));
process.stdin.on("end", () => {
  const { name } = JSON.parse(text);
  process.stdout.write(JSON.stringify({ greeting: \`\${process.env.WORD}, \${name}\` }));
});
`;
  const configured = (tasks: string) => ({
    ...greetingProject,
    "greet.cjs": program,
    "stepwright.config.ts": greetingProject["stepwright.config.ts"]!.replace(
      "machines:",
      `serve: { tasks: ${tasks}, environment: { WORD: "Moin" } }, machines:`,
    ),
  });
  const input = ["--input", `{"name":"Ada"}`];

  test("a program does what the configuration gives it", async () => {
    const node = JSON.stringify(process.execPath);
    await using folder = await projectFolder(configured(`{ GreetGuest: { command: [${node}, "greet.cjs"] } }`));
    const { out } = await stepwright(["run", "Greeting", ...input], { cwd: folder.dir });
    expect(JSON.parse(out)).toEqual({ greeting: "Moin, Ada" });
  });

  test("so does an endpoint", async () => {
    const server = createServer((_request, response) => void response.end(`{"greeting":"Salve"}`));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using folder = await projectFolder(configured(`{ GreetGuest: { url: "${url}" } }`));
    const { out } = await stepwright(["run", "Greeting", ...input], { cwd: folder.dir });
    server.close();
    expect(JSON.parse(out)).toEqual({ greeting: "Salve" });
  });
});

describe("test cases", () => {
  const mockConfig = JSON.stringify({
    StateMachines: { Greeting: { TestCases: { Happy: { Greet: "Hello" }, Sad: { Greet: "Unknown" } } } },
    MockedResponses: {
      Hello: { 0: { Return: { StatusCode: 200, Payload: { greeting: "Hi" } } } },
      Unknown: { "0-5": { Throw: { Error: "GuestUnknown", Cause: "no such guest" } } },
    },
  });
  const run = async (...args: readonly string[]) => {
    await using folder = await projectFolder({ ...greetingProject, "MockConfigFile.json": mockConfig });
    return await stepwright(["run", ...args], { cwd: folder.dir });
  };

  test("of Step Functions Local's mock file answer the tasks", async () => {
    const happy = await run("Greeting#Happy", "--mocks", "MockConfigFile.json");
    expect(JSON.parse(happy.out)).toEqual({ greeting: "Hi" });
    const sad = await run("Greeting#Sad", "--mocks", "MockConfigFile.json");
    expect(sad).toMatchObject({ exitCode: 1, err: expect.stringContaining("FAILED GuestUnknown") as string });
  });

  test.each([
    [["Greeting#Other", "--mocks", "MockConfigFile.json"], "wanted one of Greeting#Happy, Greeting#Sad"],
    [["Greeting", "--mocks", "MockConfigFile.json"], "wanted a test case: Greeting#TestCase"],
    [["Greeting#Happy"], "no --mocks; wanted the file that has it"],
  ])("%j says what is wrong", async (args, message) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
