import type { StateMachineDefinition } from "@stepwright/asl";
import { expect, test } from "vitest";
import { runDefinition } from "../run-definition.ts";
import { scriptedTasks } from "./scripted-tasks.ts";
import type { TaskScript } from "./scripted-tasks.ts";

const definition: StateMachineDefinition = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemProcessor: {
        StartAt: "Work",
        States: {
          Work: { Type: "Task", Resource: "${WorkArn}", Retry: [{ ErrorEquals: ["Busy"] }], End: true },
        },
      },
      End: true,
    },
  },
};
const run = (script: TaskScript) =>
  runDefinition(definition, { input: [1, 2], tasks: scriptedTasks(script), time: "virtual" });

test("one reply answers every time", async () => {
  expect(await run({ Work: { output: "x" } })).toMatchObject({ output: ["x", "x"] });
});

test("a list answers each iteration from its beginning", async () => {
  const result = await run({ Work: [{ error: "Busy" }, { output: "second" }] });
  expect(result).toMatchObject({ output: ["second", "second"], statistics: { tasksInvoked: 4, retries: 2 } });
});

test("a function sees the input and the request", async () => {
  const result = await run({
    Work: (input: number, { attempt }) => (attempt === 0 ? { error: "Busy" } : { output: input * 10 }),
  });
  expect(result).toMatchObject({ output: [10, 20] });
});

test("a list that is used up is refused", async () => {
  await expect(run({ Work: [{ error: "Busy" }] })).rejects.toThrow("its script has 1 replies, and this is time 2");
});

test("what the script does not name goes to the other invoker", async () => {
  const tasks = scriptedTasks({}, { invoke: () => ({ status: "succeeded", output: "other" }) });
  expect(await runDefinition(definition, { input: [1], tasks })).toMatchObject({ output: ["other"] });
});
