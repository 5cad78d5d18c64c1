/** What every trainer reads and leaves: the rows, the calibrated model, and the note that the job is done. */
import { createPredictor, fitPlattScaling, foldScaling, writeXgboostDocument } from "../learning/index.ts";
import type { BoostedTrees, LabelledMatrix } from "../learning/index.ts";
import type { DataEngine, ObjectReader, ObjectStore, TrainedModel } from "../ports.ts";
import { sqlParquet } from "../sql.ts";
import { parseStored } from "../stored-json.ts";

export async function readLabelledRows(
  { engine, objects }: { readonly engine: DataEngine; readonly objects: ObjectReader },
  uri: string,
): Promise<LabelledMatrix> {
  const rows = sqlParquet([await objects.localPath(uri)]);
  return engine.session((session) => session.labelledMatrix(`SELECT * FROM ${rows}`, "label"));
}

/** `undefined` when the job was not finished. */
export async function findTrainedModel(objects: ObjectReader, jobName: string): Promise<TrainedModel | undefined> {
  const files = await objects.list(`jobs/${jobName}/`);
  const done = files.find(({ uri }) => uri.endsWith("/job.json"));
  return done === undefined ? undefined : parseStored<TrainedModel>(await objects.read(done.uri));
}

/** Calibrates what was learned on the validation rows and keeps it as an XGBoost document. */
export async function keepTrainedModel(
  objects: ObjectStore,
  jobName: string,
  trees: BoostedTrees,
  validationRows: LabelledMatrix,
  facts: { readonly trainer: TrainedModel["trainer"]; readonly seconds: () => number },
): Promise<TrainedModel> {
  const margins = createPredictor(trees).margins(validationRows);
  const calibrated = foldScaling(trees, fitPlattScaling(margins, validationRows.labels));
  const model = await objects.write(`jobs/${jobName}/model.json`, writeXgboostDocument(calibrated));
  const trained: TrainedModel = {
    trainer: facts.trainer,
    model,
    modelFormat: "xgboost-json",
    rounds: calibrated.trees.length,
    seconds: facts.seconds(),
  };
  // Last: a job without this file was not finished and is done again.
  await objects.write(`jobs/${jobName}/job.json`, `${JSON.stringify(trained, null, 2)}\n`);
  return trained;
}
