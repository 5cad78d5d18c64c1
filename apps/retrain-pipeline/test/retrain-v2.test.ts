/** The second pipeline, offline: every way that a model and a run can take, in virtual time. */
import { build } from "@stepwright/dsl";
import { memoryObjects } from "@stepwright/local-runner";
import type { ExecutionResult } from "@stepwright/local-runner";
import { lambdaReplies, runScripted, visitsOf } from "@stepwright/local-runner/testing";
import type { ScriptedReply, TaskScript } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";
import retrainV2 from "../src/retrain-v2.machine.ts";
import { planMonthlyStart } from "../src/starter/monthly-start.ts";
import {
  ingestData,
  judgeChallenger,
  notify,
  prepareFeatures,
  recordVersion,
  rollBackTraffic,
  shiftTraffic,
  summariseRun,
} from "../src/retrain-v2.contracts.ts";
import type { Deployment, JudgedModel, ModelRun, RetrainRun } from "../src/retrain-v2.contracts.ts";

const { definition, diagnostics, tasks } = build(retrainV2);

const settled = (status: Deployment["status"]) => ({
  output: { status, endpoint: "payments-m", trafficPercent: 10 },
});

const judged = (decision: JudgedModel["decision"]) =>
  lambdaReplies(judgeChallenger, (trained) => ({
    output: {
      ...trained,
      version: "7",
      decision,
      metrics: { auc: 0.9, prauc: 0.4 },
      failedRules: decision === "REJECT" ? ["delta-prauc", "calibration"] : [],
    },
  }));

const ingested = (sent: ModelRun) => ({
  output: { ...sent, dataset: { uri: `s3://data/${sent.model.modelId}`, rows: 1000 } },
});

const noted = lambdaReplies(notify, (sent) => ({ output: sent }));

const trained: ScriptedReply = {
  output: {
    TrainingJobArn: "arn:aws:sagemaker:eu-west-1:123456789012:training-job/job",
    ModelArtifacts: { S3ModelArtifacts: "s3://models/model.tar.gz" },
    BillableTimeInSeconds: 61,
  },
};

/** The answers when all goes well. */
const allWell: TaskScript = {
  IngestData: lambdaReplies(ingestData, ingested),
  PreprocessFeatures: lambdaReplies(prepareFeatures, (ingestedModel) => ({
    output: {
      ...ingestedModel,
      training: {
        jobName: `job-${ingestedModel.model.modelId}`,
        hyperParameters: { max_depth: "6" },
        channels: [],
        outputPath: "s3://models",
        resources: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 10 },
      },
    },
  })),
  TrainModel: trained,
  EvaluateModel: judged("PROMOTE"),
  RegisterModel: lambdaReplies(recordVersion, (model) => ({ output: model })),
  DeployCanary: lambdaReplies(shiftTraffic, settled("UPDATING")),
  CheckDeployment: lambdaReplies(shiftTraffic, settled("IN_SERVICE")),
  NotifyDeployed: noted,
  NotifyRejected: noted,
  NotifyNotApproved: noted,
  NotifySkipped: noted,
  NotifyFailed: noted,
  NotifyRunFailed: { output: { MessageId: "1" } },
  SummariseRun: lambdaReplies(summariseRun, ({ runId }) => ({ output: { runId, succeeded: 1, failed: 0 } })),
};

interface Ran {
  readonly result: ExecutionResult;
  readonly models: readonly ExecutionResult[];
}

const input: RetrainRun = {
  manifest: { bucket: "runs", key: "manifest.jsonl" },
  runId: "run-1",
  asOf: "2026-01-01T00:00:00Z",
};

async function run(script: TaskScript, modelIds: readonly string[] = ["card-fraud"]): Promise<Ran> {
  const manifest = modelIds.map((modelId) => JSON.stringify({ modelId, tier: "core" })).join("\n");
  const models: ExecutionResult[] = [];
  const result = await runScripted(definition, {
    script: { ...allWell, ...script },
    input: { ...input },
    objects: memoryObjects({ runs: modelIds.length === 0 ? {} : { "manifest.jsonl": manifest } }),
    onChildExecution: (model) => models.push(model),
  });
  return { result, models };
}

