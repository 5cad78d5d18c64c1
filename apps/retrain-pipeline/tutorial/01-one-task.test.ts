/**
 * Chapter 1: one Task.
 *
 * A contract says what a task takes and gives. A machine sends it the state's input and goes on with its output.
 * `build` turns the chain into Amazon States Language and validates it; the runner executes that, offline.
 */
import { build, defineTask, machine } from "@stepwright/dsl";
import { runDefinition } from "@stepwright/local-runner";
import { expect, test } from "vitest";
import { z } from "zod";

const train = defineTask("TrainModel", {
  input: z.object({ modelId: z.string(), rounds: z.int() }),
  output: z.object({ modelId: z.string(), auc: z.number() }),
});

const retrain = machine("Retrain", { input: z.object({ modelId: z.string(), rounds: z.int() }) }).task("Train", train);

test("a machine is a definition", () => {
  const { definition, diagnostics } = build(retrain);
  expect(diagnostics).toEqual([]);
  expect(definition).toEqual({
    StartAt: "Train",
    States: { Train: { Type: "Task", Resource: "${TrainModelFunctionArn}", End: true } },
  });
});

test("and it runs, with a function in the place of Lambda", async () => {
  const result = await runDefinition(build(retrain).definition, {
    input: { modelId: "card-fraud", rounds: 100 },
    tasks: { TrainModel: ({ modelId, rounds }) => ({ modelId, auc: 0.5 + rounds / 1000 }) },
  });
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { modelId: "card-fraud", auc: 0.6 } });
});

test("a state that sends something else does not compile, though AWS would take it", () => {
  const flow = machine("Retrain", { input: z.object({ modelId: z.string() }) })
    // @ts-expect-error TrainModel needs "rounds", which the flow does not have here
    .task("Train", train);
  expect(build(flow).diagnostics).toEqual([]);
});

test("a task can be sent a part of the input, and its result put beside it", async () => {
  const flow = machine("Retrain", { input: z.object({ id: z.string(), owner: z.string() }) }).task("Train", train, {
    parameters: (s) => ({ modelId: s.input.id, rounds: 50 }),
    resultSelector: (s) => ({ auc: s.result.auc }),
    resultPath: "$.training",
  });
  const result = await runDefinition(build(flow).definition, {
    input: { id: "card-fraud", owner: "risk" },
    tasks: { TrainModel: () => ({ modelId: "card-fraud", auc: 0.8 }) },
  });
  expect(result).toMatchObject({ output: { id: "card-fraud", owner: "risk", training: { auc: 0.8 } } });
});
