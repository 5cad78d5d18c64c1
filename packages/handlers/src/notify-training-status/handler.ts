import { lambdaEntry } from "../lambda-entry.ts";
import { parseNotifyTrainingStatusInput } from "./contract.generated.ts";
import { notifyTrainingStatus } from "./notify-training-status.ts";

export const handler = lambdaEntry(parseNotifyTrainingStatusInput, notifyTrainingStatus);
