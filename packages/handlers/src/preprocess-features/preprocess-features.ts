/** The second step: point-in-time features, split by time with room for late labels, and checked for leaks. */
import { hashOfJson } from "../canonical-json.ts";
import type { Ingested, Preprocessed, Split } from "../contracts.ts";
import { computeInPieces } from "../in-order.ts";
import { specOf } from "../ingest-training-data/ingest-training-data.ts";
import { featureBaselines, featureMatrix, measureDrift } from "../learning/index.ts";
import type { FeatureBaseline, LabelledMatrix } from "../learning/index.ts";
import type { ModelSpec } from "../models/model-spec.ts";
import type { DataSession, ObjectStore, Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import { sqlParquet } from "../sql.ts";
import { parseStored } from "../stored-json.ts";
import { splitSpans } from "../timeline.ts";
import type { TimeSpan } from "../timeline.ts";
import type { PreprocessFeaturesInput, PreprocessFeaturesOutput } from "./contract.generated.ts";
import { assertEnoughLabels, checkLeakage } from "./feature-checks.ts";
import { rowsWithin } from "./rows-within.ts";

/** Part of the training job's name: a trainer that learns otherwise must not attach to an older job. */
const trainerVersion = 1;

export const preprocessFeatures =
  (ports: Ports) =>
  async (event: PreprocessFeaturesInput): Promise<PreprocessFeaturesOutput> => {
    if (event.outcome !== "OK") return event;
    const spec = specOf(ports, event.modelId);
    return runStep<PreprocessFeaturesOutput>(
      ports,
      {
        item: event,
        step: "preprocess",
        inputs: { spec: hashOfJson(spec), dataset: event.dataset },
        onStopped: (stopped) => stopped,
      },
      () => preprocess(ports, event, spec),
    );
  };

async function preprocess(ports: Ports, event: Ingested, spec: ModelSpec): Promise<Preprocessed> {
  const { objects } = ports;
  const folder = `runs/${event.runId}/${event.modelId}`;
  const snapshot = sqlParquet([await objects.localPath(event.dataset.uri)]);
  return ports.engine.session(async (session) => {
    await session.run(`CREATE TEMP VIEW snapshot AS SELECT * FROM ${snapshot}`);
    await session.run(`CREATE TEMP TABLE features AS ${spec.featureSql}`);
    const spans = splitSpans(event.asOf, spec.split);
    const makeSplit = (name: keyof typeof spans) =>
      writeSplit(objects, session, `${folder}/features/${name}`, splitSql(spec, spans[name]));
    const train = await makeSplit("train");
    const validation = await makeSplit("validation");
    const test = await makeSplit("test");
    assertEnoughLabels(spec, { train: train.split, validation: validation.split, test: test.split });
    const leakage = await checkLeakage(session, spec, spans, validation.rows);

    const sha256 = hashOfJson([train.split.sha256, validation.split.sha256, test.split.sha256]);
    const { uri: baselineUri } = await objects.write(
      `${folder}/baseline-${sha256.slice(0, 8)}.json`,
      `${JSON.stringify(await baselinesOf(train.rows))}\n`,
    );
    const drift = await driftFromChampion(ports, event.modelId, test.rows);
    const hyperParameters = { ...spec.hyperParameters, ...event.overrides?.hyperParameters };
    const job = hashOfJson([sha256, hyperParameters, spec.seed, trainerVersion]).slice(0, 8);
    return {
      ...event,
      features: {
        names: [...spec.features],
        sha256,
        schemaHash: hashOfJson([spec.specVersion, spec.features]),
        baselineUri,
        splits: { train: train.split, validation: validation.split, test: test.split },
        ...(drift === undefined ? {} : { drift }),
        leakage,
      },
      training: { jobName: `${event.modelId}-${event.runId}-${job}`, seed: spec.seed, hyperParameters },
    };
  });
}

/** The label first and the features after it, as XGBoost's container wants its Parquet; in a total order. */
function splitSql(spec: ModelSpec, span: TimeSpan): string {
  const columns = spec.features.map((feature) => `${feature}::FLOAT AS ${feature}`).join(", ");
  return `SELECT label::FLOAT AS "label", ${columns} FROM ${rowsWithin(span)} ORDER BY event_time, row_id`;
}

async function writeSplit(
  objects: ObjectStore,
  session: DataSession,
  name: string,
  sql: string,
): Promise<{ readonly split: Split; readonly rows: LabelledMatrix }> {
  const artifact = await objects.writeFile(
    (sha256) => `${name}-${sha256.slice(0, 8)}.parquet`,
    (path) => session.writeParquet(sql, path),
  );
  const written = sqlParquet([await objects.localPath(artifact.uri)]);
  const rows = await session.labelledMatrix(`SELECT * FROM ${written}`, "label");
  const positives = rows.labels.reduce((sum, label) => sum + label, 0);
  return { split: { ...artifact, rows: rows.rows, positives }, rows };
}

async function baselinesOf({ names, columns }: LabelledMatrix): Promise<readonly FeatureBaseline[]> {
  const baselines = await computeInPieces(columns, (column, place) =>
    featureBaselines(featureMatrix([names[place] ?? ""], [column])),
  );
  return baselines.flat();
}

/** How far the newest rows have moved from those that the champion learned from. */
async function driftFromChampion(
  ports: Ports,
  modelId: string,
  newest: LabelledMatrix,
): Promise<Preprocessed["features"]["drift"]> {
  const { champion } = await ports.aliases.read(modelId);
  if (champion === undefined || champion.featureNames.join() !== newest.names.join()) return undefined;
  const baselines = parseStored<readonly FeatureBaseline[]>(await ports.objects.read(champion.baselineUri));
  const drifts = measureDrift(baselines, newest);
  const [worst] = drifts.toSorted((left, right) => right.psi - left.psi);
  return {
    comparedTo: champion.version,
    maxPsi: worst?.psi ?? 0,
    worstFeature: worst?.name ?? "",
    over25: drifts.filter(({ psi }) => psi > 0.25).map(({ name }) => name),
  };
}
