import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { StepFunctionsService } from "../api/service.ts";
import { memoryObjects } from "../map-run/memory-objects.ts";
import type { ObjectStore } from "../map-run/object-store.ts";
import type { TaskInvoker } from "../tasks/task-invoker.ts";
import { sqliteJournal } from "./sqlite-journal.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "stepwright-journal-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const role = "arn:aws:iam::123456789012:role/local";

function open(tasks: TaskInvoker, name = "journal.db", objects: ObjectStore = memoryObjects({})): StepFunctionsService {
  return new StepFunctionsService({ tasks, journal: sqliteJournal(join(folder, name)), activityPollMs: 50, objects });
}

async function create(service: StepFunctionsService, name: string, states: object): Promise<string> {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
  const { stateMachineArn } = await service.call("CreateStateMachine", { name, definition, roleArn: role });
  return stateMachineArn as string;
}

async function start(service: StepFunctionsService, stateMachineArn: string, input: unknown = {}): Promise<string> {
  const { executionArn } = await service.call("StartExecution", { stateMachineArn, input: JSON.stringify(input) });
  return executionArn as string;
}

async function settled(service: StepFunctionsService, executionArn: string) {
  for (let turn = 0; turn < 2000; turn += 1) {
    const described = await service.call("DescribeExecution", { executionArn });
    if (described["status"] !== "RUNNING") return described;
    await delay(2);
  }
  throw new Error(`${executionArn} does not end`);
}

const never: TaskInvoker = { invoke: () => new Promise(() => {}) };

