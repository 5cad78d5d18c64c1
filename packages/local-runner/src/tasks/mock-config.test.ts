import type { StateMachineDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import { mockConfigTasks } from "./mock-config.ts";
import type { MockConfig } from "./mock-config.ts";

const config: MockConfig = {
  StateMachines: { Orders: { TestCases: { Retries: { Pay: "BusyThenPaid" }, Typo: { Pay: "Nothing" } } } },
  MockedResponses: {
    BusyThenPaid: {
      "0": { Throw: { Error: "Busy", Cause: "full" } },
      "1-2": { Throw: { Error: "Slow" } },
      "3": { Return: { paid: true } },
    },
  },
};

const definition: StateMachineDefinition = {
  StartAt: "Pay",
  States: {
    Pay: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "Pay" },
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 4 }],
      End: true,
    },
  },
};

test("answers by the number of the invocation, single or in a range", async () => {
  const tasks = mockConfigTasks(config, "Orders", "Retries");
  const result = await runDefinition(definition, { tasks, time: "virtual" });
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { paid: true }, statistics: { retries: 3 } });
  expect(result.history.events.filter(({ type }) => type === "TaskFailed").map(({ details }) => details)).toMatchObject(
    [{ error: "Busy", cause: "full" }, { error: "Slow" }, { error: "Slow" }],
  );
});

test.each([
  ["Order", "Retries", 'has no state machine "Order"; it has Orders'],
  ["Orders", "Happy", 'has no test case of Orders "Happy"; it has Retries, Typo'],
  ["Orders", "Typo", 'has no mocked response "Nothing"; it has BusyThenPaid'],
])("a name that the file does not have is refused: %s %s", (machine, testCase, message) => {
  expect(() => mockConfigTasks(config, machine, testCase)).toThrow(message);
});

test("a state that the test case leaves out goes to the other invoker", async () => {
  const other = { invoke: () => ({ status: "succeeded", output: "other" }) as const };
  const empty: MockConfig = { StateMachines: { Orders: { TestCases: { None: {} } } }, MockedResponses: {} };
  const tasks = mockConfigTasks(empty, "Orders", "None", other);
  expect(await runDefinition(definition, { tasks })).toMatchObject({ output: "other" });
});

test.each([
  ["arn:aws:lambda:us-east-1:123456789012:function:Pay", { paid: true }],
  ["arn:aws:states:::lambda:invoke", { StatusCode: 200, Payload: { paid: true } }],
])("a response of Lambda is the payload alone for a function's own ARN: %s", async (Resource, output) => {
  const envelope: MockConfig = {
    ...config,
    MockedResponses: { BusyThenPaid: { "0": { Return: { StatusCode: 200, Payload: { paid: true } } } } },
  };
  const direct = { ...definition, States: { Pay: { Type: "Task", Resource, End: true } as const } };
  const tasks = mockConfigTasks(envelope, "Orders", "Retries");
  expect(await runDefinition(direct, { tasks })).toMatchObject({ output });
});

test("a task that waits for its token was submitted", async () => {
  const Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
  const waiting = { ...definition, States: { Pay: { Type: "Task", Resource, End: true } as const } };
  const given: MockConfig = { ...config, MockedResponses: { BusyThenPaid: { "0": { Return: "paid" } } } };
  const result = await runDefinition(waiting, { tasks: mockConfigTasks(given, "Orders", "Retries") });
  expect(result.history.events.map(({ type }) => type)).toContain("TaskSubmitted");
  expect(result).toMatchObject({ output: "paid" });
});
