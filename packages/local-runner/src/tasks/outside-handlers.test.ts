/** Handlers that are not functions of this module: files, programs, endpoints. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonValue } from "@stepwright/asl";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import { httpHandler } from "./http-handler.ts";
import { moduleHandler } from "./module-handler.ts";
import { processHandler } from "./process-handler.ts";
import type { TaskHandler } from "./task-handlers.ts";

const work = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } as const;

const run = (Work: TaskHandler, input: JsonValue = {}, more: object = {}) =>
  runDefinition({ StartAt: "Work", States: { Work: { ...work, ...more } } }, { input, tasks: { Work } });

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwright-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a module file", () => {
  test.each([
    ["work.mjs", ""],
    ["work.ts", ": number"],
  ])("%s is read again when it has changed", async (name, type) => {
    const file = join(folder, name);
    const handler = moduleHandler(file);
    writeFileSync(file, `export const handler = ()${type} => 1;`);
    // A time between two milliseconds, as file systems have them.
    utimesSync(file, 1_795_469_769.4719846, 1_795_469_769.4719846);
    expect(await run(handler)).toMatchObject({ output: 1 });
    writeFileSync(file, `export const handler = ()${type} => 2;`);
    utimesSync(file, 1, 1);
    expect(await run(handler)).toMatchObject({ output: 2 });
  });

  test("without the function fails the task and says what is there", async () => {
    const file = join(folder, "work.mjs");
    writeFileSync(file, "export const other = 1;");
    const result = await run(moduleHandler(file));
    expect(result).toMatchObject({ status: "FAILED", error: "TypeError" });
    expect((result as { readonly cause: string }).cause).toContain("exports other; wanted a function `handler`");
  });
});

const script = (source: string) => processHandler(process.execPath, { args: ["-e", source] });

describe("a program", () => {
  test("reads the event and writes the result", async () => {
    const echo = `process.stdin.on("data", (d) => process.stdout.write(JSON.stringify({ got: JSON.parse(d) })))`;
    expect(await run(script(echo), { a: "é" })).toMatchObject({ output: { got: { a: "é" } } });
  });

  test("fails the task by its exit code; its last line may say more", async () => {
    const said = `console.error('noise'); console.error('{"errorType":"Bad","errorMessage":"why"}'); process.exitCode = 1`;
    expect(await run(script(said))).toMatchObject({ error: "Bad", cause: '{"errorType":"Bad","errorMessage":"why"}' });
    expect(await run(script("process.exitCode = 3"))).toMatchObject({ error: "Runtime.ExitError" });
  });

  test("that writes something else than JSON fails the task", async () => {
    expect(await run(script("console.log('hello')"))).toMatchObject({ error: "Runtime.UnmarshalError" });
  });

  test("is killed when nobody waits for it", async () => {
    const stop = new AbortController();
    const handler = script("setInterval(() => {}, 1000)");
    let killed: Promise<unknown> | undefined;
    const Work: TaskHandler = async (event, context) => {
      const result = handler(event, context) as Promise<unknown>;
      killed = result.catch((reason: unknown) => reason);
      stop.abort();
      return result;
    };
    const definition = { StartAt: "Work", States: { Work: work } };
    expect(await runDefinition(definition, { tasks: { Work }, signal: stop.signal })).toMatchObject({
      status: "ABORTED",
    });
    expect(await killed).toMatchObject({ name: "AbortError" });
  });
});

describe("an endpoint", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(listener: RequestListener): Promise<TaskHandler> {
    server = createServer(listener);
    const listening = Promise.withResolvers<void>();
    server.listen(0, "127.0.0.1", listening.resolve);
    await listening.promise;
    return httpHandler(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  test("is sent the event and answers the result", async () => {
    const handler = await serve((request, response) => request.pipe(response));
    expect(await run(handler, { a: 1 })).toMatchObject({ output: { a: 1 } });
  });

  test.each([
    [200, { "x-amz-function-error": "Unhandled" }, '{"errorType":"Bad"}', "Bad"],
    [500, {}, '{"errorType":"Worse"}', "Worse"],
    [503, {}, "busy", "Http.StatusCode.503"],
  ])("fails the task: status %i %j", async (status, headers, body, error) => {
    const handler = await serve((_request, response) => void response.writeHead(status, headers).end(body));
    expect(await run(handler)).toMatchObject({ status: "FAILED", error, cause: body });
  });
});
