/** How the batch behaves as a state machine, its tasks answered by a script in virtual time. */
import { build } from "@stepwright/dsl";
import type { ExecutionEvent, ExecutionResult } from "@stepwright/local-runner";
import { executionMatchers, runScripted } from "@stepwright/local-runner/testing";
import type { ExecutionMatchers, TaskScript } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";
import batchRetrain from "../src/batch-retrain.machine.ts";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T> extends ExecutionMatchers<R> {}
}
expect.extend(executionMatchers);

const { definition } = build(batchRetrain);

/** Every step hands on what it was given; training takes a minute. */
const script: TaskScript = {
  BatchIngestData: (input) => ({ output: input }),
  BatchPreprocessFeatures: (input) => ({ output: input }),
  BatchLaunchTrainingJob: (input) => ({ output: input, delayMs: 60_000 }),
  BatchEvaluateModel: (input) => ({ output: input }),
  BatchRegisterModel: (input) => ({ output: { step: "register", modelId: input.modelId } }),
  BatchDeployEndpoint: (input) => ({ output: { step: "deploy", modelId: input.modelId } }),
  BatchNotifyStatus: (input) => ({ output: input }),
};

const batchOf = (count: number) => ({
  models: Array.from({ length: count }, (_, index) => ({ modelId: `model-${index}` })),
});

test("gives an item for each model, in order, with what register and deploy answered", async () => {
  const result = await runScripted(definition, { script, input: batchOf(2) });
  expect(result).toHaveSucceeded([
    [
      { step: "register", modelId: "model-0" },
      { step: "deploy", modelId: "model-0" },
    ],
    [
      { step: "register", modelId: "model-1" },
      { step: "deploy", modelId: "model-1" },
    ],
  ]);
});

test("retrains at most three models at a time", async () => {
  const result = await runScripted(definition, { script, input: batchOf(10) });
  expect(result.status).toBe("SUCCEEDED");
  expect(mostAtOnce(result)).toBe(3);
  expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(4 * 60_000);
});

test("retries a step twice, after 5 and 10 seconds, and goes on", async () => {
  const busy = { error: "TrainingCapacityUnavailable" };
  const result = await runScripted(definition, {
    script: { ...script, BatchLaunchTrainingJob: [busy, busy, { output: { modelId: "model-0" } }] },
    input: batchOf(1),
  });
  expect(result).toHaveAttempted("BatchLaunchTrainingJob", 3);
  expect(result.status).toBe("SUCCEEDED");
  expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(15_000);
});

test("sees a training job of 40 minutes through, fourteen minutes an attempt", async () => {
  // The function answers a minute before Lambda ends it; SageMaker stops the job after 40 minutes.
  const stillRunning = { error: "TrainingJobStillRunning", delayMs: 840_000 };
  const untilFinished = { output: { modelId: "model-0" }, delayMs: (2_400 - 840 - 5 - 840 - 10) * 1_000 };
  const result = await runScripted(definition, {
    script: { ...script, BatchLaunchTrainingJob: [stillRunning, stillRunning, untilFinished] },
    input: batchOf(1),
  });
  expect(result.status).toBe("SUCCEEDED");
  expect(result).toHaveAttempted("BatchLaunchTrainingJob", 3);
  expect(untilFinished.delayMs).toBeLessThan(840_000);
  expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(2_400_000);
});

test("fails as a whole, and stops the other models, when a step fails three times", async () => {
  const result = await runScripted(definition, {
    script: {
      ...script,
      BatchIngestData: (input) =>
        input.modelId === "model-1" ? { error: "TransientDependencyError", cause: "no disk" } : { output: input },
    },
    input: batchOf(3),
  });
  expect(result).toHaveFailed("TransientDependencyError");
  const aborted = result.history.events.filter((event) => event.type === "MapIterationAborted");
  expect(aborted.map(iteration)).toEqual([0, 2]);
});

test("an empty batch succeeds and does nothing", async () => {
  const result = await runScripted(definition, { script: {}, input: { models: [] } });
  expect(result).toHaveSucceeded([]);
  expect(result).toHaveVisited(["BatchRetrainModels", "BatchRetrainingComplete"]);
});

function mostAtOnce(result: ExecutionResult): number {
  let running = 0;
  let most = 0;
  for (const { type } of result.history.events) {
    if (type === "MapIterationStarted") running += 1;
    if (type === "MapIterationSucceeded") running -= 1;
    most = Math.max(most, running);
  }
  return most;
}

function iteration({ path }: ExecutionEvent): number | undefined {
  const [step] = path;
  return step !== undefined && "map" in step ? step.index : undefined;
}
