import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../../codegen/test/project-folder.ts";
import { stepwright } from "../../test/captured-terminal.ts";
import { runProgram } from "../program.ts";

const handler = `export const handler = async ({ name }: { name: string }) => ({ greeting: \`Hello, \${name}\` });\n`;

const project = () => projectFolder({ ...greetingProject, "src/handlers/greet-guest/handler.ts": handler });

/** A service of the command's own, until it is stopped. */
async function serving(cwd: string, ...args: readonly string[]) {
  const stop = new AbortController();
  const { promise: listening, reject, resolve } = Promise.withResolvers<string>();
  let err = "";
  const exitCode = runProgram(["serve", "--port", "0", ...args], {
    cwd,
    env: {},
    signal: stop.signal,
    out: (text) => resolve(/http:\S+/.exec(text)?.[0] ?? text),
    err: (text) => void (err += text),
    readStandardInput: async () => "",
    readLine: async () => "",
    style: (_, text) => text,
  });
  void exitCode.then((code) => reject(new Error(`It ended with ${code}: ${err}`)));
  const url = await listening;
  return {
    async call(operation: string, request: object): Promise<Record<string, unknown>> {
      const response = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AWSStepFunctions.${operation}` },
        body: JSON.stringify(request),
      });
      return (await response.json()) as Record<string, unknown>;
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
  const first = await serving(folder.dir, "--events", "events.jsonl");
  const { executionArn } = await first.call("StartExecution", { stateMachineArn: greeting, input: '{"name":"Ada"}' });
  const ended = async () => (await first.call("DescribeExecution", { executionArn }))["status"];
  await expect.poll(ended, { timeout: 20_000 }).toBe("SUCCEEDED");
  expect(await first.end()).toBe(0);
  const lines = (await readFile(join(folder.dir, "events.jsonl"), "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { detail: { status: string } }).detail.status)).toEqual([
    "RUNNING",
    "SUCCEEDED",
  ]);

  const second = await serving(folder.dir);
  const described = await second.call("DescribeExecution", { executionArn });
  expect(described).toMatchObject({ status: "SUCCEEDED", output: '{"greeting":"Hello, Ada"}' });
  await second.end();
});

test("a port that is none is refused", async () => {
  const { err, exitCode } = await stepwright(["serve", "--memory", "--port", "none"]);
  expect(exitCode).toBe(2);
  expect(err).toContain('--port is "none"; wanted a whole number from 0 to 65535');
});
