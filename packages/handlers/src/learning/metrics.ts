/**
 * How well probabilities foretell labels.
 *
 * Rows of one score are one step of a curve: no metric depends on the order of the rows.
 * A metric that needs both labels and sees one is NaN.
 */
import { rankDescending } from "./ranking.ts";

export interface ClassificationMetrics {
  readonly auc: number;
  /** Average precision: the area under the precision-recall curve, without interpolation. */
  readonly prauc: number;
  readonly logLoss: number;
  readonly brier: number;
  /** Kolmogorov-Smirnov: the widest gap between true and false positive rate. */
  readonly ks: number;
  readonly recallAt1PercentFpr: number;
  /** Expected calibration error over ten bins of equal width. */
  readonly ece: number;
  readonly rows: number;
  readonly positives: number;
}

/** How far the curves have come once every row with at least this score is called positive. */
interface CurvePoint {
  readonly score: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** @throws {TypeError} when there are not as many probabilities as labels */
export function classificationMetrics(probabilities: Float32Array, labels: Uint8Array): ClassificationMetrics {
  const curve = labelCurve(probabilities, labels);
  const { positives } = totals(curve);
  return {
    auc: areaUnderCurve(curve),
    prauc: areaOfPrecision(curve),
    logLoss: logLoss(probabilities, labels),
    brier: brierScore(probabilities, labels),
    ks: widestGap(curve),
    recallAt1PercentFpr: operatingPoint(curve, 0.01).recall,
    ece: expectedCalibrationError(probabilities, labels),
    rows: labels.length,
    positives,
  };
}

/** The chance that a positive row scores above a negative one, a tie counting half. */
export function auc(scores: Float32Array, labels: Uint8Array): number {
  return areaUnderCurve(labelCurve(scores, labels));
}

export function averagePrecision(scores: Float32Array, labels: Uint8Array): number {
  return areaOfPrecision(labelCurve(scores, labels));
}

export function kolmogorovSmirnovGap(scores: Float32Array, labels: Uint8Array): number {
  return widestGap(labelCurve(scores, labels));
}

export interface OperatingPoint {
  /** Rows with at least this score are called positive; Infinity when no score keeps within the limit. */
  readonly score: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
}

/** The lowest threshold whose false positive rate does not exceed the limit. */
export function thresholdAtFalsePositiveRate(
  scores: Float32Array,
  labels: Uint8Array,
  mostFalsePositiveRate: number,
): OperatingPoint {
  return operatingPoint(labelCurve(scores, labels), mostFalsePositiveRate);
}

/** Share of positives among the k highest scores; a tie at the border counts by its mean. */
export function precisionAt(k: number, scores: Float32Array, labels: Uint8Array): number {
  const wanted = Math.min(k, labels.length);
  if (!(wanted > 0)) return Number.NaN;
  let taken = 0;
  let hits = 0;
  let truePositives = 0;
  for (const point of labelCurve(scores, labels)) {
    const size = point.truePositives + point.falsePositives - taken;
    const share = Math.min(1, (wanted - taken) / size);
    hits += (point.truePositives - truePositives) * share;
    if (share < 1) break;
    taken += size;
    truePositives = point.truePositives;
  }
  return hits / wanted;
}

// A probability of 0 or 1 that proves wrong would cost infinitely much; scikit-learn and XGBoost clip as well.
const LEAST_PROBABILITY = 1e-15;

/** Mean negative log-likelihood, in nats. */
export function logLoss(probabilities: Float32Array, labels: Uint8Array): number {
  assertOneLabelEach(probabilities, labels);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const p = probabilities[row]!;
    sum -= Math.log(Math.max(labels[row] === 1 ? p : 1 - p, LEAST_PROBABILITY));
  }
  return sum / labels.length;
}

/** Mean squared difference between probability and label. */
export function brierScore(probabilities: Float32Array, labels: Uint8Array): number {
  assertOneLabelEach(probabilities, labels);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += (probabilities[row]! - labels[row]!) ** 2;
  return sum / labels.length;
}

/** Mean distance between probability and frequency over bins of equal width, weighted by rows. */
export function expectedCalibrationError(probabilities: Float32Array, labels: Uint8Array, bins = 10): number {
  assertOneLabelEach(probabilities, labels);
  const probabilitySums = new Float64Array(bins);
  const labelSums = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[row]! * bins));
    probabilitySums[bin]! += probabilities[row]!;
    labelSums[bin]! += labels[row]!;
  }
  let gap = 0;
  for (let bin = 0; bin < bins; bin++) gap += Math.abs(probabilitySums[bin]! - labelSums[bin]!);
  return gap / labels.length;
}

function labelCurve(scores: Float32Array, labels: Uint8Array): readonly CurvePoint[] {
  assertOneLabelEach(scores, labels);
  const order = rankDescending(scores);
  const curve: CurvePoint[] = [];
  let truePositives = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place]!;
    const score = scores[row]!;
    truePositives += labels[row]!;
    const nextRow = order[place + 1];
    const tied = nextRow !== undefined && Object.is(scores[nextRow]! + 0, score + 0);
    if (!tied) curve.push({ score, truePositives, falsePositives: place + 1 - truePositives });
  }
  return curve;
}

function totals(curve: readonly CurvePoint[]): { positives: number; negatives: number } {
  const last = curve.at(-1);
  return { positives: last?.truePositives ?? 0, negatives: last?.falsePositives ?? 0 };
}

function areaUnderCurve(curve: readonly CurvePoint[]): number {
  const { positives, negatives } = totals(curve);
  let area = 0;
  let truePositives = 0;
  let falsePositives = 0;
  for (const point of curve) {
    area += (point.falsePositives - falsePositives) * (point.truePositives + truePositives);
    ({ truePositives, falsePositives } = point);
  }
  return area / (2 * positives * negatives);
}

function areaOfPrecision(curve: readonly CurvePoint[]): number {
  let area = 0;
  let truePositives = 0;
  for (const point of curve) {
    area +=
      (point.truePositives - truePositives) * (point.truePositives / (point.truePositives + point.falsePositives));
    ({ truePositives } = point);
  }
  return area / totals(curve).positives;
}

function widestGap(curve: readonly CurvePoint[]): number {
  const { positives, negatives } = totals(curve);
  let widest = 0;
  for (const point of curve) {
    widest = Math.max(widest, Math.abs(point.truePositives / positives - point.falsePositives / negatives));
  }
  return widest;
}

function operatingPoint(curve: readonly CurvePoint[], mostFalsePositiveRate: number): OperatingPoint {
  const { positives, negatives } = totals(curve);
  const most = mostFalsePositiveRate * negatives;
  const last = curve.findLast((point) => point.falsePositives <= most);
  return {
    score: last?.score ?? Number.POSITIVE_INFINITY,
    recall: (last?.truePositives ?? 0) / positives,
    falsePositiveRate: (last?.falsePositives ?? 0) / negatives,
  };
}

function assertOneLabelEach(scores: Float32Array, labels: Uint8Array): void {
  if (scores.length !== labels.length) {
    throw new TypeError(`${scores.length} scores for ${labels.length} labels: wanted one score a label.`);
  }
}
