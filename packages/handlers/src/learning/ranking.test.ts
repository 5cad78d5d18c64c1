import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rankDescending } from "./ranking.ts";

test("ranks as a stable sort does, whatever the scores", () => {
  const score = fc.oneof(
    fc.float({ noNaN: true }),
    fc.constantFrom(0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Math.fround(1e-45)),
  );
  fc.assert(
    fc.property(fc.array(score), (scores) => {
      const expected = scores
        .map((_, row) => row)
        .toSorted((a, b) => (scores[a] === scores[b] ? 0 : scores[a]! < scores[b]! ? 1 : -1));
      expect([...rankDescending(Float32Array.from(scores))]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("missing scores come last, in their order", () => {
  const negativeNaN = new Float32Array(Uint32Array.of(0xffc0_0000).buffer)[0]!;
  expect([...rankDescending(Float32Array.of(Number.NaN, -5, negativeNaN, Number.NEGATIVE_INFINITY))]).toEqual([
    1, 3, 0, 2,
  ]);
});
