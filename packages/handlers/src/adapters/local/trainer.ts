/** Training on this machine: in a worker thread, calibrated on the validation rows, written as an XGBoost document. */
import {
  createPredictor,
  fitPlattScaling,
  foldScaling,
  trainInWorker,
  writeXgboostDocument,
} from "../../learning/index.ts";
import type { Clock, DataEngine, ObjectStore, TrainedModel, Trainer, TrainingJob } from "../../ports.ts";
import { sqlParquet } from "../../sql.ts";
import { parseStored } from "../../stored-json.ts";

export interface TrainingProgress {
  readonly modelId: string;
  readonly jobName: string;
  /** From 1. */
  readonly round: number;
  /** At most; early stopping may end sooner. */
  readonly rounds: number;
  readonly validationLogLoss?: number;
}

export interface LocalTrainerOptions {
  readonly engine: DataEngine;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

export function localTrainer(options: LocalTrainerOptions): Trainer {
  const underWay = new Map<string, Promise<TrainedModel>>();
  return {
    train: (job) => {
      const joined = underWay.get(job.jobName) ?? findOrTrain(options, job).finally(() => underWay.delete(job.jobName));
      underWay.set(job.jobName, joined);
      return joined;
    },
  };
}

async function findOrTrain(options: LocalTrainerOptions, job: TrainingJob): Promise<TrainedModel> {
  const files = await options.objects.list(`jobs/${job.jobName}/`);
  const done = files.find(({ uri }) => uri.endsWith("/job.json"));
  if (done === undefined) return train(options, job);
  return parseStored<TrainedModel>(await options.objects.read(done.uri));
}

async function train(options: LocalTrainerOptions, job: TrainingJob): Promise<TrainedModel> {
  const { engine, objects, clock, onProgress } = options;
  const startEpochMs = clock.nowEpochMs();
  const read = async (uri: string) => {
    const rows = sqlParquet([await objects.localPath(uri)]);
    return engine.session((session) => session.labelledMatrix(`SELECT * FROM ${rows}`, "label"));
  };
  const trainRows = await read(job.trainUri);
  const validationRows = await read(job.validationUri);
  const rounds = job.hyperParameters["num_round"] ?? 0;
  const { modelId, jobName } = job;
  const trees = await trainInWorker(
    trainRows,
    validationRows,
    { ...job.hyperParameters, seed: job.seed },
    { ...(onProgress && { onRound: (progress) => onProgress({ modelId, jobName, rounds, ...progress }) }) },
  );
  const margins = createPredictor(trees).margins(validationRows);
  const calibrated = foldScaling(trees, fitPlattScaling(margins, validationRows.labels));
  const model = await objects.write(`jobs/${jobName}/model.json`, writeXgboostDocument(calibrated));
  const trained: TrainedModel = {
    trainer: "local",
    model,
    modelFormat: "xgboost-json",
    rounds: calibrated.trees.length,
    seconds: (clock.nowEpochMs() - startEpochMs) / 1_000,
  };
  // Last: a job without this file was not finished and is done again.
  await objects.write(`jobs/${jobName}/job.json`, `${JSON.stringify(trained, null, 2)}\n`);
  return trained;
}
