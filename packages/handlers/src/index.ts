// The seven tasks, over ports
export { handlers } from "./handlers.ts";
export type { Handlers } from "./handlers.ts";
export type {
  Deployed,
  Evaluated,
  Ingested,
  Metrics,
  Preprocessed,
  Registered,
  RetrainItem,
  Split,
  Step,
  Stopped,
  Trained,
} from "./contracts.ts";
export type { NotifyTrainingStatusOutput as TrainingStatus } from "./notify-training-status/contract.generated.ts";

// What they need of the world outside
export type {
  Aliases,
  AliasStore,
  ApprovalStatus,
  ArtifactRef,
  Clock,
  DataEngine,
  DataSession,
  EndpointHost,
  Ledger,
  ListedObject,
  ModelCatalog,
  ModelRecord,
  ModelRegistry,
  Notification,
  Notifier,
  ObjectReader,
  ObjectStore,
  Ports,
  ScoreRow,
  ServingVersion,
  StagedModel,
  StepKey,
  TrainedModel,
  Trainer,
  TrainingJob,
} from "./ports.ts";

// On this machine
export { localPorts } from "./adapters/local/local-ports.ts";
export type { LocalPorts, LocalPortsOptions } from "./adapters/local/local-ports.ts";
export type { TrainingProgress } from "./adapters/in-process-trainer.ts";
export { resetHome } from "./adapters/local/reset-home.ts";

// As the environment says
export { createPort } from "./adapters/ports-from-environment.ts";
export type { PortOptions } from "./adapters/ports-from-environment.ts";
export { parseS3Location } from "./adapters/aws/s3-location.ts";

// The models
export { modelCatalog } from "./models/catalog.ts";
export type { GateSpec, ModelSpec, SourceSpec, SplitSpec } from "./models/model-spec.ts";

// The simulated payment world
export { ensureWorld } from "./simulator/world.ts";
export type { World, WorldOptions, WorldRun } from "./simulator/world.ts";
export type { Chaos } from "./simulator/chaos.ts";
