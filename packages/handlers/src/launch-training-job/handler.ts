import { lambdaEntry } from "../lambda-entry.ts";
import { parseLaunchTrainingJobInput } from "./contract.generated.ts";
import { launchTrainingJob } from "./launch-training-job.ts";

export const handler = lambdaEntry({
  task: "LaunchTrainingJob",
  parse: parseLaunchTrainingJobInput,
  step: launchTrainingJob,
});
