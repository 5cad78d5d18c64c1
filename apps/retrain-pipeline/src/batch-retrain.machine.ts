/** Every production model of the payment system, retrained in one Map: at most three at a time. */
import { machine } from "@stepwright/dsl";
import {
  deployModelEndpoint,
  evaluateModel,
  ingestTrainingData,
  launchTrainingJob,
  notifyTrainingStatus,
  preprocessFeatures,
  registerModel,
  RetrainBatch,
} from "./contracts.ts";

const retry = (seconds: number) => [
  { errors: ["States.ALL"], intervalSeconds: seconds, maxAttempts: 2, backoffRate: 2 },
];

export default machine("BatchRetrainModels", {
  input: RetrainBatch,
  comment:
    "Batch retraining of multiple models concurrently using a Map state with MaxConcurrency 3. Supports scheduled monthly retraining runs across all production models.",
})
  .map("BatchRetrainModels", { items: (s) => s.input.models, maxConcurrency: 3 }, (model) =>
    model
      .task("BatchIngestData", ingestTrainingData, { retry: retry(3) })
      .task("BatchPreprocessFeatures", preprocessFeatures, { retry: retry(3) })
      .task("BatchLaunchTrainingJob", launchTrainingJob, { retry: retry(5) })
      .task("BatchEvaluateModel", evaluateModel, { retry: retry(3) })
      .parallel("BatchParallelRegisterAndDeploy", [
        (branch) => branch.task("BatchRegisterModel", registerModel, { retry: retry(3) }),
        (branch) => branch.task("BatchDeployEndpoint", deployModelEndpoint, { retry: retry(5) }),
      ])
      .task("BatchNotifyStatus", notifyTrainingStatus, { retry: retry(2) }),
  )
  .succeed("BatchRetrainingComplete");
