/**
 * How long training, scoring and judging take, and how that compares with a textbook trainer in the same run.
 *
 * `node packages/handlers/bench/learning.ts`
 */
import {
  auc,
  bootstrapPraucDifference,
  createPredictor,
  matrixRow,
  predictProbabilities,
  trainBoostedTrees,
} from "../src/learning/index.ts";
import { predictExact, trainExactTrees } from "./exact-trainer.ts";
import { paymentLikeTable } from "./payment-like-table.ts";

const train = paymentLikeTable(100_000, 1);
const test = paymentLikeTable(25_000, 2);
const small = paymentLikeTable(5000, 3);
// The textbook trainer knows no missing values.
const complete = {
  ...small,
  columns: small.columns.map((column) => column.map((value) => (Number.isNaN(value) ? 0 : value))),
};
const full = { num_round: 200, max_depth: 4, eta: 0.1, subsample: 0.8, colsample_bytree: 0.8, seed: 1 };
const brief = { num_round: 10, max_depth: 4, eta: 0.1 };

const model = trainBoostedTrees(train, undefined, full);
const predictor = createPredictor(model);
const rows = Array.from({ length: 5000 }, (_, row) => matrixRow(test, row));
const exact = trainExactTrees(complete, brief.num_round, brief.max_depth, brief.eta);
const short = createPredictor(trainBoostedTrees(complete, undefined, brief));
const scores = predictProbabilities(model, test);

const trainMs = leastMs(3, () => trainBoostedTrees(train, undefined, full));
const briefMs = leastMs(10, () => trainBoostedTrees(complete, undefined, brief));
const exactMs = leastMs(1, () => trainExactTrees(complete, brief.num_round, brief.max_depth, brief.eta));
const rowUs = (leastMs(10, () => rows.forEach((row) => predictor.probability(row))) / rows.length) * 1000;
const tableUs = (leastMs(10, () => predictor.probabilities(test)) / test.rows) * 1000;
const shortUs = (leastMs(10, () => rows.forEach((row) => short.probability(row))) / rows.length) * 1000;
const exactUs = (leastMs(10, () => rows.forEach((row) => predictExact(exact, (f) => row[f]!))) / rows.length) * 1000;
const bootstrapMs = leastMs(3, () => bootstrapPraucDifference(test.labels, scores, scores.toReversed(), { seed: 1 }));

console.table({
  "train 100,000 x 20, 200 trees of depth 4": { value: trainMs.toFixed(0), unit: "ms", baseline: "", ratio: "" },
  "AUC on 25,000 unseen rows": { value: auc(scores, test.labels).toFixed(4), unit: "", baseline: "", ratio: "" },
  "train 5,000 x 20, 10 trees of depth 4": compared(briefMs, exactMs, "ms"),
  "score one row, 200 trees": { value: rowUs.toFixed(2), unit: "us", baseline: "", ratio: "" },
  "score a table, 200 trees, a row": { value: tableUs.toFixed(2), unit: "us", baseline: "", ratio: "" },
  "score one row, 10 trees": compared(shortUs, exactUs, "us"),
  "bootstrap 200 x 25,000 rows, two models": { value: bootstrapMs.toFixed(0), unit: "ms", baseline: "", ratio: "" },
});

function leastMs(times: number, work: () => unknown): number {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...taken);
}

function compared(value: number, baseline: number, unit: string) {
  return { value: value.toFixed(2), unit, baseline: baseline.toFixed(2), ratio: `${(baseline / value).toFixed(1)}x` };
}
