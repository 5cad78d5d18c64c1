/** The seven tasks as functions over one set of ports, by the names that the pipeline calls them. */
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

export function handlers(_ports: Ports): Handlers {
  throw new Error("not yet");
}
