import * as fc from "fast-check";
import { expect, test } from "vitest";
import { featureBaselines, kolmogorovSmirnovDistance, measureDrift, populationStabilityIndex } from "./drift.ts";
import { featureMatrix } from "./feature-matrix.ts";
import { createRandom } from "./random.ts";

function tableOf(seed: number, change: (value: number) => number) {
  const random = createRandom(seed);
  const uniform = Float32Array.from({ length: 20_000 }, () => change(random.nextFloat()));
  const category = Float32Array.from({ length: 20_000 }, () => random.nextBelow(3));
  return featureMatrix(["amount", "category"], [uniform, category]);
}

const before = tableOf(1, (value) => value);

test("the same distribution drawn again is stable", () => {
  for (const { psi } of measureDrift(
    featureBaselines(before),
    tableOf(2, (value) => value),
  ))
    expect(psi).toBeLessThan(0.01);
});

test("a feature that moves is found, and only that one", () => {
  const [amount, category] = measureDrift(
    featureBaselines(before),
    tableOf(2, (value) => value * 0.7),
  );
  expect(amount).toMatchObject({ name: "amount" });
  expect(amount!.psi).toBeGreaterThan(0.25);
  expect(category!.psi).toBeLessThan(0.01);
});

test("values that go missing are drift", () => {
  const [amount] = measureDrift(
    featureBaselines(before),
    tableOf(2, (value) => (value < 0.2 ? Number.NaN : value)),
  );
  expect(amount!.psi).toBeGreaterThan(0.25);
});

test("a baseline survives JSON: ten bins of equal share, three of a feature with three values", () => {
  const baselines = featureBaselines(before);
  expect(JSON.parse(JSON.stringify(baselines))).toEqual(baselines);
  const [amount, category] = baselines;
  expect(amount!.cuts).toHaveLength(9);
  for (const share of amount!.shares.slice(0, 10)) expect(share).toBeCloseTo(0.1, 3);
  expect(category).toMatchObject({ cuts: [1, 2] });
  expect(category!.shares).toHaveLength(4);
});

test("a table without rows or values has a baseline as well", () => {
  const [baseline] = featureBaselines(featureMatrix(["x"], [Float32Array.of(Number.NaN)]));
  expect(baseline).toEqual({ name: "x", cuts: [], shares: [0, 1] });
});

test("PSI by hand", () => {
  expect(populationStabilityIndex([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.25 * Math.log(2) + 0.25 * Math.log(1.5), 12);
  expect(populationStabilityIndex([0.2, 0.8], [0.2, 0.8])).toBe(0);
  expect(populationStabilityIndex([1, 0], [0, 1])).toBeCloseTo(2 * (1 - 1e-4) * Math.log(1e4), 6);
});

test("PSI is never negative and does not mind which is which", () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(shares, shares, (a, b) => {
      expect(populationStabilityIndex(a, b)).toBeGreaterThanOrEqual(0);
      expect(populationStabilityIndex(a, b)).toBeCloseTo(populationStabilityIndex(b, a), 9);
    }),
  );
});

test("other features or bins are refused", () => {
  expect(() => measureDrift(featureBaselines(before), featureMatrix(["x"], [new Float32Array(1)]))).toThrow(
    'Feature 0 is "x"',
  );
  expect(() => populationStabilityIndex([1], [1, 0])).toThrow("2 bins against 1");
});

test("the Kolmogorov-Smirnov distance is the widest gap at any value", () => {
  const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const gaps = Array.from({ length: 10 }, (_, limit) => Math.abs(shareUpTo(limit, a) - shareUpTo(limit, b)));
      expect(kolmogorovSmirnovDistance(Float32Array.from(a), Float32Array.from(b))).toBeCloseTo(Math.max(...gaps), 12);
    }),
  );
});

test("missing values are no part of a distribution", () => {
  expect(kolmogorovSmirnovDistance(Float32Array.of(1, Number.NaN), Float32Array.of(1))).toBe(0);
  expect(kolmogorovSmirnovDistance(Float32Array.of(Number.NaN), Float32Array.of(1))).toBeNaN();
});

function shareUpTo(limit: number, values: readonly number[]): number {
  return values.filter((value) => value <= limit).length / values.length;
}
