import { expect, test } from "vitest";
import { bootstrapPraucDifference } from "./bootstrap.ts";
import type { BootstrapOptions } from "./bootstrap.ts";
import { averagePrecision } from "./metrics.ts";
import { createRandom } from "./random.ts";

const random = createRandom(21);
const labels = Uint8Array.from({ length: 3000 }, () => (random.nextFloat() < 0.1 ? 1 : 0));
/** Rounded, so that there are ties. */
function scoresOfSkill(skill: number): Float32Array {
  return Float32Array.from(labels, (label) => Math.round(100 * (skill * label + random.nextFloat())) / 100);
}
const good = scoresOfSkill(0.6);
const poor = scoresOfSkill(0.3);

test("a better candidate: the whole interval lies above 0, around the plain difference", () => {
  const difference = averagePrecision(good, labels) - averagePrecision(poor, labels);
  const { mean, lower, upper } = bootstrapPraucDifference(labels, good, poor, { seed: 1 });
  expect(lower).toBeGreaterThan(0);
  expect(lower).toBeLessThan(mean);
  expect(upper).toBeGreaterThan(mean);
  expect(mean).toBeCloseTo(difference, 1);
});

test("a model against itself: no difference at all, as the draws are paired", () => {
  expect(bootstrapPraucDifference(labels, good, good, { seed: 1 })).toEqual({ mean: 0, lower: 0, upper: 0 });
});

test("exchanging the two turns the interval round", () => {
  const one = bootstrapPraucDifference(labels, good, poor, { seed: 5 });
  const other = bootstrapPraucDifference(labels, poor, good, { seed: 5 });
  expect(other.lower).toBeCloseTo(-one.upper, 12);
  expect(other.upper).toBeCloseTo(-one.lower, 12);
});

test("one replicate is the difference on the rows that the seed draws", () => {
  const small = { labels: labels.slice(0, 50), a: good.slice(0, 50), b: poor.slice(0, 50) };
  const { mean } = bootstrapPraucDifference(small.labels, small.a, small.b, { seed: 9, replicates: 1 });
  const draw = createRandom(9);
  const rows = Array.from({ length: 50 }, () => draw.nextBelow(50));
  const drawn = Uint8Array.from(rows, (row) => small.labels[row]!);
  const prauc = (scores: Float32Array) =>
    averagePrecision(
      Float32Array.from(rows, (row) => scores[row]!),
      drawn,
    );
  expect(mean).toBeCloseTo(prauc(small.a) - prauc(small.b), 12);
});

test("the seed decides", () => {
  expect(interval({ seed: 3 })).toEqual(interval({ seed: 3 }));
  expect(interval({ seed: 4 })).not.toEqual(interval({ seed: 3 }));
});

test("a wider confidence gives a wider interval", () => {
  const wide = interval({ seed: 3, confidence: 0.99 });
  const narrow = interval({ seed: 3, confidence: 0.8 });
  expect(wide.lower).toBeLessThan(narrow.lower);
  expect(wide.upper).toBeGreaterThan(narrow.upper);
});

test.each([
  ["1 and 2 scores for 2 labels", Uint8Array.of(0, 1), new Float32Array(1), new Float32Array(2)],
  ["No positive row", Uint8Array.of(0, 0), new Float32Array(2), new Float32Array(2)],
])("refused: %s", (message, someLabels, candidate, champion) => {
  expect(() => bootstrapPraucDifference(someLabels, candidate, champion, { seed: 1 })).toThrow(message);
});

function interval(options: BootstrapOptions) {
  return bootstrapPraucDifference(labels, good, poor, options);
}
