import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as metrics from "./metrics.ts";

const scores = Float32Array.of(0.9, 0.8, 0.7, 0.6, 0.55, 0.54, 0.53, 0.52, 0.51, 0.505);
const labels = Uint8Array.of(1, 1, 0, 1, 1, 1, 0, 0, 1, 0);

describe("by hand", () => {
  test("AUC: 18 of the 24 pairs stand right", () => {
    expect(metrics.auc(scores, labels)).toBeCloseTo(18 / 24, 12);
  });
  test("average precision", () => {
    expect(metrics.averagePrecision(scores, labels)).toBeCloseTo((1 + 1 + 3 / 4 + 4 / 5 + 5 / 6 + 6 / 9) / 6, 12);
  });
  test("Kolmogorov-Smirnov gap: 5 of 6 positives before 2 of 4 negatives", () => {
    expect(metrics.kolmogorovSmirnovGap(scores, labels)).toBeCloseTo(5 / 6 - 1 / 4, 12);
  });
  test("threshold at a false positive rate of a quarter", () => {
    const point = metrics.thresholdAtFalsePositiveRate(scores, labels, 0.25);
    expect(point.score).toBeCloseTo(0.54, 6);
    expect(point).toMatchObject({ recall: 5 / 6, falsePositiveRate: 0.25 });
  });
  test("log-loss and Brier score", () => {
    const [p, y] = [Float32Array.of(0.5, 0.25), Uint8Array.of(1, 0)];
    expect(metrics.logLoss(p, y)).toBeCloseTo((-Math.log(0.5) - Math.log(0.75)) / 2, 12);
    expect(metrics.brierScore(p, y)).toBeCloseTo((0.25 + 0.0625) / 2, 12);
  });
  test("calibration error: one bin off by a quarter, one by nothing", () => {
    const [p, y] = [Float32Array.of(0.25, 0.25, 1, 1), Uint8Array.of(1, 0, 1, 1)];
    expect(metrics.expectedCalibrationError(p, y)).toBeCloseTo(0.125, 12);
  });
  test("precision at k; a tie at the border counts by its mean", () => {
    expect(metrics.precisionAt(3, scores, labels)).toBeCloseTo(2 / 3, 12);
    expect(metrics.precisionAt(100, scores, labels)).toBeCloseTo(0.6, 12);
    expect(metrics.precisionAt(2, Float32Array.of(3, 1, 1, 1), Uint8Array.of(1, 1, 0, 0))).toBeCloseTo(
      (1 + 1 / 3) / 2,
      12,
    );
  });
});

describe("edges", () => {
  test("equal scores tell nothing: AUC one half, precision the share of positives", () => {
    const same = new Float32Array(10).fill(0.3);
    expect(metrics.auc(same, labels)).toBe(0.5);
    expect(metrics.averagePrecision(same, labels)).toBeCloseTo(0.6, 12);
    expect(metrics.thresholdAtFalsePositiveRate(same, labels, 0.01)).toEqual({
      score: Number.POSITIVE_INFINITY,
      recall: 0,
      falsePositiveRate: 0,
    });
  });
  test("one label only: what needs both is NaN, the rest is not", () => {
    const report = metrics.classificationMetrics(Float32Array.of(0.1, 0.2), Uint8Array.of(0, 0));
    expect(report).toMatchObject({ auc: Number.NaN, prauc: Number.NaN, ks: Number.NaN, rows: 2, positives: 0 });
    expect(report.logLoss).toBeGreaterThan(0);
  });
  test("a certain error costs much, but not infinitely much", () => {
    expect(metrics.logLoss(Float32Array.of(0), Uint8Array.of(1))).toBeCloseTo(-Math.log(1e-15), 9);
  });
  test("a probability of 1 belongs to the last bin", () => {
    expect(metrics.expectedCalibrationError(Float32Array.of(1), Uint8Array.of(1))).toBe(0);
  });
  test("a score too few is refused", () => {
    expect(() => metrics.auc(new Float32Array(1), new Uint8Array(2))).toThrow("1 scores for 2 labels");
  });
});

describe("against brute force", () => {
  // Few different scores, so that ties are common.
  const sample = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), { minLength: 2, maxLength: 60 })
    .filter((rows) => new Set(rows.map(([, label]) => label)).size === 2);

  test("AUC is the share of pairs that stand right", () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const positives = rows.filter(([, label]) => label);
        const negatives = rows.filter(([, label]) => !label);
        let right = 0;
        for (const [high] of positives) for (const [low] of negatives) right += high > low ? 1 : high === low ? 0.5 : 0;
        expect(metrics.auc(...table(rows))).toBeCloseTo(right / (positives.length * negatives.length), 10);
      }),
    );
  });

  test("average precision and the gap are sums over thresholds", () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const positives = rows.filter(([, label]) => label).length;
        let area = 0;
        let widest = 0;
        let recallBefore = 0;
        for (let threshold = 12; threshold >= 0; threshold--) {
          const called = rows.filter(([score]) => score >= threshold);
          if (called.length === 0) continue;
          const hits = called.filter(([, label]) => label).length;
          const recall = hits / positives;
          area += (recall - recallBefore) * (hits / called.length);
          widest = Math.max(widest, Math.abs(recall - (called.length - hits) / (rows.length - positives)));
          recallBefore = recall;
        }
        expect(metrics.averagePrecision(...table(rows))).toBeCloseTo(area, 10);
        expect(metrics.kolmogorovSmirnovGap(...table(rows))).toBeCloseTo(widest, 10);
      }),
    );
  });

  test("no metric depends on the order of the rows", () => {
    fc.assert(
      fc.property(sample, (rows) => {
        const [forward, backward] = [table(rows), table(rows.toReversed())];
        const one = metrics.classificationMetrics(
          forward[0].map((s) => s / 13),
          forward[1],
        );
        const other = metrics.classificationMetrics(
          backward[0].map((s) => s / 13),
          backward[1],
        );
        for (const name of ["auc", "prauc", "logLoss", "brier", "ks", "recallAt1PercentFpr", "ece"] as const) {
          expect(other[name]).toBeCloseTo(one[name], 10);
        }
      }),
    );
  });
});

function table(rows: readonly (readonly [number, boolean])[]): [Float32Array, Uint8Array] {
  return [Float32Array.from(rows, ([score]) => score), Uint8Array.from(rows, ([, label]) => (label ? 1 : 0))];
}
