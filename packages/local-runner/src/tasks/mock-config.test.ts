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
