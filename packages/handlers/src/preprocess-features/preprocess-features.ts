/** The second step: point-in-time features, split by time with room for late labels, and checked for leaks. */
import { hashOfJson } from "../canonical-json.ts";
import type { Ingested, Preprocessed, Split } from "../contracts.ts";
import { PipelineError } from "../failures.ts";
import { specOf } from "../ingest-training-data/ingest-training-data.ts";
import { computeInPieces } from "../in-order.ts";
import { featureBaselines, featureMatrix, measureDrift } from "../learning/index.ts";
import type { FeatureBaseline, LabelledMatrix } from "../learning/index.ts";
import type { ModelSpec } from "../models/model-spec.ts";
import type { DataSession, Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import { sqlParquet, sqlTimestamp } from "../sql.ts";
import { parseStored } from "../stored-json.ts";
import { splitSpans } from "../timeline.ts";
import type { TimeSpan } from "../timeline.ts";
import type { PreprocessFeaturesInput, PreprocessFeaturesOutput } from "./contract.generated.ts";
import { strongestSingleFeature } from "./single-feature-auc.ts";

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

type SplitName = "train" | "validation" | "test";

async function preprocess(ports: Ports, event: Ingested, spec: ModelSpec): Promise<Preprocessed> {
  const snapshot = sqlParquet([await ports.objects.localPath(event.dataset.uri)]);
  return ports.engine.session(async (session) => {
    await session.run(`CREATE TEMP VIEW snapshot AS SELECT * FROM ${snapshot}`);
    await session.run(`CREATE TEMP TABLE features AS ${spec.featureSql}`);
    const spans = splitSpans(event.asOf, spec.split);
    const train = await readSplit(session, spec, spans.train);
    const validation = await readSplit(session, spec, spans.validation);
    const test = await readSplit(session, spec, spans.test);
    assertEnoughLabels(spec, { train, validation, test });
    const leakage = await checkLeakage(session, spec, spans, validation);

    const splits = {
      train: await writeSplit(ports, session, event, spec, "train", spans.train, train),
      validation: await writeSplit(ports, session, event, spec, "validation", spans.validation, validation),
      test: await writeSplit(ports, session, event, spec, "test", spans.test, test),
    };
    const baseline = JSON.stringify(await baselinesOf(train));
    const sha256 = hashOfJson([splits.train.sha256, splits.validation.sha256, splits.test.sha256]);
    const { uri: baselineUri } = await ports.objects.write(
      `runs/${event.runId}/${event.modelId}/baseline-${sha256.slice(0, 8)}.json`,
      `${baseline}\n`,
    );
    const drift = await driftFromChampion(ports, event.modelId, test);
    const hyperParameters = { ...spec.hyperParameters, ...event.overrides?.hyperParameters };
    const job = hashOfJson([sha256, hyperParameters, spec.seed, trainerVersion]).slice(0, 8);
    return {
      ...event,
      features: {
        names: [...spec.features],
        sha256,
        schemaHash: hashOfJson([spec.specVersion, spec.features]),
        baselineUri,
        splits,
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
  return `SELECT label::FLOAT AS "label", ${columns} FROM features WHERE ${within(span)} ORDER BY event_time, row_id`;
}

function within(span: TimeSpan): string {
  return `event_time >= ${sqlTimestamp(span.fromEpochMs)} AND event_time < ${sqlTimestamp(span.toEpochMs)}`;
}

function readSplit(session: DataSession, spec: ModelSpec, span: TimeSpan): Promise<LabelledMatrix> {
  return session.labelledMatrix(splitSql(spec, span), "label");
}

async function writeSplit(
  ports: Ports,
  session: DataSession,
  event: Ingested,
  spec: ModelSpec,
  name: SplitName,
  span: TimeSpan,
  rows: LabelledMatrix,
): Promise<Split> {
  const artifact = await ports.objects.writeFile(
    (sha256) => `runs/${event.runId}/${event.modelId}/features/${name}-${sha256.slice(0, 8)}.parquet`,
    (path) => session.writeParquet(splitSql(spec, span), path),
  );
  return { ...artifact, rows: rows.rows, positives: positivesOf(rows) };
}

function assertEnoughLabels(spec: ModelSpec, splits: Readonly<Record<SplitName, LabelledMatrix>>): void {
  for (const [name, rows] of Object.entries(splits)) {
    const positives = positivesOf(rows);
    if (positives >= spec.leastPositives && rows.rows - positives >= spec.leastPositives) continue;
    throw new PipelineError(
      "InsufficientLabelsError",
      `The ${name} rows of ${spec.modelId} are ${rows.rows} with ${positives} positives; wanted at least ${spec.leastPositives} of either kind.`,
    );
  }
  const rate = positivesOf(splits.train) / splits.train.rows;
  if (rate >= spec.labelRate.least && rate <= spec.labelRate.most) return;
  throw new PipelineError(
    "DataValidationError",
    `${(rate * 100).toFixed(2)} % of the training rows of ${spec.modelId} are positive; wanted ${spec.labelRate.least * 100} to ${spec.labelRate.most * 100} %.`,
  );
}

async function checkLeakage(
  session: DataSession,
  spec: ModelSpec,
  spans: Readonly<Record<SplitName, TimeSpan>>,
  validation: LabelledMatrix,
): Promise<Preprocessed["features"]["leakage"]> {
  const [facts] = await session.query(
    `SELECT count(*) AS overlapping FROM (
       SELECT row_id FROM features WHERE ${within(spans.train)} INTERSECT SELECT row_id FROM features WHERE ${within(spans.test)}
     )`,
  );
  const overlappingKeys = Number(facts?.["overlapping"]);
  if (overlappingKeys > 0) {
    throw new PipelineError(
      "LeakageSuspectedError",
      `${overlappingKeys} rows of ${spec.modelId} stand in the training and in the test rows; wanted none.`,
    );
  }
  const strongest = await strongestSingleFeature(validation);
  if (strongest.auc > spec.mostSingleFeatureAuc) {
    throw new PipelineError(
      "LeakageSuspectedError",
      `The feature "${strongest.feature}" of ${spec.modelId} alone has an AUC of ${strongest.auc.toFixed(4)}; wanted at most ${spec.mostSingleFeatureAuc}, above which it is suspected to know the label.`,
    );
  }
  return { maxSingleFeatureAuc: strongest.auc, feature: strongest.feature, overlappingKeys };
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

function positivesOf(rows: LabelledMatrix): number {
  return rows.labels.reduce((sum, label) => sum + label, 0);
}
