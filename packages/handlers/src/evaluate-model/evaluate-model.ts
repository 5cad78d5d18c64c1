/** The fourth step: judges the candidate on the newest labelled rows, beside the champion, and names its version. */
import type { Evaluated, Trained } from "../contracts.ts";
import { specOf } from "../ingest-training-data/ingest-training-data.ts";
import {
  bootstrapPraucDifference,
  classificationMetrics,
  createPredictor,
  thresholdAtFalsePositiveRate,
} from "../learning/index.ts";
import type { LabelledMatrix } from "../learning/index.ts";
import type { ModelSpec } from "../models/model-spec.ts";
import type { Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import { sha256 } from "../sha256.ts";
import { sqlParquet } from "../sql.ts";
import { readVerifiedModel } from "../verified-model.ts";
import type { EvaluateModelInput, EvaluateModelOutput } from "./contract.generated.ts";
import { goldenRowsOf, precisionAt100, slicesOf } from "./evaluation-report.ts";
import type { EvaluationReport } from "./evaluation-report.ts";
import { judge, overriddenGate } from "./gate.ts";

const alarmRate = 0.01;

export const evaluateModel =
  (ports: Ports) =>
  async (event: EvaluateModelInput): Promise<EvaluateModelOutput> => {
    if (event.outcome !== "OK") return event;
    const spec = specOf(ports, event.modelId);
    return runStep<EvaluateModelOutput>(
      ports,
      {
        item: event,
        step: "evaluate",
        inputs: {
          model: event.training.modelSha256,
          features: event.features.sha256,
          gate: spec.gate,
          approval: spec.approval,
        },
        onStopped: (stopped) => stopped,
      },
      () => evaluate(ports, event, spec),
    );
  };

async function evaluate(ports: Ports, event: Trained, spec: ModelSpec): Promise<Evaluated> {
  const candidate = createPredictor(await readVerifiedModel(ports.objects, event.training));
  const { validation, test } = await readSplits(ports, event);
  const scores = candidate.probabilities(test);
  const threshold = thresholdAtFalsePositiveRate(candidate.probabilities(validation), validation.labels, alarmRate);
  const metrics = classificationMetrics(scores, test.labels);
  const rival = await compareWithChampion(ports, event, spec, test, scores);
  const { rules, decision } = judge(overriddenGate(spec.gate, event.overrides?.gate), {
    candidate: metrics,
    ...(rival.deltaPrauc === undefined ? {} : { deltaPrauc: rival.deltaPrauc }),
    championComparable: rival.comparable,
    approval: spec.approval,
  });
  const evaluation = {
    candidate: metrics,
    ...(rival.champion === undefined ? {} : { champion: rival.champion }),
    ...(rival.deltaPrauc === undefined ? {} : { deltaPrauc: rival.deltaPrauc }),
    threshold: { falsePositiveRate: threshold.falsePositiveRate, score: Math.min(1, threshold.score) },
    rules,
  };
  const report: EvaluationReport = {
    modelId: event.modelId,
    runId: event.runId,
    evaluation,
    decision,
    precisionAt100: precisionAt100(test, scores),
    slices: slicesOf(test, scores),
    golden: goldenRowsOf(test, scores),
  };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const hash = sha256(text).slice(0, 8);
  const { uri: reportUri } = await ports.objects.write(
    `runs/${event.runId}/${event.modelId}/evaluation-${hash}.json`,
    text,
  );
  return {
    ...event,
    evaluation: { reportUri, ...evaluation },
    decision,
    modelVersion: `${event.runId}-${event.training.modelSha256.slice(0, 8)}`,
  };
}

async function readSplits(ports: Ports, event: Trained) {
  const { splits } = event.features;
  const paths = {
    validation: await ports.objects.localPath(splits.validation.uri),
    test: await ports.objects.localPath(splits.test.uri),
  };
  const read = (path: string) =>
    ports.engine.session((session) => session.labelledMatrix(`SELECT * FROM ${sqlParquet([path])}`, "label"));
  return { validation: await read(paths.validation), test: await read(paths.test) };
}

interface Comparison {
  readonly comparable: boolean;
  readonly champion?: NonNullable<Evaluated["evaluation"]["champion"]>;
  readonly deltaPrauc?: NonNullable<Evaluated["evaluation"]["deltaPrauc"]>;
}

async function compareWithChampion(
  ports: Ports,
  event: Trained,
  spec: ModelSpec,
  test: LabelledMatrix,
  scores: Float32Array,
): Promise<Comparison> {
  const { champion } = await ports.aliases.read(event.modelId);
  if (champion === undefined) return { comparable: true };
  if (champion.featureNames.join() !== test.names.join()) return { comparable: false };
  const predictor = createPredictor(await readVerifiedModel(ports.objects, champion));
  const championScores = predictor.probabilities(test);
  return {
    comparable: true,
    champion: { version: champion.version, metrics: classificationMetrics(championScores, test.labels) },
    deltaPrauc: bootstrapPraucDifference(test.labels, scores, championScores, { seed: spec.seed }),
  };
}
