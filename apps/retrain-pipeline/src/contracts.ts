/**
 * The seven tasks of the retraining pipeline: what each takes, gives and may throw.
 *
 * A domain outcome (stale data, a rejected model) is data and travels on in `outcome`; only faults of the
 * infrastructure throw, because one failed iteration of an inline Map stops all the others.
 * The state's whole input is the handler's event and its return value is the whole output,
 * so every handler returns what it was given plus its own part.
 */
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";

export const ModelId = z.string().regex(/^[a-z][a-z0-9-]{2,30}$/);
export const RunId = z.string().regex(/^[a-z0-9-]{4,20}$/);

const ArtifactRef = z.object({ uri: z.string(), sha256: z.string(), bytes: z.int() });

/** One model of a run: an element of `$.models`. An iteration sees only this, hence `runId` and `asOf` in each. */
export const RetrainItem = z.object({
  schemaVersion: z.literal(1),
  modelId: ModelId,
  runId: RunId,
  /** Nothing that became known at or after this moment may be used. */
  asOf: z.iso.datetime(),
  trigger: z.enum(["schedule", "manual", "drift"]),
  overrides: z
    .object({
      hyperParameters: z.record(z.string(), z.number()).optional(),
      gate: z.record(z.string(), z.number()).optional(),
      /** Do the work again even if this run already has a result for the model. */
      force: z.boolean().optional(),
    })
    .optional(),
});

export const RetrainBatch = z.object({ models: z.array(RetrainItem) });

const Step = z.enum(["ingest", "preprocess", "train", "evaluate", "register", "deploy", "notify"]);

/** A model whose run ended early; the later handlers pass it through unchanged. */
const Stopped = RetrainItem.extend({
  outcome: z.enum(["SKIPPED", "FAILED"]),
  stoppedAt: Step,
  error: z.string(),
  reason: z.string(),
  reportUri: z.string().optional(),
});

const Dataset = ArtifactRef.extend({
  rows: z.int(),
  minEventTime: z.iso.datetime(),
  maxEventTime: z.iso.datetime(),
  sourcePartitions: z.int(),
});

const IngestedOk = RetrainItem.extend({
  outcome: z.literal("OK"),
  dataset: Dataset,
  dataChecks: z.object({ passed: z.int(), warned: z.array(z.string()), reportUri: z.string() }),
});

const Split = ArtifactRef.extend({ rows: z.int(), positives: z.int() });

const PreprocessedOk = IngestedOk.extend({
  features: z.object({
    names: z.array(z.string()),
    sha256: z.string(),
    schemaHash: z.string(),
    baselineUri: z.string(),
    splits: z.object({ train: Split, validation: Split, test: Split }),
    /** Population stability against the champion's baseline; absent when there is no champion. */
    drift: z
      .object({ comparedTo: z.string(), maxPsi: z.number(), worstFeature: z.string(), over25: z.array(z.string()) })
      .optional(),
    leakage: z.object({ maxSingleFeatureAuc: z.number(), feature: z.string(), overlappingKeys: z.int() }),
  }),
  training: z.object({
    jobName: z.string(),
    seed: z.int(),
    hyperParameters: z.record(z.string(), z.number()),
  }),
});

const TrainedOk = PreprocessedOk.extend({
  training: PreprocessedOk.shape.training.extend({
    trainer: z.enum(["local", "lambda", "sagemaker"]),
    status: z.literal("Completed"),
    modelUri: z.string(),
    modelFormat: z.enum(["xgboost-json", "xgboost-ubj"]),
    modelSha256: z.string(),
    rounds: z.int(),
    seconds: z.number(),
  }),
});

export const Metrics = z.object({
  auc: z.number(),
  prauc: z.number(),
  logLoss: z.number(),
  brier: z.number(),
  ks: z.number(),
  recallAt1PercentFpr: z.number(),
  ece: z.number(),
  rows: z.int(),
  positives: z.int(),
});

export const Decision = z.enum(["PROMOTE", "REJECT", "NEEDS_APPROVAL"]);

