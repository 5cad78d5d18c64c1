/** What an evaluation leaves for people and for the deployment, beside the little that travels in the payload. */
import type { Evaluated, Metrics } from "../contracts.ts";
import { classificationMetrics, matrixRow, precisionAt } from "../learning/index.ts";
import type { LabelledMatrix } from "../learning/index.ts";
import type { ScoreRow } from "../ports.ts";

export interface EvaluationReport {
  readonly modelId: string;
  readonly runId: string;
  readonly evaluation: Omit<Evaluated["evaluation"], "reportUri">;
  readonly decision: Evaluated["decision"];
  readonly precisionAt100: number;
  readonly slices: readonly Slice[];
  readonly golden: GoldenRows;
}

/** Rows with the scores that a correctly served model gives them. */
export interface GoldenRows {
  readonly rows: readonly ScoreRow[];
  readonly scores: readonly number[];
}

export interface Slice {
  readonly slice: string;
  readonly metrics: Metrics;
}

const goldenRows = 20;

export function goldenRowsOf(test: LabelledMatrix, scores: Float32Array): GoldenRows {
  const step = Math.max(1, Math.floor(test.rows / goldenRows));
  const places = Array.from({ length: Math.min(goldenRows, test.rows) }, (_, index) => index * step);
  return {
    rows: places.map((place) => Array.from(matrixRow(test, place), (value) => (Number.isNaN(value) ? null : value))),
    scores: places.map((place) => scores[place] ?? Number.NaN),
  };
}

/** Features that say yes or no, and where the model must be looked at on both sides. */
const slicedBy = ["card_not_present", "cross_border", "digital"];
const leastPositivesOfSlice = 10;

export function slicesOf(test: LabelledMatrix, scores: Float32Array): readonly Slice[] {
  return slicedBy.flatMap((feature) => {
    const column = test.columns[test.names.indexOf(feature)];
    if (column === undefined) return [];
    return [0, 1].flatMap((value) => {
      const chosen = scores.map((_, row) => (column[row] === value ? 1 : 0));
      const labels = test.labels.filter((_, row) => chosen[row] === 1);
      const positives = labels.reduce((sum, label) => sum + label, 0);
      if (positives < leastPositivesOfSlice || positives === labels.length) return [];
      const sliceScores = scores.filter((_, row) => chosen[row] === 1);
      return [{ slice: `${feature} = ${value}`, metrics: classificationMetrics(sliceScores, labels) }];
    });
  });
}

export function precisionAt100(test: LabelledMatrix, scores: Float32Array): number {
  return precisionAt(100, scores, test.labels);
}
