/** Training in this process: in a worker thread, calibrated on the validation rows, written as an XGBoost document. */
import { trainInWorker } from "../learning/index.ts";
import type { Clock, DataEngine, ObjectStore, TrainedModel, Trainer, TrainingJob } from "../ports.ts";
import { findTrainedModel, keepTrainedModel, readLabelledRows } from "./training-files.ts";

export interface TrainingProgress {
  readonly modelId: string;
  readonly jobName: string;
  /** From 1. */
  readonly round: number;
  /** At most; early stopping may end sooner. */
  readonly rounds: number;
  readonly validationLogLoss?: number;
}

export interface InProcessTrainerOptions {
  readonly engine: DataEngine;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Whom the result names; `local` when absent. */
  readonly trainer?: "local" | "lambda";
}

export function inProcessTrainer(options: InProcessTrainerOptions): Trainer {
  const underWay = new Map<string, Promise<TrainedModel>>();
  return {
    train: (job) => {
      const joined = underWay.get(job.jobName) ?? findOrTrain(options, job).finally(() => underWay.delete(job.jobName));
      underWay.set(job.jobName, joined);
      return joined;
    },
  };
}

async function findOrTrain(options: InProcessTrainerOptions, job: TrainingJob): Promise<TrainedModel> {
  return (await findTrainedModel(options.objects, job.jobName)) ?? train(options, job);
}

async function train(options: InProcessTrainerOptions, job: TrainingJob): Promise<TrainedModel> {
  const { objects, clock, onProgress, trainer = "local" } = options;
  const startEpochMs = clock.nowEpochMs();
  const trainRows = await readLabelledRows(options, job.trainUri);
  const validationRows = await readLabelledRows(options, job.validationUri);
  const rounds = job.hyperParameters["num_round"] ?? 0;
  const { modelId, jobName } = job;
  const trees = await trainInWorker(
    trainRows,
    validationRows,
    { ...job.hyperParameters, seed: job.seed },
    { ...(onProgress && { onRound: (progress) => onProgress({ modelId, jobName, rounds, ...progress }) }) },
  );
  return keepTrainedModel(objects, jobName, trees, validationRows, {
    trainer,
    seconds: () => (clock.nowEpochMs() - startEpochMs) / 1_000,
  });
}
