import { runDefinition } from "@stepwright/local-runner";
import { expect, test } from "vitest";
import { build } from "@stepwright/dsl";
import batchRetrain from "../batch-retrain.machine.ts";
import { progressFromHistory } from "./from-history.ts";
import { advance, beginProgress } from "./run-progress.ts";
import type { ProgressEvent } from "./run-progress.ts";
import { shownStates } from "./step-labels.ts";

const pass = (event: unknown) => event;

test("an execution's history moves every model through every step, retries included", async () => {
  const events: ProgressEvent[] = [];
  let trainings = 0;
  const execution = await runDefinition(build(batchRetrain).definition, {
    input: { models: [{ modelId: "a" }, { modelId: "b" }] },
    time: "virtual",
    tasks: {
      IngestTrainingData: pass,
      PreprocessFeatures: pass,
      LaunchTrainingJob: (event: unknown) => {
        trainings += 1;
        if (trainings === 1) throw new Error("no capacity");
        return event;
      },
      EvaluateModel: pass,
      RegisterModel: pass,
      DeployModelEndpoint: pass,
      NotifyTrainingStatus: pass,
    },
    onEvent: (event) => {
      const moved = progressFromHistory(event);
      if (moved !== undefined) events.push(moved);
    },
  });
  expect(execution.status).toBe("SUCCEEDED");
  const progress = events.reduce(advance, beginProgress(["a", "b"], shownStates));
  for (const row of progress.rows) {
    expect(row.endedAtMs).toBeGreaterThanOrEqual(row.startedAtMs ?? Infinity);
    expect(row.steps.map((step) => step.status)).toEqual(shownStates.map(() => "done"));
  }
  const attempts = progress.rows.map((row) => row.steps[2]?.attempts);
  expect(new Set(attempts)).toEqual(new Set([1, 2]));
});
