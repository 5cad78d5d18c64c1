import { describe, expect, test } from "vitest";
import { bench, itemOf, smallWorld, temporaryFolder } from "../../test/small-world.ts";
import type { Trainer } from "../ports.ts";
import { handlers } from "../handlers.ts";
import { PipelineError } from "../failures.ts";

describe("training", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home);
  const rounds: number[] = [];
  const { run, ports } = bench({ home, world: world.folder, onTrainingProgress: ({ round }) => rounds.push(round) });
  const prepare = async (overrides: { hyperParameters?: Record<string, number>; force?: boolean } = {}) =>
    run.PreprocessFeatures(await run.IngestTrainingData(itemOf("merchant-churn", "2026-09", overrides)));

  test("shows every round while it trains", async () => {
    const trained = await run.LaunchTrainingJob(await prepare());
    expect(trained).toMatchObject({ outcome: "OK", training: { trainer: "local", status: "Completed" } });
    expect(rounds.length).toBeGreaterThan(0);
    expect(rounds).toEqual(rounds.map((_, index) => index + 1));
  });

  test("attaches to a job of the same name, even when the step is forced", async () => {
    const first = await run.LaunchTrainingJob(await prepare());
    const roundsBefore = rounds.length;
    const forced = await run.LaunchTrainingJob(await prepare({ force: true }));
    expect(rounds.length).toBe(roundsBefore);
    expect("training" in forced && forced.training).toEqual("training" in first && first.training);
  });

  test("names a job by its inputs, in what SageMaker allows", async () => {
    const standard = await prepare();
    const deeper = await prepare({ hyperParameters: { max_depth: 4 } });
    if (standard.outcome !== "OK" || deeper.outcome !== "OK") throw new Error("not preprocessed");
    expect(deeper.training.jobName).not.toBe(standard.training.jobName);
    expect(standard.training.jobName).toMatch(/^merchant-churn-2026-09-[0-9a-f]{8}$/);
  });

  test("ends as data, naming the parameter, when a hyper-parameter is wrong", async () => {
    const outcome = await run.LaunchTrainingJob(await prepare({ hyperParameters: { max_dept: 4 } }));
    expect(outcome).toMatchObject({ outcome: "FAILED", stoppedAt: "train", error: "InvalidHyperParameterError" });
    expect(JSON.stringify(outcome)).toContain("max_dept");
  });

  test("is asked for again while the job is still running elsewhere", async () => {
    let asked = 0;
    const trainer: Trainer = {
      train: async () => {
        asked++;
        throw new PipelineError("TrainingJobStillRunning", "The job is InProgress.");
      },
    };
    const slow = handlers({ ...ports, trainer });
    const prepared = await prepare({ hyperParameters: { eta: 0.05 } });
    await expect(slow.LaunchTrainingJob(prepared)).rejects.toMatchObject({ name: "TrainingJobStillRunning" });
    await expect(slow.LaunchTrainingJob(prepared)).rejects.toMatchObject({ name: "TrainingJobStillRunning" });
    expect(await slow.LaunchTrainingJob(prepared)).toMatchObject({ outcome: "FAILED" });
    expect(asked).toBe(3);
  });
});
