/** The seven tasks as functions over one set of ports, by the names that the pipeline calls them. */
import { ingestTrainingData } from "./ingest-training-data/ingest-training-data.ts";
import { preprocessFeatures } from "./preprocess-features/preprocess-features.ts";
import { launchTrainingJob } from "./launch-training-job/launch-training-job.ts";
import { evaluateModel } from "./evaluate-model/evaluate-model.ts";
import { registerModel } from "./register-model/register-model.ts";
import { deployModelEndpoint } from "./deploy-model-endpoint/deploy-model-endpoint.ts";
import { notifyTrainingStatus } from "./notify-training-status/notify-training-status.ts";
import type {
  DeployModelEndpointInput,
  DeployModelEndpointOutput,
} from "./deploy-model-endpoint/contract.generated.ts";
import type { EvaluateModelInput, EvaluateModelOutput } from "./evaluate-model/contract.generated.ts";
import type { IngestTrainingDataInput, IngestTrainingDataOutput } from "./ingest-training-data/contract.generated.ts";
import type { LaunchTrainingJobInput, LaunchTrainingJobOutput } from "./launch-training-job/contract.generated.ts";
import type {
  NotifyTrainingStatusInput,
  NotifyTrainingStatusOutput,
} from "./notify-training-status/contract.generated.ts";
import type { Ports } from "./ports.ts";
import type { PreprocessFeaturesInput, PreprocessFeaturesOutput } from "./preprocess-features/contract.generated.ts";
import type { RegisterModelInput, RegisterModelOutput } from "./register-model/contract.generated.ts";

export interface Handlers {
  readonly IngestTrainingData: (event: IngestTrainingDataInput) => Promise<IngestTrainingDataOutput>;
  readonly PreprocessFeatures: (event: PreprocessFeaturesInput) => Promise<PreprocessFeaturesOutput>;
  readonly LaunchTrainingJob: (event: LaunchTrainingJobInput) => Promise<LaunchTrainingJobOutput>;
  readonly EvaluateModel: (event: EvaluateModelInput) => Promise<EvaluateModelOutput>;
  readonly RegisterModel: (event: RegisterModelInput) => Promise<RegisterModelOutput>;
  readonly DeployModelEndpoint: (event: DeployModelEndpointInput) => Promise<DeployModelEndpointOutput>;
  readonly NotifyTrainingStatus: (event: NotifyTrainingStatusInput) => Promise<NotifyTrainingStatusOutput>;
}

export function handlers(ports: Ports): Handlers {
  return {
    IngestTrainingData: ingestTrainingData(ports),
    PreprocessFeatures: preprocessFeatures(ports),
    LaunchTrainingJob: launchTrainingJob(ports),
    EvaluateModel: evaluateModel(ports),
    RegisterModel: registerModel(ports),
    DeployModelEndpoint: deployModelEndpoint(ports),
    NotifyTrainingStatus: notifyTrainingStatus(ports),
  };
}
