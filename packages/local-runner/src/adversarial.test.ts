/** Hostile values: each has AWS's answer or a clear error, and the process survives. */
import type { JsonValue, State, StateGraph, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { runDefinition } from "./run-definition.ts";
import type { RunOptions } from "./run-definition.ts";

const run = (definition: StateMachineDefinition, options: RunOptions = {}) =>
  runDefinition(definition, { time: "virtual", ...options });

function nested(depth: number): JsonValue {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth)) as JsonValue;
}

describe("hostile values", () => {
  const echo: StateMachineDefinition = {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: "${WorkFunctionArn}", End: true } },
  };

  test("an input of 10 MB or 10,000 levels is refused", async () => {
    await expect(run(echo, { input: "x".repeat(10_000_000) })).rejects.toThrow("The input has 10000002 bytes");
    await expect(run(echo, { input: nested(10_000) })).rejects.toThrow("nested deeper than 1000 levels");
  });

  test("a reply of 10,000 levels is a failed task", async () => {
    expect(await run(echo, { tasks: { Work: () => nested(10_000) } })).toMatchObject({ status: "FAILED" });
  });

  test("a rejected invoker is a bug and ends the run", async () => {
    const tasks = { invoke: () => Promise.reject(new Error("out of order")) };
    await expect(run(echo, { tasks })).rejects.toThrow("out of order");
  });

  test("a handler that never returns does not hold up a failed sibling", async () => {
    const both: State = { Type: "Parallel", Branches: [branch("Hang"), branch("Fail")], End: true };
    const tasks = { Hang: () => new Promise(() => {}), Fail: () => Promise.reject(new Error("no")) };
    const result = await run({ StartAt: "Both", States: { Both: both } }, { time: "real", tasks });
    expect(result).toMatchObject({ status: "FAILED", error: "Error" });
  });
});

function branch(name: string): StateGraph {
  return {
    StartAt: name,
    States: { [name]: { Type: "Task", Resource: `\${${name}FunctionArn}`, End: true } },
  };
}
