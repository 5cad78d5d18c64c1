/** The last step: one message about one model's run, and the entry of the run's summary. */
import { hashOfJson } from "../canonical-json.ts";
import type { Deployed, Registered } from "../contracts.ts";
import type { Ports } from "../ports.ts";
import { runOnce } from "../run-step.ts";
import type { NotifyTrainingStatusInput, NotifyTrainingStatusOutput as TrainingStatus } from "./contract.generated.ts";

export const notifyTrainingStatus =
  (ports: Pick<Ports, "ledger" | "failureMode" | "notifier">) =>
  async ([registered, deployed]: NotifyTrainingStatusInput): Promise<TrainingStatus> => {
    const status = summarize(registered, deployed);
    const { modelId, runId } = status;
    return runOnce<TrainingStatus>(
      ports,
      {
        key: { modelId, runId, step: "notify", inputHash: hashOfJson([registered, deployed]) },
        force: false,
        // The model's fate is decided; that nobody could be told must not stop the other models.
        onFailure: (error) => ({
          ...status,
          reason: `Nobody was notified (${error.message}). ${status.reason ?? ""}`.trim(),
        }),
      },
      async () => {
        await ports.notifier.notify({
          key: [runId, modelId, status.status, status.version ?? "none"].join("/"),
          subject: `${modelId} ${runId}: ${status.status}`,
          detail: status,
        });
        return status;
      },
    );
  };

export function summarize(registered: Registered, deployed: Deployed): TrainingStatus {
  const { modelId, runId, modelVersion, metrics, failedRules, trainingSeconds } = registered;
  const reason = reasonOf(registered, deployed);
  return {
    modelId,
    runId,
    status: statusOf(registered, deployed),
    ...(modelVersion === undefined ? {} : { version: modelVersion }),
    ...(deployed.serving === undefined ? {} : { serving: deployed.serving }),
    ...(reason === undefined ? {} : { reason }),
    ...(metrics === undefined ? {} : { metrics }),
    failedRules,
    ...(trainingSeconds === undefined ? {} : { trainingSeconds }),
  };
}

function statusOf(registered: Registered, deployed: Deployed): TrainingStatus["status"] {
  if (registered.stopped !== undefined && registered.stopped.stoppedAt !== "register")
    return registered.stopped.outcome;
  if (registered.status === "Rejected") return "REJECTED";
  if (registered.status === "PendingManualApproval") return "PENDING_APPROVAL";
  if (deployed.status === "ROLLED_BACK") return "ROLLED_BACK";
  // A version that serves and is not registered is a fault, and people must know.
  if (registered.status === "NotRegistered" || deployed.status === "NOT_DEPLOYED") return "FAILED";
  return "DEPLOYED";
}

function reasonOf(registered: Registered, deployed: Deployed): string | undefined {
  if (registered.stopped !== undefined) return `${registered.stopped.error}: ${registered.stopped.reason}`;
  if (registered.failedRules.length > 0) return registered.failedRules.join("; ");
  return deployed.status === "IN_SERVICE" ? undefined : deployed.reason;
}
