import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseNotifyTrainingStatusInput } from "./contract.generated.ts";
import { notifyTrainingStatus } from "./notify-training-status.ts";

export const handler = async (event: unknown) =>
  notifyTrainingStatus(portsFromEnvironment())(parseNotifyTrainingStatusInput(event));
