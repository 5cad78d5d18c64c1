import { expect, test } from "vitest";
import { createHistogram, FEATURE_STRIDE, fillHistogram, subtractHistogram } from "./histogram.ts";
import { createRandom } from "./random.ts";

const random = createRandom(1);
const allRows = 300;
const binned = Array.from({ length: 9 }, () => ({
  cuts: new Float32Array(254),
  bins: Uint8Array.from({ length: allRows }, () => random.nextBelow(256)),
  hasMissing: true,
}));
// Multiples of 1/64 add up exactly, in whatever order.
const derivatives = Float32Array.from({ length: 2 * allRows }, () => random.nextBelow(128) / 64 - 1);
const rows = Int32Array.from({ length: 100 }, (_, place) => 3 * place);

test.each([1, 2, 3, 4, 5, 8, 9])("with %d features, each bin has the sums of its rows", (count) => {
  const features = binned.slice(0, count);
  const histogram = fill(features, 10, 90);
  const expected = createHistogram(count);
  features.forEach(({ bins }, feature) => {
    for (const row of rows.subarray(10, 90)) {
      const place = feature * FEATURE_STRIDE + 2 * bins[row]!;
      expected[place]! += derivatives[2 * row]!;
      expected[place + 1]! += derivatives[2 * row + 1]!;
    }
  });
  expect(histogram).toEqual(expected);
});

test("the whole less a part is the other part", () => {
  const whole = fill(binned, 0, 100);
  subtractHistogram(whole, fill(binned, 0, 40), binned.length);
  expect(whole).toEqual(fill(binned, 40, 100));
});

function fill(features: typeof binned, start: number, end: number) {
  const histogram = createHistogram(features.length).fill(99);
  fillHistogram(histogram, features, derivatives, rows, { start, end }, new Float32Array(2 * rows.length));
  return histogram;
}
