import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { LaunchTrainingJobInput, LaunchTrainingJobOutput } from "./contract.generated.ts";
import { launchTrainingJob } from "./launch-training-job.ts";

export const handler = async (event: LaunchTrainingJobInput): Promise<LaunchTrainingJobOutput> =>
  launchTrainingJob(portsFromEnvironment())(event);