const GateRule = z.object({ rule: z.string(), passed: z.boolean(), value: z.number() });

const EvaluatedOk = TrainedOk.extend({
  evaluation: z.object({
    reportUri: z.string(),
    candidate: Metrics,
    champion: z.object({ version: z.string(), metrics: Metrics }).optional(),
    /** Paired bootstrap of the difference in PR-AUC, candidate minus champion, 95 % interval. */
    deltaPrauc: z.object({ mean: z.number(), lower: z.number(), upper: z.number() }).optional(),
    threshold: z.object({ falsePositiveRate: z.number(), score: z.number() }),
    rules: z.array(GateRule),
  }),
  decision: Decision,
  modelVersion: z.string(),
});

export const Ingested = z.discriminatedUnion("outcome", [IngestedOk, Stopped]);
export const Preprocessed = z.discriminatedUnion("outcome", [PreprocessedOk, Stopped]);
export const Trained = z.discriminatedUnion("outcome", [TrainedOk, Stopped]);
export const Evaluated = z.discriminatedUnion("outcome", [EvaluatedOk, Stopped]);

const StepResult = z.object({ modelId: ModelId, runId: RunId });

export const Registered = StepResult.extend({
  step: z.literal("register"),
  status: z.enum(["Approved", "Rejected", "PendingManualApproval", "NotRegistered"]),
  modelVersion: z.string().optional(),
  recordUri: z.string().optional(),
  /** What NotifyTrainingStatus needs of the evaluation, which it does not see. */
  metrics: Metrics.optional(),
  failedRules: z.array(z.string()),
  stopped: Stopped.pick({ outcome: true, stoppedAt: true, error: true, reason: true }).optional(),
  trainingSeconds: z.number().optional(),
});

export const Deployed = StepResult.extend({
  step: z.literal("deploy"),
  status: z.enum(["IN_SERVICE", "UPDATING", "NOT_DEPLOYED", "ROLLED_BACK"]),
  /** The version that answers now; absent when the model has never been deployed. */
  serving: z.string().optional(),
  previous: z.string().optional(),
  smokeTest: z.object({ rows: z.int(), maxDifference: z.number(), seconds: z.number() }).optional(),
  reason: z.string().optional(),
});

export const TrainingStatus = StepResult.extend({
  status: z.enum(["DEPLOYED", "REJECTED", "PENDING_APPROVAL", "SKIPPED", "ROLLED_BACK", "FAILED"]),
  version: z.string().optional(),
  serving: z.string().optional(),
  reason: z.string().optional(),
  metrics: Metrics.optional(),
  failedRules: z.array(z.string()),
  trainingSeconds: z.number().optional(),
});

const transient = "TransientDependencyError";

export const ingestTrainingData = defineTask("IngestTrainingData", {
  input: RetrainItem,
  output: Ingested,
  errors: [transient, "SourceNotReadyError", "UnknownModelError"],
});

export const preprocessFeatures = defineTask("PreprocessFeatures", {
  input: Ingested,
  output: Preprocessed,
  errors: [transient],
});

export const launchTrainingJob = defineTask("LaunchTrainingJob", {
  input: Preprocessed,
  output: Trained,
  errors: [transient, "TrainingJobStillRunning", "TrainingCapacityUnavailable"],
});

export const evaluateModel = defineTask("EvaluateModel", {
  input: Trained,
  output: Evaluated,
  errors: [transient],
});

export const registerModel = defineTask("RegisterModel", {
  input: Evaluated,
  output: Registered,
  errors: [transient, "RegistryConflictError"],
});

export const deployModelEndpoint = defineTask("DeployModelEndpoint", {
  input: Evaluated,
  output: Deployed,
  errors: [transient, "EndpointBusy"],
});

export const notifyTrainingStatus = defineTask("NotifyTrainingStatus", {
  input: z.tuple([Registered, Deployed]),
  output: TrainingStatus,
  errors: [transient],
});
