import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { NotifyTrainingStatusInput, NotifyTrainingStatusOutput } from "./contract.generated.ts";
import { notifyTrainingStatus } from "./notify-training-status.ts";

export const handler = async (event: NotifyTrainingStatusInput): Promise<NotifyTrainingStatusOutput> =>
  notifyTrainingStatus(portsFromEnvironment())(event);
