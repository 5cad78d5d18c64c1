import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseLaunchTrainingJobInput } from "./contract.generated.ts";
import { launchTrainingJob } from "./launch-training-job.ts";

export const handler = async (event: unknown) =>
  launchTrainingJob(portsFromEnvironment())(parseLaunchTrainingJobInput(event));
