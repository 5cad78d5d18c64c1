import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exponential, logit, sigmoid, sigmoidFloat32 } from "./logistic.ts";

test("the exponential agrees with Math.exp to 1e-14 of its size", () => {
  fc.assert(
    fc.property(fc.double({ min: -89, max: 89, noNaN: true }), (x) => {
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
    }),
    { numRuns: 2000 },
  );
});

test("e^0 is 1 and the exponential rises", () => {
  expect(exponential(0)).toBe(1);
  for (let x = -20; x < 20; x += 0.01) expect(exponential(x + 0.01)).toBeGreaterThan(exponential(x));
});

test.each([
  [0, 0.5],
  [1000, 1],
  [Number.POSITIVE_INFINITY, 1],
])("the probability of margin %d is %d", (margin, probability) => {
  expect(sigmoid(margin)).toBe(probability);
  expect(sigmoidFloat32(margin)).toBe(probability);
});

test("a hopeless margin keeps a probability above 0", () => {
  expect(sigmoid(-1000)).toBeGreaterThan(0);
  expect(sigmoid(-1000)).toBeLessThan(1e-38);
});

test("the margin of a probability leads back to it", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (probability) => {
      expect(sigmoid(logit(probability)) / probability).toBeCloseTo(1, 5);
    }),
  );
});
