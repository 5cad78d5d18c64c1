import type { JsonObject } from "@stepwright/asl";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServiceHarness, task, works } from "../../test/service-harness.ts";
import type { TaskReply } from "../tasks/task-invoker.ts";

let harness: ServiceHarness;
beforeEach(() => void (harness = new ServiceHarness()));
afterEach(() => harness.close());

const two = { StartAt: "Work", States: { Work: { ...task, Next: "After", End: undefined }, After: task } };

test("an execution under way fails at its next step; a token's answer is taken all the same", async () => {
  harness.open();
  const asking = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Parameters: { item: 1 },
  };
  let taskToken = "";
  harness.answer = (request) => {
    taskToken = request.taskToken!;
    return { status: "submitted", output: {} };
  };
  const stateMachineArn = await harness.machine({ StartAt: "Ask", States: { Ask: { ...asking, End: true } } });
  const executionArn = await harness.start(stateMachineArn);
  await expect.poll(() => taskToken).not.toBe("");
  await harness.call("DeleteStateMachine", { stateMachineArn });
  expect(await harness.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({ status: "DELETING" });
  expect(await harness.describe(executionArn)).toMatchObject({ status: "RUNNING" });
  expect(await harness.call("SendTaskSuccess", { taskToken, output: "{}" })).toEqual({});
  expect(await harness.ended(executionArn)).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: "State machine M has been deleted",
  });
  const events = await harness.history(executionArn);
  expect(events.slice(-2)).toMatchObject([
    { id: 5, type: "TaskSubmitted" },
    { id: 6, previousEventId: 5, type: "ExecutionFailed" },
  ]);
  await expect(harness.call("DescribeStateMachine", { stateMachineArn })).rejects.toMatchObject({
    name: "StateMachineDoesNotExist",
  });
});

test("it does so after a restart too", async () => {
  const answer = Promise.withResolvers<TaskReply>();
  harness.answer = () => answer.promise;
  harness.openJournal();
  const stateMachineArn = await harness.machine(two);
  const executionArn = await harness.start(stateMachineArn);
  await expect.poll(() => harness.asked).toHaveLength(1);
  await harness.call("DeleteStateMachine", { stateMachineArn });
  harness.answer = works;
  harness.openJournal();
  expect(await harness.ended(executionArn)).toMatchObject({ cause: "State machine M has been deleted" });
  expect(harness.asked).toHaveLength(2);
});

test("an execution's name is free again 90 days after its end", async () => {
  harness.answer = works;
  harness.openJournal();
  const stateMachineArn = await harness.machine({ StartAt: "Work", States: { Work: task } });
  const executionArn = await harness.start(stateMachineArn, 1);
  await harness.ended(executionArn);
  const day = 24 * 3600 * 1000;
  harness.nowEpochMs += 89 * day;
  await expect(harness.start(stateMachineArn, 2)).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  harness.nowEpochMs += 2 * day;
  expect(await harness.start(stateMachineArn, 2)).toBe(executionArn);
  await harness.ended(executionArn);
  harness.openJournal();
  expect(await harness.describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "2" });
  expect((await harness.history(executionArn)).filter(({ type }) => type === "TaskStateEntered")).toHaveLength(1);
  const { executions } = await harness.call("ListExecutions", { stateMachineArn });
  expect(executions).toMatchObject([{ executionArn }]);
});

test("a machine that takes the name again knows nothing of the executions before", async () => {
  harness.answer = works;
  harness.openJournal();
  const stateMachineArn = await harness.machine(two);
  const executionArn = await harness.start(stateMachineArn, 1);
  await harness.ended(executionArn);
  await harness.call("DeleteStateMachine", { stateMachineArn });
  expect(await harness.describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
  await harness.machine({ StartAt: "Work", States: { Work: task } });
  await expect(harness.describe(executionArn)).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  expect(await harness.start(stateMachineArn, 2)).toBe(executionArn);
  await harness.ended(executionArn);
  const history: readonly JsonObject[] = await harness.history(executionArn);
  harness.openJournal();
  expect(await harness.describe(executionArn)).toMatchObject({ status: "SUCCEEDED", output: "2" });
  expect(await harness.history(executionArn)).toEqual(history);
  expect(history.filter(({ type }) => type === "TaskStateEntered")).toHaveLength(1);
});
