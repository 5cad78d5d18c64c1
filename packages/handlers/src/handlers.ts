/** The seven tasks as functions over one set of ports, by the names that the pipeline calls them. */
import { parseIngestTrainingDataInput } from "./ingest-training-data/contract.generated.ts";
import type { IngestTrainingDataOutput } from "./ingest-training-data/contract.generated.ts";
import { ingestTrainingData } from "./ingest-training-data/ingest-training-data.ts";
import { parsePreprocessFeaturesInput } from "./preprocess-features/contract.generated.ts";
import type { PreprocessFeaturesOutput } from "./preprocess-features/contract.generated.ts";
import { preprocessFeatures } from "./preprocess-features/preprocess-features.ts";
import { parseLaunchTrainingJobInput } from "./launch-training-job/contract.generated.ts";
import type { LaunchTrainingJobOutput } from "./launch-training-job/contract.generated.ts";
import { launchTrainingJob } from "./launch-training-job/launch-training-job.ts";
import { parseEvaluateModelInput } from "./evaluate-model/contract.generated.ts";
import type { EvaluateModelOutput } from "./evaluate-model/contract.generated.ts";
import { evaluateModel } from "./evaluate-model/evaluate-model.ts";
import { parseRegisterModelInput } from "./register-model/contract.generated.ts";
import type { RegisterModelOutput } from "./register-model/contract.generated.ts";
import { registerModel } from "./register-model/register-model.ts";
import { parseDeployModelEndpointInput } from "./deploy-model-endpoint/contract.generated.ts";
import type { DeployModelEndpointOutput } from "./deploy-model-endpoint/contract.generated.ts";
import { deployModelEndpoint } from "./deploy-model-endpoint/deploy-model-endpoint.ts";
import { parseNotifyTrainingStatusInput } from "./notify-training-status/contract.generated.ts";
import type { NotifyTrainingStatusOutput } from "./notify-training-status/contract.generated.ts";
import { notifyTrainingStatus } from "./notify-training-status/notify-training-status.ts";
import type { Ports } from "./ports.ts";

/** Each refuses an event that does not fit its contract with a `ContractViolationError`. */
export interface Handlers {
  readonly IngestTrainingData: (event: unknown) => Promise<IngestTrainingDataOutput>;
  readonly PreprocessFeatures: (event: unknown) => Promise<PreprocessFeaturesOutput>;
  readonly LaunchTrainingJob: (event: unknown) => Promise<LaunchTrainingJobOutput>;
  readonly EvaluateModel: (event: unknown) => Promise<EvaluateModelOutput>;
  readonly RegisterModel: (event: unknown) => Promise<RegisterModelOutput>;
  readonly DeployModelEndpoint: (event: unknown) => Promise<DeployModelEndpointOutput>;
  readonly NotifyTrainingStatus: (event: unknown) => Promise<NotifyTrainingStatusOutput>;
}

export function handlers(ports: Ports): Handlers {
  return {
    IngestTrainingData: async (event) => ingestTrainingData(ports)(parseIngestTrainingDataInput(event)),
    PreprocessFeatures: async (event) => preprocessFeatures(ports)(parsePreprocessFeaturesInput(event)),
    LaunchTrainingJob: async (event) => launchTrainingJob(ports)(parseLaunchTrainingJobInput(event)),
    EvaluateModel: async (event) => evaluateModel(ports)(parseEvaluateModelInput(event)),
    RegisterModel: async (event) => registerModel(ports)(parseRegisterModelInput(event)),
    DeployModelEndpoint: async (event) => deployModelEndpoint(ports)(parseDeployModelEndpointInput(event)),
    NotifyTrainingStatus: async (event) => notifyTrainingStatus(ports)(parseNotifyTrainingStatusInput(event)),
  };
}
