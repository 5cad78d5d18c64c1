import type { JsonObject } from "@stepwright/asl";
import { afterEach, describe, expect, test } from "vitest";
import { ServiceHarness, never, task } from "../../test/service-harness.ts";

const activityArn = "arn:aws:states:us-east-1:123456789012:activity:Weigh";
const worked = { Type: "Task", Resource: activityArn, End: true };

let harness: ServiceHarness;

afterEach(() => {
  harness.close();
});

async function started(states: JsonObject): Promise<string> {
  await harness.call("CreateActivity", { name: "Weigh" });
  return harness.start(await harness.machine({ StartAt: Object.keys(states)[0]!, States: states }));
}

async function takenToken(): Promise<string> {
  const { taskToken } = await harness.call("GetActivityTask", { activityArn });
  return taskToken as string;
}

describe("a task token", () => {
  test("outlives an answer that is no JSON, and no other", async () => {
    harness = new ServiceHarness();
    harness.openJournal();
    const executionArn = await started({ Weigh: worked });
    const taskToken = await takenToken();
    const broken = () => harness.call("SendTaskSuccess", { taskToken, output: "not-json" });
    const invalid = { name: "InvalidOutput", message: "Invalid Output: 'not-json' is not valid JSON." };
    await expect(broken()).rejects.toMatchObject(invalid);
    await harness.call("SendTaskHeartbeat", { taskToken });
    await harness.call("SendTaskSuccess", { taskToken, output: "{}" });
    await harness.ended(executionArn);
    harness.openJournal();
    await expect(broken()).rejects.toMatchObject(invalid);
    const late = { name: "TaskTimedOut", message: `Task Timed Out: '${activityArn}'` };
    await expect(harness.call("SendTaskSuccess", { taskToken, output: "{}" })).rejects.toMatchObject(late);
    await expect(harness.call("SendTaskFailure", { taskToken })).rejects.toMatchObject(late);
    await expect(harness.call("SendTaskHeartbeat", { taskToken })).rejects.toMatchObject(late);
  });

  test("of no activity names none when it comes too late", async () => {
    harness = new ServiceHarness();
    harness.open();
    let taskToken = "";
    harness.answer = (request) => {
      taskToken = request.taskToken!;
      return never();
    };
    const Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    const Parameters = { FunctionName: "Work", Payload: { "token.$": "$$.Task.Token" } };
    const executionArn = await started({ Call: { ...task, Resource, Parameters } });
    await expect.poll(() => taskToken).not.toBe("");
    await harness.call("StopExecution", { executionArn });
    await expect(harness.call("SendTaskSuccess", { taskToken, output: "{}" })).rejects.toThrow(
      "Task Timed Out: 'Provided task does not exist anymore'",
    );
  });
});
