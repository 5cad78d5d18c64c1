/** The parts of the generated contracts that several handlers speak of, under the names we use for them. */
import type { DeployModelEndpointOutput } from "./deploy-model-endpoint/contract.generated.ts";
import type { EvaluateModelOutput } from "./evaluate-model/contract.generated.ts";
import type { IngestTrainingDataInput, IngestTrainingDataOutput } from "./ingest-training-data/contract.generated.ts";
import type { LaunchTrainingJobOutput } from "./launch-training-job/contract.generated.ts";
import type { PreprocessFeaturesOutput } from "./preprocess-features/contract.generated.ts";
import type { RegisterModelOutput } from "./register-model/contract.generated.ts";

export type RetrainItem = IngestTrainingDataInput;
export type Ingested = Extract<IngestTrainingDataOutput, { outcome: "OK" }>;
export type Stopped = Exclude<IngestTrainingDataOutput, { outcome: "OK" }>;
export type Preprocessed = Extract<PreprocessFeaturesOutput, { outcome: "OK" }>;
export type Trained = Extract<LaunchTrainingJobOutput, { outcome: "OK" }>;
export type Evaluated = Extract<EvaluateModelOutput, { outcome: "OK" }>;
export type Registered = RegisterModelOutput;
export type Deployed = DeployModelEndpointOutput;
export type Step = Stopped["stoppedAt"];
export type Metrics = Evaluated["evaluation"]["candidate"];
export type Split = Preprocessed["features"]["splits"]["train"];
