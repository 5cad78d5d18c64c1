import type { JsonObject, JsonValue } from "@stepwright/asl";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ServiceHarness, bad, itemOf, never, task, works } from "../../test/service-harness.ts";
import { memoryObjects } from "../map-run/memory-objects.ts";
import type { ObjectStore } from "../map-run/object-store.ts";
import { logRecordOf } from "./log-record.ts";
import type { ServiceOptions } from "./service.ts";

let harness: ServiceHarness;
beforeEach(() => void (harness = new ServiceHarness()));
afterEach(() => harness.close());

const distributed = (fields: object = {}, type = "STANDARD", state: object = task) => ({
  StartAt: "Run",
  States: {
    Run: {
      Type: "Map",
      Label: "Items",
      MaxConcurrency: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type },
        StartAt: "Work",
        States: { Work: state },
      },
      ...fields,
      End: true,
    },
  },
});

/** Gives so many bytes of each object, and then nothing any more. */
function breakingOff(objects: ObjectStore, bytes: number): ObjectStore {
  return {
    ...objects,
    async read(bucket, key) {
      const whole = await objects.read(bucket, key);
      return (async function* part() {
        for await (const chunk of whole ?? []) yield chunk.subarray(0, bytes);
        await never();
      })();
    },
  };
}

describe("Map Runs", () => {
  test("their children are listed, described and read; before and after a redrive, and a restart", async () => {
    harness.openJournal();
    harness.answer = (request) => (itemOf(request) === 2 ? bad : works(request));
    const executionArn = await harness.start(await harness.machine(distributed()), [1, 2, 3]);
    await harness.ended(executionArn);
    const mapRunArn = await harness.mapRun(executionArn);
    const [failed, succeeded] = await harness.children(mapRunArn);
    expect(failed).toMatchObject({ status: "FAILED", mapRunArn, itemCount: 1, redriveCount: 0 });
    expect(succeeded).toMatchObject({
      status: "SUCCEEDED",
      stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M/Items",
    });
    const childArn = failed!["executionArn"] as string;
    const describeChild = () => harness.describe(childArn);
    expect(await describeChild()).toMatchObject({
      status: "FAILED",
      error: "Bad",
      input: "2",
      mapRunArn,
      redriveCount: 0,
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
    expect(await harness.call("DescribeStateMachineForExecution", { executionArn: childArn })).toMatchObject({
      name: "M",
      label: "Items",
      mapRunArn,
      definition: JSON.stringify({ StartAt: "Work", States: { Work: task } }),
    });
    await expect(harness.redrive(childArn)).rejects.toMatchObject({ name: "ValidationException" });
    harness.openJournal();
    harness.answer = works;
    expect(await describeChild()).toMatchObject({ status: "FAILED", error: "Bad" });
    await harness.redrive(executionArn);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "[1,2,3]" });
    expect(await harness.call("DescribeMapRun", { mapRunArn })).toMatchObject({
      status: "SUCCEEDED",
      redriveCount: 1,
      itemCounts: { total: 3, succeeded: 3, pendingRedrive: 0, failuresNotRedrivable: 0, resultsWritten: 3 },
    });
    expect((await harness.children(mapRunArn)).map(({ redriveCount }) => redriveCount)).toEqual([0, 1, 0]);
    expect(await harness.children(mapRunArn, { redriveFilter: "REDRIVEN" })).toMatchObject([
      { executionArn: childArn },
    ]);
    expect((await harness.history(childArn)).map(({ type }) => type)).toContain("ExecutionRedriven");
    harness.openJournal();
    expect(await harness.mapRun(executionArn)).toBe(mapRunArn);
    expect(await describeChild()).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(await harness.children(mapRunArn, { statusFilter: "SUCCEEDED", maxResults: 2 })).toHaveLength(2);
  });

  test("their machine is described by its label; it cannot be started, changed or deleted", async () => {
    harness.open();
    harness.answer = works;
    const stateMachineArn = await harness.machine(distributed());
    const labelled = { stateMachineArn: `${stateMachineArn}/Items` };
    const processor = JSON.stringify({ StartAt: "Work", States: { Work: task } });
    expect(await harness.call("DescribeStateMachine", labelled)).toMatchObject({
      ...labelled,
      name: "M",
      label: "Items",
      definition: processor,
    });
    const another = harness.call("DescribeStateMachine", { stateMachineArn: `${stateMachineArn}/Others` });
    await expect(another).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
    for (const operation of [
      "StartExecution",
      "StartSyncExecution",
      "UpdateStateMachine",
      "PublishStateMachineVersion",
      "DeleteStateMachine",
    ]) {
      await expect(harness.call(operation, labelled)).rejects.toMatchObject({
        name: "ValidationException",
        message: "Labeled State Machine ARNs are not supported for this API",
        members: { reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS" },
      });
    }
    expect(await harness.call("DescribeStateMachine", { stateMachineArn })).not.toHaveProperty("label");
  });

  test("a label that was made for them leads to their machine too", async () => {
    harness.open();
    harness.answer = works;
    const executionArn = await harness.start(await harness.machine(distributed({ Label: undefined })), [1]);
    await harness.ended(executionArn);
    const [child] = await harness.children(await harness.mapRun(executionArn));
    const stateMachineArn = child!["stateMachineArn"] as string;
    expect(await harness.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({
      definition: JSON.stringify({ StartAt: "Work", States: { Work: task } }),
      label: stateMachineArn.slice(stateMachineArn.indexOf("/") + 1),
    });
  });

  test("their children's events are logged as their machine's are: each once, restarts or not", async () => {
    const logs: JsonObject[] = [];
    const onEvent: ServiceOptions["onEvent"] = (owner, event) => {
      const log = logRecordOf(owner, event);
      if (log !== undefined) logs.push(log);
    };
    const logGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:/states/m:*";
    const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
    const loggingConfiguration = { level: "ALL", includeExecutionData: true, destinations };
    harness.answer = (request) => (itemOf(request) === 2 ? never() : works(request));
    harness.openJournal({ onEvent });
    const executionArn = await harness.start(
      await harness.machine(distributed({}, "EXPRESS"), { loggingConfiguration }),
      [1, 2],
    );
    await expect.poll(() => harness.asked).toEqual([1, 2]);
    harness.answer = works;
    harness.openJournal({ onEvent });
    await harness.ended(executionArn);
    const children = await harness.children(await harness.mapRun(executionArn));
    const child = [
      "ExecutionStarted",
      "TaskStateEntered",
      "LambdaFunctionScheduled",
      "LambdaFunctionStarted",
      "LambdaFunctionSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ];
    const typesOf = (arn: JsonValue) => logs.filter((log) => log["execution_arn"] === arn).map(({ type }) => type);
    expect(children.map((each) => typesOf(each["executionArn"]!))).toEqual([child, child]);
    expect(logs.find((log) => log["execution_arn"] === children[1]!["executionArn"])).toMatchObject({
      id: "1",
      details: { input: "1" },
      redrive_count: "0",
    });
    const ofParent = (await harness.history(executionArn)).map(({ type }) => type);
    expect(typesOf(executionArn)).toEqual(ofParent);
  });

  test("an Express child is described, and its history is not to be had", async () => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(distributed({}, "EXPRESS")), [1]);
    await harness.ended(executionArn);
    const [child] = await harness.children(await harness.mapRun(executionArn));
    const childArn = child!["executionArn"] as string;
    expect(childArn).toContain(":express:M/Items:");
    expect(await harness.describe(childArn)).toMatchObject({
      name: childArn.split(":").slice(-2).join(":"),
      redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    });
    await expect(harness.history(childArn)).rejects.toThrow("Resource type not valid in this context: express");
    harness.answer = works;
    await harness.redrive(executionArn);
    await harness.ended(executionArn);
    const again = await harness.describe(childArn);
    expect(again).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(again).not.toHaveProperty("redriveDate");
  });

  test("wait for their turn after a redrive", async () => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(distributed({ ToleratedFailureCount: 1 })), [1, 2]);
    await harness.ended(executionArn);
    const mapRunArn = await harness.mapRun(executionArn);
    harness.answer = never;
    await harness.redrive(executionArn);
    expect((await harness.children(mapRunArn)).map(({ status }) => status)).toEqual(["PENDING_REDRIVE", "RUNNING"]);
    expect(await harness.call("DescribeMapRun", { mapRunArn })).toMatchObject({
      status: "RUNNING",
      executionCounts: { pendingRedrive: 1, running: 1, failed: 0 },
    });
  });

  test("take new limits while they run, and a child can be stopped alone", async () => {
    harness.open();
    harness.answer = never;
    const executionArn = await harness.start(await harness.machine(distributed()), [1, 2, 3]);
    const mapRunArn = await harness.mapRun(executionArn);
    await expect.poll(() => harness.asked).toEqual([1]);
    await harness.call("UpdateMapRun", { mapRunArn, maxConcurrency: 2, toleratedFailurePercentage: 50 });
    expect(harness.asked).toEqual([1, 2]);
    expect(await harness.call("DescribeMapRun", { mapRunArn })).toMatchObject({
      maxConcurrency: 2,
      toleratedFailurePercentage: 50,
      itemCounts: { running: 2, pending: 1 },
    });
    const running = await harness.children(mapRunArn, { statusFilter: "RUNNING" });
    const childArn = running.at(-1)!["executionArn"] as string;
    const { stopDate } = await harness.call("StopExecution", { executionArn: childArn, error: "Mine" });
    expect(await harness.describe(childArn)).toMatchObject({
      status: "ABORTED",
      error: "Mine",
      stopDate,
    });
    expect(harness.asked).toEqual([1, 2, 3]);
    await harness.call("StopExecution", { executionArn });
    await expect(harness.call("UpdateMapRun", { mapRunArn, maxConcurrency: 1 })).rejects.toMatchObject({
      members: { reason: "CANNOT_UPDATE_COMPLETED_MAP_RUN" },
    });
  });

  test("a filter for redrives is for children only", async () => {
    harness.open();
    const stateMachineArn = await harness.machine({ StartAt: "Work", States: { Work: task } });
    await expect(harness.call("ListExecutions", { stateMachineArn, redriveFilter: "REDRIVEN" })).rejects.toThrow(
      "RedriveFilter cannot be applied to ListExecutions call with StateMachine ARN",
    );
  });

  test("their children's task tokens cannot be guessed, and are forgotten when answered", async () => {
    const tokens: string[] = [];
    harness.answer = ({ taskToken }) => {
      tokens.push(taskToken!);
      return { status: "submitted", output: {} };
    };
    harness.open();
    const ask = {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { item: 1 },
      End: true,
    };
    const executionArn = await harness.start(await harness.machine(distributed({}, "STANDARD", ask)), [1]);
    await expect.poll(() => tokens).toHaveLength(1);
    const [taskToken = ""] = tokens;
    const [plain = "", signature = ""] = taskToken.split(".");
    expect(Buffer.from(signature, "base64url")).toHaveLength(32);
    for (const guess of [plain, `${plain}.`, `${plain}.${signature.slice(1)}`]) {
      const sent = harness.call("SendTaskSuccess", { taskToken: guess, output: "0" });
      await expect(sent).rejects.toMatchObject({ name: "InvalidToken" });
    }
    await harness.call("SendTaskSuccess", { taskToken, output: "42" });
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "[42]" });
    const again = harness.call("SendTaskSuccess", { taskToken, output: "43" });
    await expect(again).rejects.toMatchObject({ name: "TaskTimedOut" });
  });

  test("go on reading where the process ended, without an item twice or left out", async () => {
    const total = 2500;
    const lines = Array.from({ length: total }, (_, n) => n).join("\n");
    const objects = memoryObjects({ in: { k: lines } });
    const reader = {
      MaxConcurrency: 0,
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSONL" },
        Parameters: { Bucket: "in", Key: "k" },
      },
      ItemBatcher: { MaxItemsPerBatch: 100 },
    };
    const done: number[] = [];
    harness.answer = ({ input }) => {
      done.push(...(((input as JsonObject)["item"] as JsonObject)["Items"] as readonly number[]));
      return { status: "succeeded", output: null };
    };
    // Nothing has been read when the first process ends, and half of it when the second does.
    harness.openJournal({ objects: breakingOff(objects, 0) });
    const executionArn = await harness.start(await harness.machine(distributed(reader)));
    harness.openJournal({ objects: breakingOff(objects, lines.indexOf("\n1500\n")) });
    await expect.poll(() => done.length, { interval: 1 }).toBe(1000);
    harness.openJournal({ objects });
    await harness.ended(executionArn);
    expect(done.toSorted((left, right) => left - right)).toEqual(Array.from({ length: total }, (_, n) => n));
    const { itemCounts } = await harness.call("DescribeMapRun", { mapRunArn: await harness.mapRun(executionArn) });
    expect(itemCounts).toMatchObject({ total, succeeded: total, pending: 0 });
  });
});
