import type { StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import type { RunOptions } from "../run-definition.ts";

const child: StateMachineDefinition = {
  StartAt: "Rest",
  States: { Rest: { Type: "Wait", Seconds: 60, Next: "Done" }, Done: { Type: "Pass", Result: { n: 1 }, End: true } },
};

const failing: StateMachineDefinition = {
  StartAt: "No",
  States: { No: { Type: "Fail", Error: "Bad", Cause: "why" } },
};

const arn = (name: string) => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;

function parent(resource: string, name = "Child"): StateMachineDefinition {
  const Parameters = { StateMachineArn: arn(name), "Input.$": "$", Name: "one" };
  return {
    StartAt: "Start",
    States: { Start: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters, End: true } },
  };
}

const run = (definition: StateMachineDefinition, options: RunOptions = {}) =>
  runDefinition(definition, {
    input: { a: 1 },
    time: "virtual",
    stateMachines: { Child: child, Failing: failing },
    ...options,
  });

test("a child's time passes for its parent too", async () => {
  const result = await run(parent("states:startExecution.sync:2"));
  expect(result).toMatchObject({
    status: "SUCCEEDED",
    output: {
      ExecutionArn: "arn:aws:states:us-east-1:123456789012:execution:Child:one",
      Input: { a: 1 },
      Output: { n: 1 },
      Status: "SUCCEEDED",
      StartDate: result.startedAtEpochMs,
      StopDate: result.startedAtEpochMs + 60_000,
    },
  });
  expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(60_000);
});

describe("patterns", () => {
  test(".sync gives input and output as text", async () => {
    const result = await run(parent("states:startExecution.sync"));
    expect(result).toMatchObject({ output: { Input: '{"a":1}', Output: '{"n":1}' } });
    expect(result.history.events.map(({ type }) => type)).toContain("TaskSubmitted");
  });

  test("without one the parent goes on at once", async () => {
    const result = await run(parent("states:startExecution"));
    expect(result).toMatchObject({ output: { ExecutionArn: expect.stringContaining(":Child:one") as string } });
    expect(result.stoppedAtEpochMs).toBe(result.startedAtEpochMs);
  });

  test("startSyncExecution answers what became of it", async () => {
    const result = await run(parent("aws-sdk:sfn:startSyncExecution", "Failing"));
    expect(result).toMatchObject({ status: "SUCCEEDED", output: { Status: "FAILED", Error: "Bad", Cause: "why" } });
  });
});

test("a failed child is a failed task whose cause describes it", async () => {
  const result = await run(parent("states:startExecution.sync", "Failing"));
  expect(result).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
  expect(JSON.parse((result as { readonly cause: string }).cause)).toMatchObject({
    Cause: "why",
    Error: "Bad",
    Status: "FAILED",
  });
});

test("the run ends when every execution has ended that it started, and tells of one that could not run", async () => {
  const working: StateMachineDefinition = {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } },
  };
  let worked = 0;
  const Work = async () => {
    await Promise.resolve();
    worked += 1;
  };
  await run(parent("states:startExecution"), { stateMachines: { Child: working }, tasks: { Work } });
  expect(worked).toBe(1);
  await expect(run(parent("states:startExecution"), { stateMachines: { Child: working } })).rejects.toThrow('"Work"');
});

test("a machine that is not known is somebody else's", async () => {
  const resource = "states:startExecution.sync";
  await expect(run(parent(resource, "Other"))).rejects.toThrow("needs an answer for arn:aws:states:::states");
});

test("stopping the parent stops the child that it waits for", async () => {
  const stop = new AbortController();
  const endless: StateMachineDefinition = {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } },
  };
  let isAborted = false;
  const Work = async (_event: unknown, { signal }: { readonly signal: AbortSignal }) => {
    signal.addEventListener("abort", () => (isAborted = true));
    stop.abort();
    await new Promise(() => undefined);
  };
  const options = { stateMachines: { Child: endless }, tasks: { Work }, signal: stop.signal, time: "real" } as const;
  expect(await run(parent("states:startExecution.sync"), options)).toMatchObject({ status: "ABORTED" });
  expect(isAborted).toBe(true);
});
