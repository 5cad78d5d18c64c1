/** The wire types of the task `LaunchTrainingJob`. Generated from its contract. */

export type LaunchTrainingJobInput =
  | {
  schemaVersion: 1;
  modelId: string;
  runId: string;
  asOf: string;
  trigger: "schedule" | "manual" | "drift";
  overrides?: {
    hyperParameters?: Record<string, number>;
    gate?: Record<string, number>;
    force?: boolean;
  };
  outcome: "OK";
  dataset: {
    uri: string;
    sha256: string;
    bytes: number;
    rows: number;
    minEventTime: string;
    maxEventTime: string;
    sourcePartitions: number;
  };
  dataChecks: { passed: number; warned: string[]; reportUri: string };
  features: {
    names: string[];
    sha256: string;
    schemaHash: string;
    baselineUri: string;
    splits: {
      train: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
      validation: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
      test: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
    };
    drift?: { comparedTo: string; maxPsi: number; worstFeature: string; over25: string[] };
    leakage: { maxSingleFeatureAuc: number; feature: string; overlappingKeys: number };
  };
  training: { jobName: string; seed: number; hyperParameters: Record<string, number> };
}
  | {
  schemaVersion: 1;
  modelId: string;
  runId: string;
  asOf: string;
  trigger: "schedule" | "manual" | "drift";
  overrides?: {
    hyperParameters?: Record<string, number>;
    gate?: Record<string, number>;
    force?: boolean;
  };
  outcome: "SKIPPED" | "FAILED";
  stoppedAt: "ingest" | "preprocess" | "train" | "evaluate" | "register" | "deploy" | "notify";
  error: string;
  reason: string;
  reportUri?: string;
};

export type LaunchTrainingJobOutput =
  | {
  schemaVersion: 1;
  modelId: string;
  runId: string;
  asOf: string;
  trigger: "schedule" | "manual" | "drift";
  overrides?: {
    hyperParameters?: Record<string, number>;
    gate?: Record<string, number>;
    force?: boolean;
  };
  outcome: "OK";
  dataset: {
    uri: string;
    sha256: string;
    bytes: number;
    rows: number;
    minEventTime: string;
    maxEventTime: string;
    sourcePartitions: number;
  };
  dataChecks: { passed: number; warned: string[]; reportUri: string };
  features: {
    names: string[];
    sha256: string;
    schemaHash: string;
    baselineUri: string;
    splits: {
      train: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
      validation: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
      test: { uri: string; sha256: string; bytes: number; rows: number; positives: number };
    };
    drift?: { comparedTo: string; maxPsi: number; worstFeature: string; over25: string[] };
    leakage: { maxSingleFeatureAuc: number; feature: string; overlappingKeys: number };
  };
  training: {
    jobName: string;
    seed: number;
    hyperParameters: Record<string, number>;
    trainer: "local" | "lambda" | "sagemaker";
    status: "Completed";
    modelUri: string;
    modelFormat: "xgboost-json" | "xgboost-ubj";
    modelSha256: string;
    rounds: number;
    seconds: number;
  };
}
  | {
  schemaVersion: 1;
  modelId: string;
  runId: string;
  asOf: string;
  trigger: "schedule" | "manual" | "drift";
  overrides?: {
    hyperParameters?: Record<string, number>;
    gate?: Record<string, number>;
    force?: boolean;
  };
  outcome: "SKIPPED" | "FAILED";
  stoppedAt: "ingest" | "preprocess" | "train" | "evaluate" | "register" | "deploy" | "notify";
  error: string;
  reason: string;
  reportUri?: string;
};
