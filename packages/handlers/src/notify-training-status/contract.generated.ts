/** The wire types of the task `NotifyTrainingStatus`. Generated from its contract. */

export type NotifyTrainingStatusInput = [
{
  modelId: string;
  runId: string;
  step: "register";
  status: "Approved" | "Rejected" | "PendingManualApproval" | "NotRegistered";
  modelVersion?: string;
  recordUri?: string;
  metrics?: {
    auc: number;
    prauc: number;
    logLoss: number;
    brier: number;
    ks: number;
    recallAt1PercentFpr: number;
    ece: number;
    rows: number;
    positives: number;
  };
  failedRules: string[];
  stopped?: {
    outcome: "SKIPPED" | "FAILED";
    stoppedAt: "ingest" | "preprocess" | "train" | "evaluate" | "register" | "deploy" | "notify";
    error: string;
    reason: string;
  };
  trainingSeconds?: number;
}, {
  modelId: string;
  runId: string;
  step: "deploy";
  status: "IN_SERVICE" | "UPDATING" | "NOT_DEPLOYED" | "ROLLED_BACK";
  serving?: string;
  previous?: string;
  smokeTest?: { rows: number; maxDifference: number; seconds: number };
  reason?: string;
}
];

export interface NotifyTrainingStatusOutput {
  modelId: string;
  runId: string;
  status: "DEPLOYED" | "REJECTED" | "PENDING_APPROVAL" | "SKIPPED" | "ROLLED_BACK" | "FAILED";
  version?: string;
  serving?: string;
  reason?: string;
  metrics?: {
    auc: number;
    prauc: number;
    logLoss: number;
    brier: number;
    ks: number;
    recallAt1PercentFpr: number;
    ece: number;
    rows: number;
    positives: number;
  };
  failedRules: string[];
  trainingSeconds?: number;
}
