import { lambdaEntry } from "../lambda-entry.ts";
import { parseNotifyTrainingStatusInput } from "./contract.generated.ts";
import { notifyTrainingStatus } from "./notify-training-status.ts";
import { statusMetrics } from "./status-metrics.ts";

export const handler = lambdaEntry({
  task: "NotifyTrainingStatus",
  parse: parseNotifyTrainingStatusInput,
  step: notifyTrainingStatus,
  measure: statusMetrics,
});