/** A run of one model: the states that the model's execution went through, and how it ended. */
async function runModel(script: TaskScript) {
  const { result, models } = await run(script);
  const [model] = models;
  if (model === undefined) throw new Error("no model was run");
  const visits = visitsOf(model);
  return { result, model, visited: visits.map(({ stateName }) => stateName), visits };
}

const untilGate = [
  "RememberModel",
  "RetrainModel",
  "IngestData",
  "PreprocessFeatures",
  "TrainModel",
  "EvaluateModel",
  "RegisterModel",
  "ChampionChallengerGate",
];
const throughCanary = ["Canary", "DeployCanary", "WaitForBake", "CheckDeployment", "DeploymentSettled"];
const notice = { modelId: "card-fraud", runId: "run-1" };

test("AWS would accept it, and its functions are not ours", () => {
  expect(diagnostics).toEqual([]);
  expect(tasks).toEqual([]);
});

test("a challenger that wins goes live, and the run is summed up", async () => {
  const { result, model, visited } = await runModel({});
  expect(visited).toEqual([...untilGate, ...throughCanary, "InService", "NotifyDeployed"]);
  expect(model).toMatchObject({ status: "SUCCEEDED", output: { ...notice, status: "DEPLOYED" } });
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { runId: "run-1", succeeded: 1, failed: 0 } });
  expect(visitsOf(result).map(({ stateName }) => stateName)).toEqual([
    "RememberRun",
    "RetrainAllModels",
    "SummariseRun",
    "BatchRetrainingComplete",
  ]);
});

test("a challenger that loses is reported with the rules it broke", async () => {
  const { model, visited } = await runModel({ EvaluateModel: judged("REJECT") });
  expect(visited).toEqual([...untilGate, "NotifyRejected"]);
  expect(model).toMatchObject({
    status: "SUCCEEDED",
    output: { ...notice, status: "REJECTED", reason: "delta-prauc, calibration" },
  });
});

test("a doubtful challenger waits for a human, who is sent the token", async () => {
  const tokens: string[] = [];
  const { model, visited } = await runModel({
    EvaluateModel: judged("NEEDS_APPROVAL"),
    AwaitHumanApproval: ({ Payload }) => {
      tokens.push(Payload.taskToken);
      return { output: { approvedBy: "ada" }, delayMs: 3_600_000 };
    },
  });
  expect(tokens).toEqual([expect.any(String)]);
  expect(visited).toEqual([...untilGate, "AwaitHumanApproval", ...throughCanary, "InService", "NotifyDeployed"]);
  expect(model.status).toBe("SUCCEEDED");
});

test.each<[string, ScriptedReply, string]>([
  ["refused", { error: "ModelRejected" }, "ModelRejected"],
  ["forgotten for five days", { unanswered: true }, "States.Timeout"],
])("a doubtful challenger that is %s stays where it is", async (_how, reply, reason) => {
  const { model, visited } = await runModel({
    EvaluateModel: judged("NEEDS_APPROVAL"),
    AwaitHumanApproval: reply,
  });
  expect(visited).toEqual([...untilGate, "AwaitHumanApproval", "NotifyNotApproved"]);
  expect(model).toMatchObject({ status: "SUCCEEDED", output: { ...notice, status: "REJECTED", reason } });
});

test.each([
  ["IngestData", "DataValidationError"],
  ["PreprocessFeatures", "InsufficientLabelsError"],
  ["PreprocessFeatures", "LeakageSuspectedError"],
  ["PreprocessFeatures", "SchemaMismatchError"],
])("when %s says %s, the model is skipped and nothing is retried", async (state, error) => {
  const { model, visits } = await runModel({ [state]: { error } });
  expect(visits.find(({ stateName }) => stateName === state)).toMatchObject({ attempts: 1 });
  expect(visits.at(-1)).toMatchObject({ stateName: "NotifySkipped" });
  expect(model).toMatchObject({ status: "SUCCEEDED", output: { ...notice, status: "SKIPPED", reason: error } });
});

