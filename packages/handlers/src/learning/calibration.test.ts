import { describe, expect, test } from "vitest";
import { learnableTable } from "../../test/learnable-table.ts";
import { trainBoostedTrees } from "./boosting.ts";
import { fitPlattScaling, foldScaling } from "./calibration.ts";
import { sigmoid } from "./logistic.ts";
import { expectedCalibrationError, logLoss } from "./metrics.ts";
import { predictMargins, predictProbabilities } from "./predict.ts";
import { createRandom } from "./random.ts";
import { readXgboostDocument, writeXgboostDocument } from "./xgboost-document.ts";

test("finds the curve that made the labels", () => {
  const random = createRandom(11);
  const margins = Float32Array.from({ length: 50_000 }, () => random.nextFloat() * 8 - 4);
  const labels = Uint8Array.from(margins, (margin) => (random.nextFloat() < sigmoid(0.6 * margin - 1.2) ? 1 : 0));
  const scaling = fitPlattScaling(margins, labels);
  expect(scaling.slope).toBeCloseTo(0.6, 1);
  expect(scaling.intercept).toBeCloseTo(-1.2, 1);
});

test("no small step from the curve that is found makes it likelier", () => {
  const margins = Float32Array.of(-3, -1, 0, 0.5, 1, 2, 4, 5);
  const labels = Uint8Array.of(0, 0, 1, 0, 0, 1, 1, 1);
  const { slope, intercept } = fitPlattScaling(margins, labels);
  const loss = (a: number, b: number) =>
    margins.reduce((sum, margin, row) => {
      const target = labels[row] === 1 ? 5 / 6 : 1 / 6;
      const p = sigmoid(a * margin + b);
      return sum - target * Math.log(p) - (1 - target) * Math.log(1 - p);
    }, 0);
  for (const [da, db] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    expect(loss(slope + da * 1e-3, intercept + db * 1e-3)).toBeGreaterThan(loss(slope, intercept));
  }
});

test.each([
  ["one label only", [1, 2, 3], [0, 0, 0]],
  ["one margin only", [1, 1, 1], [0, 1, 0]],
  ["margins that fall as the labels rise", [1, 2, 3, 4], [1, 1, 0, 0]],
  ["no rows", [], []],
])("%s: nothing to fit, so nothing changes", (_, margins, labels) => {
  expect(fitPlattScaling(Float32Array.from(margins), Uint8Array.from(labels))).toEqual({ slope: 1, intercept: 0 });
});

test("margins that part the labels perfectly keep a finite curve", () => {
  const { slope, intercept } = fitPlattScaling(Float32Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1));
  expect(slope).toBeGreaterThan(0);
  expect(slope).toBeLessThan(10);
  expect(intercept).toBeCloseTo(0, 6);
});

describe("folded into the trees", () => {
  const train = learnableTable(4000, 1);
  const validation = learnableTable(4000, 2);
  // Overconfident on purpose.
  const model = trainBoostedTrees(train, undefined, { num_round: 40, max_depth: 6, eta: 0.5, min_child_weight: 0 });
  const margins = predictMargins(model, validation);
  const scaling = fitPlattScaling(margins, validation.labels);
  const folded = foldScaling(model, scaling);

  test("answers what scaling afterwards would answer", () => {
    predictMargins(folded, validation).forEach((margin, row) => {
      expect(Math.abs(margin - (scaling.slope * margins[row]! + scaling.intercept))).toBeLessThan(1e-5);
    });
  });

  test("is better calibrated on rows that neither has seen", () => {
    const fresh = learnableTable(4000, 3);
    const [before, after] = [predictProbabilities(model, fresh), predictProbabilities(folded, fresh)];
    expect(expectedCalibrationError(after, fresh.labels)).toBeLessThan(expectedCalibrationError(before, fresh.labels));
    expect(logLoss(after, fresh.labels)).toBeLessThan(logLoss(before, fresh.labels));
  });

  test("is a plain model: it survives the document", () => {
    expect(readXgboostDocument(writeXgboostDocument(folded))).toEqual(folded);
  });
});
