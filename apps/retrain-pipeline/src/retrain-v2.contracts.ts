/**
 * What the second pipeline sends and gets. Its Lambda functions are deployed elsewhere, so these contracts describe
 * their events and answers without schemas, and no handler is generated for them.
 */
import { defineTask } from "@stepwright/dsl";

/** The input of an execution: where the list of models lies. */
export interface RetrainRun {
  manifest: { bucket: string; key: string };
  runId: string;
  /** ISO 8601: nothing that became known at or after this moment may be used. */
  asOf: string;
}

/** A line of the manifest. */
export interface ManifestEntry {
  modelId: string;
  tier: "core" | "long-tail";
  overrides?: { maxRuntimeSeconds?: number };
}

/** The input of the execution that retrains one model. */
export interface ModelRun {
  schemaVersion: 2;
  model: ManifestEntry;
  runId: string;
  asOf: string;
  executionId: string;
  itemIndex: number;
}

export interface IngestedModel extends ModelRun {
  dataset: { uri: string; rows: number };
}

export interface PreparedModel extends IngestedModel {
  training: {
    jobName: string;
    hyperParameters: { [name: string]: string };
    channels: { ChannelName: string; DataSource: { S3DataSource: { S3DataType: string; S3Uri: string } } }[];
    outputPath: string;
    resources: { InstanceType: string; InstanceCount: number; VolumeSizeInGB: number };
  };
}

export interface TrainedModel {
  model: ManifestEntry;
  runId: string;
  asOf: string;
  dataset: { uri: string; rows: number };
  artifact: { jobArn: string; uri: string; billableSeconds: number };
}

/** What the gate found when it held the challenger against the champion. */
export interface JudgedModel extends TrainedModel {
  version: string;
  decision: "PROMOTE" | "REJECT" | "NEEDS_APPROVAL";
  metrics: { auc: number; prauc: number };
  failedRules: string[];
}

export interface Deployment {
  status: "UPDATING" | "IN_SERVICE" | "FAILED";
  endpoint: string;
  trafficPercent: number;
}

export interface Notice {
  status: "DEPLOYED" | "REJECTED" | "SKIPPED" | "FAILED";
  modelId: string;
  runId: string;
  reason?: string;
}

export interface RunSummary {
  runId: string;
  succeeded: number;
  failed: number;
}

/** The data says that this model cannot be retrained now: nobody's fault, and no retry helps. */
export const dataErrors = [
  "DataValidationError",
  "InsufficientLabelsError",
  "LeakageSuspectedError",
  "SchemaMismatchError",
] as const;

export const ingestData = defineTask<ModelRun, IngestedModel, "TransientDependencyError" | "DataValidationError">(
  "IngestModelData",
);

export const prepareFeatures = defineTask<
  IngestedModel,
  PreparedModel,
  "TransientDependencyError" | "InsufficientLabelsError" | "LeakageSuspectedError" | "SchemaMismatchError"
>("PrepareModelFeatures");

export const judgeChallenger = defineTask<TrainedModel, JudgedModel, "TransientDependencyError">("JudgeChallenger");

export const recordVersion = defineTask<JudgedModel, JudgedModel, "RegistryConflictError">("RecordModelVersion");

export const requestApproval = defineTask<
  { model: JudgedModel; taskToken: string },
  { approvedBy: string },
  "ModelRejected"
>("RequestApproval");

export const shiftTraffic = defineTask<
  { phase: "START" | "CHECK"; endpoint: string; version: string },
  Deployment,
  "EndpointBusy"
>("ShiftTraffic");

export const rollBackTraffic = defineTask<{ endpoint: string }, { restored: string }>("RollBackTraffic");

export const notify = defineTask<Notice, Notice>("NotifyModelStatus");

export const summariseRun = defineTask<{ runId: string; results: { Bucket: string; Key: string } }, RunSummary>(
  "SummariseRetrainingRun",
);