test("what passes is retried by name", async () => {
  const busy = { error: "SageMaker.ResourceLimitExceededException" };
  const { model, visits } = await runModel({
    TrainModel: [busy, busy, trained],
    DeployCanary: lambdaReplies(shiftTraffic, [{ error: "EndpointBusy" }, settled("UPDATING")]),
  });
  expect(model.status).toBe("SUCCEEDED");
  expect(visits.find(({ stateName }) => stateName === "TrainModel")).toMatchObject({ attempts: 3 });
  expect(visits.find(({ stateName }) => stateName === "DeployCanary")).toMatchObject({ attempts: 2 });
});

test("a canary that is still shifting is asked again", async () => {
  const { model, visited } = await runModel({
    CheckDeployment: lambdaReplies(shiftTraffic, [settled("UPDATING"), settled("UPDATING"), settled("IN_SERVICE")]),
  });
  expect(visited.filter((name) => name === "WaitForBake")).toHaveLength(3);
  expect(model.status).toBe("SUCCEEDED");
});

test("a canary that fails is rolled back, and the model has failed", async () => {
  const { model, visited } = await runModel({
    CheckDeployment: lambdaReplies(shiftTraffic, settled("FAILED")),
    Rollback: lambdaReplies(rollBackTraffic, [{ error: "Lambda.Unknown" }, { output: { restored: "6" } }]),
  });
  expect(visited).toEqual([
    ...untilGate,
    ...throughCanary,
    "CanaryFailed",
    "Rollback",
    "RolledBack",
    "NotifyFailed",
    "ModelFailed",
  ]);
  expect(model).toMatchObject({
    status: "FAILED",
    error: "ModelRetrainingFailed",
    cause: "card-fraud: ModelRolledBack",
  });
});

test("a month's manifest is read as the starter writes it", async () => {
  const start = planMonthlyStart({
    scheduledTime: "2026-11-01T03:00:00Z",
    models: Array.from({ length: 301 }, (_unused, index) => ({ modelId: `model-${index}`, tier: "core" })),
    manifests: { bucket: "runs", prefix: "retrain/" },
  });
  if (start.kind !== "manifest") throw new Error("no manifest");
  const asked: ModelRun[] = [];
  const result = await runScripted(definition, {
    script: {
      ...allWell,
      IngestData: lambdaReplies(ingestData, (sent) => {
        asked.push(sent);
        return ingested(sent);
      }),
    },
    input: { ...start.input },
    objects: memoryObjects({ runs: { [start.input.manifest.key]: start.manifest.text } }),
  });
  expect(result).toMatchObject({ status: "SUCCEEDED", output: { runId: "2026-11" } });
  expect(new Set(asked.map(({ model }) => model.modelId)).size).toBe(301);
  expect(new Set(asked.map(({ runId, asOf }) => `${runId} ${asOf}`))).toEqual(
    new Set(["2026-11 2026-11-01T00:00:00Z"]),
  );
});

test("one model in ten may fail", async () => {
  const modelIds = Array.from({ length: 10 }, (_unused, index) => `model-${index}`);
  const { result, models } = await run(
    {
      IngestData: lambdaReplies(ingestData, (sent) =>
        sent.model.modelId === "model-3" ? { error: "Lambda.Unknown" } : ingested(sent),
      ),
    },
    modelIds,
  );
  expect(result.status).toBe("SUCCEEDED");
  expect(models.filter(({ status }) => status === "FAILED").map((model) => model)).toMatchObject([
    { error: "ModelRetrainingFailed", cause: "model-3: Lambda.Unknown" },
  ]);
});

test.each([
  ["too many models fail", ["a", "b"], "States.ExceedToleratedFailureThreshold"],
  ["there is no manifest", [], "States.ItemReaderFailed"],
])("when %s, somebody is told and the run has failed", async (_why, modelIds, error) => {
  const messages: object[] = [];
  const { result } = await run(
    {
      IngestData: { error: "NoSuchTable" },
      NotifyRunFailed: (request) => {
        messages.push(request);
        return { output: { MessageId: "1" } };
      },
    },
    modelIds,
  );
  expect(messages).toMatchObject([{ Message: { runId: "run-1", error }, Subject: "Bulk retraining failed" }]);
  expect(result).toMatchObject({ status: "FAILED", error: "BulkRetrainingFailed", cause: "run run-1" });
});
