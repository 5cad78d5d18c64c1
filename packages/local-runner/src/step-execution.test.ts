import type { StateMachineDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { runDefinition } from "./run-definition.ts";
import { stepExecution } from "./step-execution.ts";

const definition: StateMachineDefinition = {
  StartAt: "First",
  States: {
    First: { Type: "Task", Resource: "${WorkFunctionArn}", Next: "Rest" },
    Rest: { Type: "Wait", Seconds: 60, Next: "Second" },
    Second: { Type: "Task", Resource: "${WorkFunctionArn}", End: true },
  },
};

test("the events are those of an ordinary run", async () => {
  const options = { tasks: { Work: () => 1 }, time: "virtual" } as const;
  const types: string[] = [];
  for await (const { type } of stepExecution(definition, options)) types.push(type);
  const { history } = await runDefinition(definition, options);
  expect(types).toEqual(history.events.map(({ type }) => type));
});

test("no task is invoked before its scheduling was shown", async () => {
  let invoked = 0;
  const execution = stepExecution(definition, { tasks: { Work: () => (invoked += 1) }, time: "virtual" });
  const invokedBefore: number[] = [];
  for await (const { type } of execution) if (type === "LambdaFunctionScheduled") invokedBefore.push(invoked);
  expect(invokedBefore).toEqual([0, 1]);
  expect(await execution.ended).toMatchObject({ status: "SUCCEEDED", output: 2 });
});

test("a stopped execution shows its end", async () => {
  const execution = stepExecution(definition, { tasks: { Work: () => 1 }, time: "virtual" });
  expect(await execution.next()).toMatchObject({ type: "ExecutionStarted" });
  execution.stop("Enough");
  const rest: string[] = [];
  for await (const { type } of execution) rest.push(type);
  expect(rest.at(-1)).toBe("ExecutionAborted");
  expect(await execution.ended).toMatchObject({ status: "ABORTED", error: "Enough" });
});

test("what a run rejects with, a step does", async () => {
  const execution = stepExecution(definition, { time: "virtual" });
  const all = async () => {
    for (let event = await execution.next(); event !== undefined; event = await execution.next());
  };
  await expect(all()).rejects.toThrow('State "First" needs an answer');
});
