import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MISSING_BIN } from "./binning.ts";
import { createHistogram, fillHistogram } from "./histogram.ts";
import { resolveHyperParameters } from "./hyper-parameters.ts";
import { findBestSplit, nodeWeight } from "./split.ts";

const row = fc.record({
  bin: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(MISSING_BIN)),
  // Sixty-fourths, whose sums are exact.
  gradient: fc.integer({ min: -64, max: 64 }).map((g) => g / 64),
  hessian: fc.integer({ min: 1, max: 16 }).map((h) => h / 64),
});

test("no border and no side for missing values gains more than the one that is found", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), fc.constantFrom(0, 0.2, 1), (rows, leastHessian) => {
      const parameters = resolveHyperParameters({ min_child_weight: leastHessian, lambda: 0.5 });
      const gainOf = (side: typeof rows) => {
        const sums = sum(side);
        return sums.gradient ** 2 / (sums.hessian + 0.5);
      };
      let best = 1e-6;
      for (const missingGoesLeft of [false, true]) {
        for (let border = 0; border <= 4; border++) {
          const goesLeft = ({ bin }: (typeof rows)[number]) => (bin === MISSING_BIN ? missingGoesLeft : bin <= border);
          const left = rows.filter(goesLeft);
          const right = rows.filter((other) => !goesLeft(other));
          if (left.length === 0 || right.length === 0) continue;
          if (sum(left).hessian < leastHessian || sum(right).hessian < leastHessian) continue;
          best = Math.max(best, gainOf(left) + gainOf(right) - gainOf(rows));
        }
      }
      const found = findBestSplit(...histogramOf(rows), sum(rows), parameters);
      expect(found?.gain ?? 1e-6).toBeCloseTo(best, 10);
    }),
    { numRuns: 500 },
  );
});

test("a gain below gamma is none", () => {
  const rows = [
    { bin: 0, gradient: -1, hessian: 1 },
    { bin: 1, gradient: 1, hessian: 1 },
  ];
  const split = (gamma: number) =>
    findBestSplit(...histogramOf(rows), sum(rows), resolveHyperParameters({ gamma, min_child_weight: 0 }));
  expect(split(0.9)).toMatchObject({ question: { bin: 0 }, gain: 1 });
  expect(split(1.1)).toBeUndefined();
});

test("the weight of a node is its Newton step, pulled to 0 by lambda", () => {
  expect(nodeWeight({ gradient: -3, hessian: 2 }, 1)).toBe(1);
  expect(nodeWeight({ gradient: 0, hessian: 0 }, 0)).toBe(0);
});

interface Row {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
}

function sum(rows: readonly Row[]) {
  return {
    gradient: rows.reduce((total, { gradient }) => total + gradient, 0),
    hessian: rows.reduce((total, { hessian }) => total + hessian, 0),
  };
}

function histogramOf(rows: readonly Row[]) {
  const features = [
    {
      cuts: Float32Array.of(1, 2, 3, 4),
      bins: Uint8Array.from(rows, ({ bin }) => bin),
      hasMissing: rows.some(({ bin }) => bin === MISSING_BIN),
    },
  ];
  const derivatives = Float32Array.from(rows.flatMap(({ gradient, hessian }) => [gradient, hessian]));
  const histogram = createHistogram(1);
  const list = Int32Array.from(rows, (_, place) => place);
  fillHistogram(
    histogram,
    features,
    derivatives,
    list,
    { start: 0, end: rows.length },
    new Float32Array(2 * rows.length),
  );
  return [histogram, features] as const;
}
