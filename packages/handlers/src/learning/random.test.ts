import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

/** sfc32 once more, in whole numbers: what the 32-bit arithmetic has to agree with. */
function wordsOf(seed: bigint, count: number): readonly bigint[] {
  const mask = 0xffff_ffffn;
  let [a, b, c, counter] = [0n, seed & mask, (seed >> 32n) & mask, 1n];
  return Array.from({ length: count }, () => {
    const sum = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = (((c << 21n) | (c >> 11n)) + sum) & mask;
    return sum;
  });
}

test.each([0, 1, 42, 2 ** 32, 2 ** 53 - 1])("seed %d gives the words of sfc32 after twelve rounds", (seed) => {
  const expected = wordsOf(BigInt(seed), 1012).slice(12);
  const random = createRandom(seed);
  expect(expected.map(() => BigInt(random.nextUint32()))).toEqual(expected);
});

test("different seeds give different words", () => {
  const first = [0, 1, 2, 2 ** 32, 2 ** 33].map((seed) => createRandom(seed).nextUint32());
  expect(new Set(first).size).toBe(first.length);
});

test("nextBelow reaches every number below the bound about equally often", () => {
  const random = createRandom(3);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < 70_000; draw++) counts[random.nextBelow(7)]! += 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test("nextFloat stays in [0, 1) and fills it", () => {
  const random = createRandom(4);
  const draws = Array.from({ length: 10_000 }, () => random.nextFloat());
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
});
