import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  DescribeExecutionCommand,
  ExecutionNotRedrivable,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import type { JsonObject } from "@stepwright/asl";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ServiceHarness, never, task, works } from "../../test/service-harness.ts";
import { createHttpDoor } from "../http/http-door.ts";
import type { TaskReply } from "../tasks/task-invoker.ts";
import { statusEventOf } from "./status-event.ts";

let harness: ServiceHarness;
beforeEach(() => void (harness = new ServiceHarness()));
afterEach(() => harness.close());

const one = { StartAt: "Work", States: { Work: task } };

describe("RedriveExecution", () => {
  test("goes on where the execution failed; Describe shows it as AWS does", async () => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(one), 7);
    const failed = await harness.ended(executionArn);
    expect(failed).toMatchObject({ status: "FAILED", error: "Bad", redriveCount: 0, redriveStatus: "REDRIVABLE" });
    expect(failed).not.toHaveProperty("redriveDate");
    const answer = Promise.withResolvers<TaskReply>();
    harness.answer = () => answer.promise;
    harness.nowEpochMs += 5000;
    expect(await harness.redrive(executionArn)).toEqual({ redriveDate: harness.nowEpochMs / 1000 });
    const running = await harness.describe(executionArn);
    expect(running).toMatchObject({
      status: "RUNNING",
      redriveCount: 1,
      redriveDate: harness.nowEpochMs / 1000,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is RUNNING and cannot be redriven",
      startDate: failed["startDate"],
    });
    for (const gone of ["error", "cause", "stopDate", "output"]) expect(running).not.toHaveProperty(gone);
    answer.resolve({ status: "succeeded", output: "done" });
    expect(await harness.ended(executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: '"done"',
      redriveCount: 1,
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
    const scheduled = (await harness.history(executionArn)).filter(({ type }) => type === "LambdaFunctionScheduled");
    expect(scheduled.map(({ previousEventId }) => previousEventId)).toEqual([2, 2]);
    expect((await harness.history(executionArn)).find(({ type }) => type === "ExecutionRedriven")).toMatchObject({
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
  });

  test("is idempotent by client token, whatever has become of the execution since", async () => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(one));
    await harness.ended(executionArn);
    const first = await harness.redrive(executionArn, "a");
    await harness.ended(executionArn);
    harness.nowEpochMs += 60_000;
    expect(await harness.redrive(executionArn, "a")).toEqual(first);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "FAILED", redriveCount: 1 });
    harness.answer = works;
    const second = await harness.redrive(executionArn, "b");
    await harness.ended(executionArn);
    expect(second).not.toEqual(first);
    expect(await harness.redrive(executionArn, "a")).toEqual(first);
    expect(await harness.redrive(executionArn, "b")).toEqual(second);
    await expect(harness.redrive(executionArn, "c")).rejects.toMatchObject({ name: "ExecutionNotRedrivable" });
    harness.nowEpochMs += 15 * 60_000;
    await expect(harness.redrive(executionArn, "b")).rejects.toMatchObject({ name: "ExecutionNotRedrivable" });
  });

  test("remembers the last ten tokens", async () => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(one));
    await harness.ended(executionArn);
    const dates: unknown[] = [];
    for (let index = 0; index < 11; index += 1) {
      harness.nowEpochMs += 1000;
      dates.push((await harness.redrive(executionArn, `token-${index}`))["redriveDate"]);
      await harness.ended(executionArn);
    }
    expect((await harness.redrive(executionArn, "token-1"))["redriveDate"]).toBe(dates[1]);
    expect((await harness.redrive(executionArn, "token-0"))["redriveDate"]).not.toBe(dates[0]);
    expect(await harness.ended(executionArn)).toMatchObject({ redriveCount: 12 });
  });

  test.each([
    ["14 days have passed", 14 * 24 * 3600 * 1000 + 5000, "Execution redrivable period exceeded"],
    ["a year has passed", 366 * 24 * 3600 * 1000, "Execution has exceeded the max execution time"],
  ])("is refused when %s", async (_when, laterMs, reason) => {
    harness.open();
    const executionArn = await harness.start(await harness.machine(one));
    await harness.ended(executionArn);
    harness.nowEpochMs += laterMs;
    await expect(harness.redrive(executionArn)).rejects.toMatchObject({
      name: "ExecutionNotRedrivable",
      message: `Execution ${executionArn} invalid for redrive as: ${reason}`,
    });
    expect(await harness.describe(executionArn)).toMatchObject({
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: reason,
    });
  });

  test("is refused while it runs, when its machine is being deleted, and for what is no execution of its own", async () => {
    harness.open();
    const wait = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 3600, Next: "Work" }, Work: task } };
    const stateMachineArn = await harness.machine(wait);
    const executionArn = await harness.start(stateMachineArn);
    await expect(harness.redrive(executionArn)).rejects.toMatchObject({
      message: `Execution ${executionArn} invalid for redrive as: Execution is RUNNING and cannot be redriven`,
    });
    await harness.call("StopExecution", { executionArn });
    await harness.call("DeleteStateMachine", { stateMachineArn });
    await expect(harness.redrive(executionArn)).rejects.toThrow("State machine is in DELETING status");
    await expect(harness.redrive(executionArn.replace(":run", ":none"))).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
    });
    await expect(
      harness.redrive(executionArn.replace(":execution:", ":express:").replace(":run", ":run:1")),
    ).rejects.toThrow("Invalid Arn: 'Resource type not valid in this context: express'");
    await expect(harness.redrive(executionArn.replace("M:run", "M/L:run"))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Labeled Execution ARNs are not supported for this API",
      members: { reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS" },
    });
  });

  test("uses the definition and role of the start, and takes an aborted execution up again", async () => {
    harness.open();
    const stateMachineArn = await harness.machine(one);
    harness.answer = never;
    const executionArn = await harness.start(stateMachineArn, "kept");
    await harness.call("StopExecution", { executionArn, error: "Enough" });
    const other = { StartAt: "Other", States: { Other: { Type: "Pass", Result: "other", End: true } } };
    await harness.call("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(other) });
    harness.answer = works;
    await harness.redrive(executionArn);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"kept"' });
  });

  test("tells logs and events", async () => {
    const statuses: unknown[] = [];
    harness.open({
      onStatus(record) {
        const detail = statusEventOf(record)!["detail"] as JsonObject;
        statuses.push([detail["status"], detail["redriveCount"]]);
      },
    });
    const executionArn = await harness.start(await harness.machine(one));
    await harness.ended(executionArn);
    harness.answer = works;
    await harness.redrive(executionArn);
    await harness.ended(executionArn);
    expect(statuses).toEqual([
      ["RUNNING", 0],
      ["FAILED", 0],
      ["RUNNING", 1],
      ["SUCCEEDED", 1],
    ]);
  });

  test("a broken invoker's execution can be redriven too", async () => {
    harness.answer = () => {
      throw new Error("out of order");
    };
    harness.open();
    const executionArn = await harness.start(await harness.machine(one), 1);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "FAILED", cause: "out of order" });
    harness.answer = works;
    await harness.redrive(executionArn);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
  });

  test("a parent's redrive starts a child of its own; the child is redriven alone", async () => {
    harness.open();
    const child = await harness.machine(one, { name: "Child" });
    const nested = {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution.sync:2",
      Parameters: { StateMachineArn: child, Input: 5 },
      OutputPath: "$.Output",
      End: true,
    };
    const executionArn = await harness.start(
      await harness.machine({ StartAt: "Child", States: { Child: nested } }, { name: "Parent" }),
    );
    expect(await harness.ended(executionArn)).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
    harness.answer = works;
    await harness.redrive(executionArn);
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "5" });
    const { executions } = await harness.call("ListExecutions", { stateMachineArn: child });
    const statuses = (executions as readonly JsonObject[]).map(({ status }) => status);
    expect(statuses).toEqual(["SUCCEEDED", "FAILED"]);
  });
});

