import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createTar } from "nanotar";
import { describe, expect, test } from "vitest";
import { awsBench } from "../../../test/aws-bench.ts";
import { readGolden } from "../../../test/golden-model.ts";
import { refusal } from "../../../test/scripted-aws.ts";
import { itemOf } from "../../../test/small-world.ts";
import { launchTrainingJob } from "../../launch-training-job/launch-training-job.ts";
import { readXgboostDocument } from "../../learning/index.ts";

const archived = (name: string, data: Uint8Array) => gzipSync(createTar([{ name, data }]));
const archiveOf = (name: string) => `s3://runs/retrain/jobs/${name}/output/model.tar.gz`;
const split = (uri: string) => ({ uri, sha256: "", bytes: 0, rows: 0, positives: 0 });

describe("a training job of SageMaker", async () => {
  const { aws, ports, time, home, bodiesOf } = await awsBench();
  const rows = path.join(home, "validation.parquet");
  await ports.engine.session((session) =>
    session.writeParquet(
      `SELECT (i % 3 = 0)::FLOAT AS label, sin(i)::FLOAT AS amount, cos(i)::FLOAT AS hour, (i % 5)::FLOAT AS n7,
              NULL::FLOAT AS n30, (i % 2)::FLOAT AS noise FROM range(200) AS numbers(i) ORDER BY i`,
      rows,
    ),
  );
  aws.objects.set("runs/retrain/validation.parquet", await readFile(rows));

  let jobs = 0;
  function jobNamed(number = ++jobs) {
    return {
      jobName: `card-fraud-2026-09-${String(number).padStart(8, "0")}`,
      modelId: "card-fraud",
      featureNames: ["amount", "hour", "n7", "n30", "noise"],
      trainUri: "s3://runs/retrain/none",
      validationUri: "s3://runs/retrain/validation.parquet",
      hyperParameters: { num_round: 1, early_stopping_rounds: 0 },
      seed: 1,
    };
  }
  /** What SageMaker says of a job, once for each time that it is asked; the last for ever. */
  function scripted(name: string, ...states: readonly object[]) {
    aws.jobs.set(
      name,
      states.map((state) => ({
        TrainingJobName: name,
        ModelArtifacts: { S3ModelArtifacts: archiveOf(name) },
        ...state,
      })),
    );
  }
  const completed = { TrainingJobStatus: "Completed", TrainingTimeInSeconds: 61 };
  const underWay = { TrainingJobStatus: "InProgress" };
  const keepArchive = (name: string, archive: Uint8Array) =>
    aws.objects.set(archiveOf(name).slice("s3://".length), Buffer.from(archive));

  test("its model is read as XGBoost writes it, UBJSON in model.tar.gz, and kept as a calibrated document", async () => {
    const job = jobNamed();
    scripted(job.jobName, underWay, completed);
    keepArchive(job.jobName, archived("xgboost-model", readGolden("libxgboost-1.7.4.ubj")));
    const trained = await ports.trainer.train(job);
    expect(trained).toMatchObject({ trainer: "sagemaker", modelFormat: "xgboost-json", rounds: 12, seconds: 61 });
    const kept = readXgboostDocument(await ports.objects.read(trained.model.uri));
    expect(kept.featureNames).toEqual(job.featureNames);
    expect(kept.trees).toHaveLength(12);
  });

  test("is found finished without asking SageMaker again", async () => {
    const asked = aws.asked.length;
    await ports.trainer.train(jobNamed(1));
    expect(aws.asked.slice(asked).filter(({ operation }) => operation.endsWith("TrainingJob"))).toEqual([]);
  });

  test.each([
    ["no gzip", Buffer.from("not an archive"), "cannot be unpacked"],
    [
      "cut short",
      archived("xgboost-model", readGolden("libxgboost-1.7.4.ubj")).subarray(0, 900),
      "cannot be unpacked: Error: unexpected end of file",
    ],
    ["of another file", archived("model.pkl", Buffer.from("x")), "holds model.pkl; wanted xgboost-model"],
    ["empty", gzipSync(Buffer.alloc(1_024)), "holds nothing; wanted xgboost-model"],
    [
      "with a damaged model",
      archived("xgboost-model", readGolden("libxgboost-1.7.4.ubj").subarray(0, 700)),
      "byte 695: found the end",
    ],
    ["with a pickle", archived("xgboost-model", Buffer.from([0x80, 4, 0x95])), "wanted {, with which JSON and UBJSON"],
  ])("an archive that is %s is a corrupt model", async (_what, archive, message) => {
    const job = jobNamed();
    scripted(job.jobName, completed);
    keepArchive(job.jobName, archive);
    const training = ports.trainer.train(job);
    await expect(training).rejects.toMatchObject({ name: "ModelArtifactCorruptError" });
    await expect(training).rejects.toThrow(message);
  });

  test("a model of other features is refused", async () => {
    const job = jobNamed();
    scripted(job.jobName, completed);
    keepArchive(job.jobName, archived("xgboost-model", readGolden("libxgboost-1.7.4.ubj")));
    await expect(ports.trainer.train({ ...job, featureNames: ["amount"] })).rejects.toMatchObject({
      name: "FeatureSchemaMismatchError",
      message: expect.stringContaining("was trained on 5 features; wanted 1."),
    });
  });

  test("with a hyper-parameter that nobody knows is not started", async () => {
    const before = bodiesOf("CreateTrainingJob").length;
    const training = ports.trainer.train({ ...jobNamed(), hyperParameters: { num_rounds: 10 } });
    await expect(training).rejects.toMatchObject({ name: "InvalidHyperParameterError" });
    expect(bodiesOf("CreateTrainingJob")).toHaveLength(before);
  });

  test("that runs past the deadline runs on, and its name is attached to", async () => {
    const job = jobNamed();
    scripted(job.jobName, underWay);
    time.deadlineEpochMs = time.nowEpochMs + 60_000;
    await expect(ports.trainer.train(job)).rejects.toMatchObject({ name: "TrainingJobStillRunning" });
    expect(bodiesOf("CreateTrainingJob").at(-1).HyperParameters).not.toHaveProperty("early_stopping_rounds");
    time.deadlineEpochMs = Number.POSITIVE_INFINITY;
  });

  test("that failed for want of machines does not block its repetition", async () => {
    const job = jobNamed();
    scripted(job.jobName, { TrainingJobStatus: "Failed", FailureReason: "CapacityError: no ml.m5.xlarge" });
    scripted(`${job.jobName}-2`, { TrainingJobStatus: "Failed", FailureReason: "AlgorithmError: bad rows" });
    await expect(ports.trainer.train(job)).rejects.toMatchObject({
      name: "TrainingJobFailed",
      message: expect.stringMatching(/-2 ended as Failed: AlgorithmError/),
    });
  });

  test("beyond a quota lacks capacity; one that was stopped for its time has failed", async () => {
    const job = jobNamed();
    aws.overrides.set("CreateTrainingJob", () => {
      throw refusal("ResourceLimitExceeded");
    });
    await expect(ports.trainer.train(job)).rejects.toMatchObject({ name: "TrainingCapacityUnavailable" });
    aws.overrides.clear();
    scripted(job.jobName, { TrainingJobStatus: "Stopped", SecondaryStatus: "MaxRuntimeExceeded" });
    await expect(ports.trainer.train(job)).rejects.toThrow("MaxRuntimeExceeded");
  });

  /** What the state does: three attempts of 14 minutes, 5 and 10 seconds between them. */
  async function throughTheRetry(jobName: string) {
    const launch = launchTrainingJob(ports);
    const ended: unknown[] = [];
    for (const delaySeconds of [5, 10, 0]) {
      time.deadlineEpochMs = time.nowEpochMs + 840_000;
      const attempt = launch(preprocessed(jobName)).catch((error: Error) => error.name);
      ended.push(await attempt);
      if (typeof ended.at(-1) !== "string") break;
      time.nowEpochMs += delaySeconds * 1000;
    }
    time.deadlineEpochMs = Number.POSITIVE_INFINITY;
    return ended;
  }

  test("of 39 minutes is seen through by the state's own Retry, as one job", async () => {
    const job = jobNamed();
    // Asked every 15 seconds: 160 times.
    scripted(job.jobName, ...Array.from({ length: 160 }, () => underWay), completed);
    keepArchive(job.jobName, archived("xgboost-model", readGolden("libxgboost-1.7.4.ubj")));
    const [startedAt, before] = [time.nowEpochMs, bodiesOf("CreateTrainingJob").length];
    const ended = await throughTheRetry(job.jobName);
    expect(ended).toEqual([
      "TrainingJobStillRunning",
      "TrainingJobStillRunning",
      expect.objectContaining({ outcome: "OK" }),
    ]);
    expect(Math.round((time.nowEpochMs - startedAt) / 60_000)).toBe(39);
    const names = bodiesOf("CreateTrainingJob").slice(before);
    expect(new Set(names.map(({ TrainingJobName }) => TrainingJobName))).toEqual(new Set([job.jobName]));
  });

  test("that outlasts all attempts ends its model's run as data, so that the others go on", async () => {
    const job = jobNamed();
    scripted(job.jobName, underWay);
    expect(await throughTheRetry(job.jobName)).toEqual([
      "TrainingJobStillRunning",
      "TrainingJobStillRunning",
      expect.objectContaining({ outcome: "FAILED", stoppedAt: "train", error: "TrainingJobStillRunning" }),
    ]);
  });

  function preprocessed(jobName: string): Parameters<ReturnType<typeof launchTrainingJob>>[0] {
    const { featureNames, trainUri, validationUri } = jobNamed(0);
    return {
      ...itemOf("card-fraud"),
      outcome: "OK",
      dataset: { ...split(trainUri), minEventTime: "", maxEventTime: "", sourcePartitions: 1 },
      dataChecks: { passed: 1, warned: [], reportUri: "" },
      features: {
        names: featureNames,
        sha256: "",
        schemaHash: "",
        baselineUri: "",
        splits: { train: split(trainUri), validation: split(validationUri), test: split(validationUri) },
        leakage: { maxSingleFeatureAuc: 0, feature: "", overlappingKeys: 0 },
      },
      training: { jobName, seed: 1, hyperParameters: { num_round: 1 } },
    };
  }
});
