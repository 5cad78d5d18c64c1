/** Keeps a version for good: approved or not, with all that it came from. What serves is not decided here. */
import type { Evaluated, Registered } from "../contracts.ts";
import { specOf } from "../ingest-training-data/ingest-training-data.ts";
import type { ApprovalStatus, Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import type { RegisterModelInput, RegisterModelOutput } from "./contract.generated.ts";
import { modelCard } from "./model-card.ts";

const statusOf: Readonly<Record<Evaluated["decision"], ApprovalStatus>> = {
  PROMOTE: "Approved",
  REJECT: "Rejected",
  NEEDS_APPROVAL: "PendingManualApproval",
};

export const registerModel =
  (ports: Ports) =>
  async (event: RegisterModelInput): Promise<RegisterModelOutput> => {
    if (event.outcome !== "OK") return notRegistered(event);
    return runStep<RegisterModelOutput>(
      ports,
      {
        item: event,
        step: "register",
        inputs: { version: event.modelVersion, evaluation: event.evaluation },
        onStopped: notRegistered,
      },
      () => register(ports, event),
    );
  };

async function register(ports: Ports, event: Evaluated): Promise<Registered> {
  const { modelId, runId, asOf, modelVersion, training, features, evaluation } = event;
  const status = statusOf[event.decision];
  const { recordUri } = await ports.registry.register({
    modelId,
    version: modelVersion,
    runId,
    asOf,
    status,
    modelUri: training.modelUri,
    modelSha256: training.modelSha256,
    featureNames: features.names,
    baselineUri: features.baselineUri,
    evaluationUri: evaluation.reportUri,
    lineage: {
      datasetSha256: event.dataset.sha256,
      featuresSha256: features.sha256,
      schemaHash: features.schemaHash,
      jobName: training.jobName,
      seed: training.seed,
      rounds: training.rounds,
      trigger: event.trigger,
      championAtEvaluation: evaluation.champion?.version ?? "none",
    },
    card: modelCard(specOf(ports, modelId), event),
  });
  return {
    modelId,
    runId,
    step: "register",
    status,
    modelVersion,
    recordUri,
    metrics: evaluation.candidate,
    failedRules: evaluation.rules
      .filter((rule) => !rule.passed)
      .map((rule) => `${rule.rule} (${rule.value.toFixed(4)})`),
    trainingSeconds: training.seconds,
  };
}

function notRegistered(stopped: Exclude<RegisterModelInput, { outcome: "OK" }>): Registered {
  const { modelId, runId, outcome, stoppedAt, error, reason } = stopped;
  return {
    modelId,
    runId,
    step: "register",
    status: "NotRegistered",
    failedRules: [],
    stopped: { outcome, stoppedAt, error, reason },
  };
}
