import * as fc from "fast-check";
import { expect, test } from "vitest";
import { binFeatures, binLike, MISSING_BIN } from "./binning.ts";
import { featureMatrix } from "./feature-matrix.ts";

const value = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 5 }),
  fc.constant(Number.NaN),
);

test("the bin is at most n exactly when the value is below cut n", () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 2, max: 20 }),
      (values, mostBins) => {
        const column = Float32Array.from(values);
        const [binned] = binFeatures(featureMatrix(["x"], [column]), mostBins);
        expect(binned!.cuts.length).toBeLessThan(mostBins);
        expect(binned!.hasMissing).toBe(column.some(Number.isNaN));
        column.forEach((x, row) => {
          const isAtMost = Array.from(binned!.cuts, (_, bin) => binned!.bins[row]! <= bin);
          expect(isAtMost).toEqual(Array.from(binned!.cuts, (cut) => x < cut));
          expect(binned!.bins[row] === MISSING_BIN).toBe(Number.isNaN(x));
        });
      },
    ),
    { numRuns: 500 },
  );
});

test("few values have a bin each", () => {
  const [binned] = binFeatures(featureMatrix(["x"], [Float32Array.of(3, 1, 2, 2, 1, 3)]), 255);
  expect([...binned!.bins]).toEqual([2, 0, 1, 1, 0, 2]);
  expect([...binned!.cuts]).toEqual([1.5, 2.5]);
});

test("many values share bins about evenly, a frequent one notwithstanding", () => {
  const column = Float32Array.from({ length: 10_000 }, (_, row) => (row % 2 === 0 ? 0 : row));
  const [binned] = binFeatures(featureMatrix(["x"], [column]), 11);
  const counts = new Map<number, number>();
  for (const bin of binned!.bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  expect(counts.get(0)).toBe(5000);
  for (let bin = 1; bin < 11; bin++) expect(counts.get(bin)).toBeCloseTo(500, -1);
});

test("neighbouring float32 values are told apart", () => {
  const [low, high] = new Float32Array(Uint32Array.of(0x3f80_0000, 0x3f80_0001).buffer);
  const [binned] = binFeatures(featureMatrix(["x"], [Float32Array.of(low!, high!)]), 255);
  expect([...binned!.bins]).toEqual([0, 1]);
});

test("another table takes the first one's cuts", () => {
  const binned = binFeatures(featureMatrix(["x"], [Float32Array.of(1, 2, 3)]), 255);
  const [bins] = binLike(binned, featureMatrix(["x"], [Float32Array.of(99, -99, Number.NaN, 2.5, 1.5)]));
  expect([...bins!]).toEqual([2, 0, MISSING_BIN, 2, 1]);
});

test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is refused by the feature's name", (infinite) => {
  const matrix = featureMatrix(["a", "b"], [Float32Array.of(1, 2), Float32Array.of(infinite, 2)]);
  expect(() => binFeatures(matrix, 255)).toThrow('Feature "b" has an infinite value');
});