const task = (name: string) => ({ Type: "Task", Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}` });

describe("after the process has ended", () => {
  test("machines, versions, aliases, tags and activities are as they were", async () => {
    const before = open(never);
    const stateMachineArn = await create(before, "Kept", { Done: { Type: "Succeed" } });
    await before.call("TagResource", { resourceArn: stateMachineArn, tags: [{ key: "team", value: "risk" }] });
    const { revisionId } = await before.call("UpdateStateMachine", { stateMachineArn, roleArn: `${role}2` });
    const version = await before.call("PublishStateMachineVersion", { stateMachineArn });
    const { stateMachineVersionArn } = version as { stateMachineVersionArn: string };
    await before.call("CreateStateMachineAlias", {
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
    });
    await before.call("CreateActivity", { name: "by-hand" });
    const asked = ["DescribeStateMachine", "ListStateMachineVersions", "ListStateMachineAliases"] as const;
    const answers = await Promise.all(asked.map((operation) => before.call(operation, { stateMachineArn })));
    before.close();

    const after = open(never);
    expect(await Promise.all(asked.map((operation) => after.call(operation, { stateMachineArn })))).toEqual(answers);
    expect(answers[0]).toMatchObject({ revisionId });
    expect(await after.call("ListTagsForResource", { resourceArn: stateMachineArn })).toEqual({
      tags: [{ key: "team", value: "risk" }],
    });
    expect((await after.call("ListActivities", {}))["activities"]).toHaveLength(1);
    after.close();
  });

  test("a recorded reply is never asked for again, a task in flight is", async () => {
    const asked: string[] = [];
    const answering = (names: readonly string[]): TaskInvoker => ({
      invoke({ stateName }) {
        asked.push(stateName);
        return names.includes(stateName) ? { status: "succeeded", output: { by: stateName } } : new Promise(() => {});
      },
    });
    const before = open(answering(["First"]));
    const arn = await create(before, "Two", {
      First: { ...task("First"), Next: "Second" },
      Second: { ...task("Second"), End: true },
    });
    const executionArn = await start(before, arn);
    await expect.poll(() => asked).toEqual(["First", "Second"]);
    before.close();

    const after = open(answering(["First", "Second"]));
    expect(await settled(after, executionArn)).toMatchObject({ status: "SUCCEEDED", output: '{"by":"Second"}' });
    expect(asked).toEqual(["First", "Second", "Second"]);
    after.close();
  });

  test("a token given out before is answered after", async () => {
    let taskToken = "";
    const before = open({
      invoke(request) {
        taskToken = request.taskToken!;
        return { status: "submitted", output: {} };
      },
    });
    const arn = await create(before, "Callback", {
      Ask: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" },
        End: true,
      },
    });
    const executionArn = await start(before, arn);
    await expect.poll(() => taskToken).not.toBe("");
    before.close();

    const after = open(never);
    await after.call("SendTaskSuccess", { taskToken, output: '"yes"' });
    expect(await settled(after, executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"yes"' });
    const again = after.call("SendTaskSuccess", { taskToken, output: '"yes"' });
    await expect(again).rejects.toMatchObject({ name: "TaskTimedOut" });
    const forged = after.call("SendTaskSuccess", { taskToken: `${taskToken}x`, output: "1" });
    await expect(forged).rejects.toMatchObject({ name: "InvalidToken" });
    after.close();
  });

  test("a parent finds the child again that it waits for", async () => {
    const before = open(never);
    const child = await create(before, "Child", { Do: { ...task("Do"), End: true } });
    const arn = await create(before, "Parent", {
      Start: {
        Type: "Task",
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Parameters: { StateMachineArn: child, Input: {} },
        OutputPath: "$.Output",
        End: true,
      },
    });
    const executionArn = await start(before, arn);
    const children = async (service: StepFunctionsService) =>
      (await service.call("ListExecutions", { stateMachineArn: child }))["executions"];
    await expect.poll(() => children(before)).toHaveLength(1);
    before.close();

    const after = open({ invoke: () => ({ status: "succeeded", output: "done" }) });
    expect(await settled(after, executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"done"' });
    expect(await children(after)).toHaveLength(1);
    after.close();
  });

  test("random numbers and the history are the same; a wait goes on", async () => {
    const before = open(never);
    const arn = await create(before, "Random", {
      Draw: { Type: "Pass", QueryLanguage: "JSONata", Output: { id: "{% $uuid() %}" }, Next: "Pause" },
      Pause: { Type: "Wait", Seconds: 1, Next: "Again" },
      Again: { Type: "Pass", Parameters: { "first.$": "$.id", "second.$": "States.UUID()" }, End: true },
    });
    const executionArn = await start(before, arn);
    const history = async (service: StepFunctionsService) =>
      (await service.call("GetExecutionHistory", { executionArn }))["events"] as readonly unknown[];
    await expect.poll(async () => (await history(before)).length).toBe(4);
    const firstEvents = await history(before);
    before.close();

    const after = open(never);
    const { output, status } = await settled(after, executionArn);
    expect(status).toBe("SUCCEEDED");
    const events = await history(after);
    expect(events.slice(0, 4)).toEqual(firstEvents);
    after.close();

    // Of an execution that has ended, the history is found by telling it again.
    const later = open(never);
    expect(await history(later)).toEqual(events);
    expect(await later.call("DescribeExecution", { executionArn })).toMatchObject({ output, status });
    later.close();
  });

  test("results that were exported are not written again", async () => {
    const keys: string[] = [];
    const objects: ObjectStore = {
      ...memoryObjects({}),
      write(bucket, key) {
        keys.push(key.replace(/^.*\//, ""));
        return memoryObjects({}).write(bucket, key);
      },
    };
    let asked = 0;
    const before = open({ invoke: () => ((asked += 1), new Promise(() => {})) }, "journal.db", objects);
    const each = { StartAt: "Same", States: { Same: { Type: "Pass", End: true } } };
    const arn = await create(before, "Export", {
      Each: {
        Type: "Map",
        ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }, ...each },
        ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "out" } },
        Next: "Do",
      },
      Do: { ...task("Do"), End: true },
    });
    // More than are handed to the export at a time.
    const executionArn = await start(before, arn, Array(600).fill(0));
    await expect.poll(() => asked).toBe(1);
    before.close();
    expect(keys).toEqual(["SUCCEEDED_0.json", "manifest.json"]);

    const after = open({ invoke: async () => ({ status: "succeeded", output: 1 }) }, "journal.db", objects);
    await settled(after, executionArn);
    after.close();
    expect(keys).toHaveLength(2);
  });

  test("the file is readable, and holds a beginning of what was written, wherever it breaks off", async () => {
    const before = open({ invoke: () => ({ status: "succeeded", output: 1 }) });
    const arn = await create(before, "Cut", { Do: { ...task("Do"), End: true } });
    await settled(before, await start(before, arn));
    const file = join(folder, "journal.db");
    const log = `${file}-wal`;
    expect(existsSync(log)).toBe(true);
    const bytes = readFileSync(log).length;
    const whole = 4096 + 24;
    for (let cut = bytes; cut >= Math.max(0, bytes - 2 * whole); cut -= 61) {
      copyFileSync(file, join(folder, "cut.db"));
      copyFileSync(log, join(folder, "cut.db-wal"));
      rmSync(join(folder, "cut.db-shm"), { force: true });
      truncateSync(join(folder, "cut.db-wal"), cut);
      const after = open({ invoke: () => ({ status: "succeeded", output: 1 }) }, "cut.db");
      const { executions } = await after.call("ListExecutions", { stateMachineArn: arn });
      for (const { executionArn } of executions as readonly { readonly executionArn: string }[]) {
        expect(await settled(after, executionArn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
      }
      after.close();
    }
    before.close();
  });
});
