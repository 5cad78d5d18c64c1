/** The third step: a training job under a name that follows from its inputs, so that it is never done twice. */
import type { Preprocessed, Trained } from "../contracts.ts";
import type { Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import type { LaunchTrainingJobInput, LaunchTrainingJobOutput } from "./contract.generated.ts";

export const launchTrainingJob =
  (ports: Ports) =>
  async (event: LaunchTrainingJobInput): Promise<LaunchTrainingJobOutput> => {
    if (event.outcome !== "OK") return event;
    const { jobName } = event.training;
    return runStep<LaunchTrainingJobOutput>(
      ports,
      { item: event, step: "train", inputs: { jobName }, onStopped: (stopped) => stopped },
      () => train(ports, event),
    );
  };

async function train(ports: Ports, event: Preprocessed): Promise<Trained> {
  const { features, training } = event;
  const trained = await ports.trainer.train({
    jobName: training.jobName,
    modelId: event.modelId,
    featureNames: features.names,
    trainUri: features.splits.train.uri,
    validationUri: features.splits.validation.uri,
    hyperParameters: training.hyperParameters,
    seed: training.seed,
  });
  return {
    ...event,
    training: {
      ...training,
      trainer: trained.trainer,
      status: "Completed",
      modelUri: trained.model.uri,
      modelFormat: trained.modelFormat,
      modelSha256: trained.model.sha256,
      rounds: trained.rounds,
      seconds: trained.seconds,
    },
  };
}