describe("with a journal", () => {
  test("what failed in an earlier process is redriven in this one", async () => {
    harness.openJournal();
    const definition = {
      StartAt: "Draw",
      States: { Draw: { Type: "Pass", Parameters: { "id.$": "States.UUID()" }, Next: "Work" }, Work: task },
    };
    const executionArn = await harness.start(await harness.machine(definition));
    await harness.ended(executionArn);
    const before = await harness.history(executionArn);
    harness.answer = works;
    harness.openJournal();
    expect(await harness.describe(executionArn)).toMatchObject({ redriveStatus: "REDRIVABLE" });
    await harness.redrive(executionArn, "t");
    const described = await harness.ended(executionArn);
    expect(described).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    const after = await harness.history(executionArn);
    expect(after.slice(0, before.length)).toEqual(before);
    harness.openJournal();
    expect(await harness.describe(executionArn)).toEqual(described);
    expect(await harness.history(executionArn)).toEqual(after);
    expect(await harness.redrive(executionArn, "t")).toEqual({ redriveDate: described["redriveDate"] });
  });

  test("a redrive that the process's end interrupts goes on in the next", async () => {
    harness.openJournal();
    const second = { ...task, Parameters: { item: 2 } };
    const executionArn = await harness.start(
      await harness.machine({ StartAt: "A", States: { A: { ...task, Next: "B", End: undefined }, B: second } }),
      1,
    );
    await harness.ended(executionArn);
    harness.answer = (request) => (request.stateName === "A" ? works(request) : never());
    await harness.redrive(executionArn);
    await expect.poll(() => harness.asked).toEqual([1, 1, 2]);
    harness.answer = works;
    harness.openJournal();
    expect(await harness.ended(executionArn)).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect(harness.asked).toEqual([1, 1, 2, 2]);
  });
});

test("AWS's own client redrives over HTTP", async () => {
  harness.open();
  const server = createHttpDoor(harness.service);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  try {
    const executionArn = await harness.start(await harness.machine(one), "over HTTP");
    await harness.ended(executionArn);
    harness.answer = works;
    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    expect(redriveDate).toBeInstanceOf(Date);
    const status = async () => (await client.send(new DescribeExecutionCommand({ executionArn }))).status;
    await expect.poll(status).toBe("SUCCEEDED");
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.find(({ type }) => type === "ExecutionRedriven")?.executionRedrivenEventDetails).toEqual({
      redriveCount: 1,
    });
    const again = client.send(new RedriveExecutionCommand({ executionArn }));
    await expect(again).rejects.toBeInstanceOf(ExecutionNotRedrivable);
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
});
