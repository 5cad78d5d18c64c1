import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { bench, itemOf, retrain, smallCatalog, smallWorld, temporaryFolder } from "../../../test/small-world.ts";
import { refusal, scriptedAws } from "../../../test/scripted-aws.ts";
import { handlers } from "../../index.ts";
import { awsPorts } from "./aws-ports.ts";

describe("the seven handlers on AWS", async () => {
  const home = await temporaryFolder();
  const world = await smallWorld(home);
  const aws = await scriptedAws(home);
  const rawFolder = path.join(world.folder, "raw");
  for (const name of await readdir(rawFolder, { recursive: true })) {
    if (name.endsWith(".parquet")) aws.objects.set(`data/raw/${name}`, await readFile(path.join(rawFolder, name)));
  }
  let nowEpochMs = Date.parse("2026-09-01T03:00:00Z");
  let deadlineEpochMs = Number.POSITIVE_INFINITY;
  const ports = awsPorts({
    settings: {
      raw: { bucket: "data", prefix: "raw/" },
      objects: { bucket: "runs", prefix: "retrain/" },
      tableName: "retrain",
      trainer: "sagemaker",
      sageMaker: {
        roleArn: "arn:aws:iam::111122223333:role/training",
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:3.0-5",
        trainingInstanceType: "ml.m5.xlarge",
        trainingMaxRuntimeSeconds: 2_400,
        endpointInstanceType: "ml.m5.large",
        endpointInstanceCount: 1,
        canaryPercent: 10,
        canaryWaitSeconds: 300,
        rollbackAlarms: [],
      },
      topicArn: "arn:aws:sns:eu-west-1:111122223333:retraining",
      eventBusName: "default",
    },
    client: {
      region: "eu-west-1",
      endpoint: aws.url,
      credentials: { accessKeyId: "a", secretAccessKey: "s" },
      maxAttempts: 1,
    },
    catalog: smallCatalog,
    clock: { nowEpochMs: () => nowEpochMs },
    pause: async (durationMs) => {
      nowEpochMs += durationMs;
    },
    deadlineEpochMs: () => deadlineEpochMs,
    temporaryFolder: path.join(home, "tmp"),
  });
  const local = await retrain(bench({ home, world: world.folder }).run, itemOf("card-fraud"));
  const remote = await retrain(handlers(ports), itemOf("card-fraud"));
  const bodiesOf = (operation: string) =>
    aws.asked.filter((one) => one.operation === operation).map(({ body }) => body);

  test("decide and measure as they do on this machine", () => {
    expect(remote.status).toMatchObject({
      status: "DEPLOYED",
      version: local.status.version,
      metrics: local.status.metrics,
    });
    if (local.evaluated.outcome !== "OK") throw new Error("not evaluated");
    expect(remote.evaluated).toMatchObject({ decision: local.evaluated.decision });
    expect(remote.trained).toMatchObject({ training: { trainer: "sagemaker", seconds: 77 } });
  });

  test("write every object once, with its checksum", () => {
    const puts = aws.asked.filter(({ operation }) => operation.startsWith("PUT "));
    expect(puts.length).toBeGreaterThan(5);
    for (const { headers } of puts) {
      expect(headers["if-none-match"]).toBe("*");
      expect(headers["x-amz-checksum-sha256"]).toHaveLength(44);
    }
  });

  test("train on Parquet, for less time than somebody waits", () => {
    const [job] = bodiesOf("CreateTrainingJob");
    expect(job).toMatchObject({
      StoppingCondition: { MaxRuntimeInSeconds: 2_400 },
      HyperParameters: { num_round: "25" },
    });
    expect(job.InputDataConfig[0]).toMatchObject({ ChannelName: "train", ContentType: "application/x-parquet" });
  });

  test("tell people and programs once, and leave no candidate behind", async () => {
    await retrain(handlers(ports), itemOf("card-fraud"));
    expect(bodiesOf("Publish")).toHaveLength(1);
    expect(bodiesOf("PutEvents")).toHaveLength(1);
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
  });

  const job = {
    jobName: "card-fraud-2026-09-00000000",
    modelId: "card-fraud",
    featureNames: ["amount"],
    trainUri: "s3://runs/retrain/none",
    validationUri: "s3://runs/retrain/none",
    hyperParameters: { num_round: 1, early_stopping_rounds: 0 },
    seed: 1,
  };
  const training = (name: string, state: object) => {
    aws.jobs.set(name, [{ TrainingJobName: name, ...state }]);
  };

  test("a job that runs past the deadline runs on, and its name is attached to", async () => {
    training(job.jobName, { TrainingJobStatus: "InProgress" });
    deadlineEpochMs = nowEpochMs + 60_000;
    await expect(ports.trainer.train(job)).rejects.toMatchObject({ name: "TrainingJobStillRunning" });
    expect(bodiesOf("CreateTrainingJob").at(-1).HyperParameters).not.toHaveProperty("early_stopping_rounds");
    deadlineEpochMs = Number.POSITIVE_INFINITY;
  });

  test("a job that failed for want of machines does not block its repetition", async () => {
    training(job.jobName, { TrainingJobStatus: "Failed", FailureReason: "CapacityError: no ml.m5.xlarge" });
    training(`${job.jobName}-2`, { TrainingJobStatus: "Failed", FailureReason: "AlgorithmError: bad rows" });
    const failure = { name: "TrainingJobFailed", message: expect.stringMatching(/-2 ended as Failed: AlgorithmError/) };
    await expect(ports.trainer.train(job)).rejects.toMatchObject(failure);
  });

  test("a quota is a lack of capacity; a job that was stopped for its time has failed", async () => {
    aws.overrides.set("CreateTrainingJob", () => {
      throw refusal("ResourceLimitExceeded");
    });
    await expect(ports.trainer.train(job)).rejects.toMatchObject({ name: "TrainingCapacityUnavailable" });
    aws.overrides.clear();
    training(job.jobName, { TrainingJobStatus: "Stopped", SecondaryStatus: "MaxRuntimeExceeded" });
    await expect(ports.trainer.train(job)).rejects.toThrow("MaxRuntimeExceeded");
  });

  test("in service with the old configuration is a rollback", async () => {
    const { champion } = await ports.aliases.read("card-fraud");
    const staged = await ports.endpoints.stage("card-fraud", { ...champion!, version: "2026-10-00000000" });
    aws.overrides.set("UpdateEndpoint", () => ({ EndpointArn: "arn" }));
    await expect(staged.promote()).rejects.toMatchObject({ name: "DeploymentRolledBack" });
    aws.overrides.clear();
    await staged.discard();
    expect([...aws.endpoints.keys()]).toEqual(["card-fraud"]);
  });

  test("an alias moves from the expected champion only, and a write that was sent twice is one", async () => {
    const before = await ports.aliases.read("card-fraud");
    const moved = ports.aliases.move("card-fraud", "another", {});
    await expect(moved).rejects.toMatchObject({ name: "EndpointBusy" });
    await ports.aliases.move("card-fraud", "another", before);
  });

  test("an event that was refused under status 200 is not sent", async () => {
    aws.overrides.set("PutEvents", () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] }));
    const telling = ports.notifier.notify({ key: "k", subject: "é".repeat(200), detail: {} });
    await expect(telling).rejects.toThrow("EventBridge refused the event: InternalFailure");
    aws.overrides.clear();
    expect(await ports.notifier.notify({ key: "k", subject: "s", detail: {} })).toEqual({ sent: true });
    expect(bodiesOf("Publish").filter(({ Subject }) => Subject === "?".repeat(99))).toHaveLength(1);
  });
});
