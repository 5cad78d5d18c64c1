import type { StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { describePath } from "./describe-path.ts";
import { executionMatchers } from "./matchers.ts";
import { runScripted } from "./run-scripted.ts";

const definition: StateMachineDefinition = {
  StartAt: "Models",
  States: {
    Models: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "Train",
        States: {
          Train: { Type: "Task", Resource: "${TrainFunctionArn}", Retry: [{ ErrorEquals: ["Busy"] }], Next: "Judge" },
          Judge: { Type: "Pass", End: true },
        },
      },
      End: true,
    },
  },
};

const succeeded = () =>
  runScripted(definition, { input: ["a"], script: { Train: [{ error: "Busy" }, { output: 1 }] } });
const failed = () => runScripted(definition, { input: ["a"], script: { Train: { error: "Bad", cause: "no data" } } });

test("the way of an execution shows attempts, failures and the outcome", async () => {
  expect(describePath(await succeeded())).toBe("Models\n  [0] Train (2 attempts, Busy)\n  [0] Judge\nSUCCEEDED [1]");
  expect(describePath(await failed())).toBe("Models (not left)\n  [0] Train (Bad, not left)\nFAILED Bad no data");
});

describe("matchers", () => {
  test("toHaveSucceeded compares the output when there is one to compare", async () => {
    const result = await succeeded();
    expect(executionMatchers.toHaveSucceeded(result).pass).toBe(true);
    expect(executionMatchers.toHaveSucceeded(result, [1]).pass).toBe(true);
    expect(executionMatchers.toHaveSucceeded(result, [2]).pass).toBe(false);
    expect(executionMatchers.toHaveSucceeded(await failed()).pass).toBe(false);
  });

  test("toHaveFailed compares the error when there is one to compare", async () => {
    const result = await failed();
    expect(executionMatchers.toHaveFailed(result).pass).toBe(true);
    expect(executionMatchers.toHaveFailed(result, "Bad").pass).toBe(true);
    expect(executionMatchers.toHaveFailed(result, "Busy").pass).toBe(false);
    expect(executionMatchers.toHaveFailed(await succeeded()).pass).toBe(false);
  });

  test("toHaveVisited and toHaveAttempted count states and attempts", async () => {
    const result = await succeeded();
    expect(executionMatchers.toHaveVisited(result, ["Models", "Train", "Judge"]).pass).toBe(true);
    expect(executionMatchers.toHaveVisited(result, ["Models", "Train"]).pass).toBe(false);
    expect(executionMatchers.toHaveAttempted(result, "Train", 2).pass).toBe(true);
    expect(executionMatchers.toHaveAttempted(result, "Train", 1).pass).toBe(false);
  });

  test("a message shows the way taken", async () => {
    expect(executionMatchers.toHaveSucceeded(await failed()).message()).toBe(
      "wanted the execution to have succeeded; it went\n\nModels (not left)\n  [0] Train (Bad, not left)\nFAILED Bad no data\n",
    );
  });
});
