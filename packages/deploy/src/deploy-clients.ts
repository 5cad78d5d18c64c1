/** The services that a deployment may call. Those that few deployments need are made when they are asked for. */
import type { FunctionsClient } from "./functions/functions-client.ts";
import type { AlarmsClient } from "./version-health.ts";
import type { ScheduleClient } from "./schedule.ts";
import type { StatesClient } from "./states-client.ts";

export interface DeployClients {
  readonly states: StatesClient;
  readonly schedules: () => Promise<ScheduleClient>;
  readonly functions: () => Promise<FunctionsClient>;
  readonly alarms: () => Promise<AlarmsClient>;
}
