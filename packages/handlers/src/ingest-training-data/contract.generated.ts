/** The wire types of the task `IngestTrainingData`. Generated from its contract. */

export interface IngestTrainingDataInput {
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
}

export type IngestTrainingDataOutput =
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
