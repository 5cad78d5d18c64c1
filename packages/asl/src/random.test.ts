import * as fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom, uuidFrom } from "./random.ts";

const take = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

it("the same seed gives the same numbers, from 0 to below 1", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const numbers = take(seed, 20);
      expect(take(seed, 20)).toEqual(numbers);
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      expect(new Set(numbers).size).toBeGreaterThan(18);
    }),
  );
});

it("other seeds give other numbers, spread evenly", () => {
  expect(take(1, 5)).not.toEqual(take(2, 5));
  const mean = take(1, 10_000).reduce((sum, number) => sum + number, 0) / 10_000;
  expect(mean).toBeCloseTo(0.5, 1);
});

it("a UUID has its version and variant", () => {
  const random = seededRandom(3);
  const uuids = Array.from({ length: 1000 }, () => uuidFrom(random));
  expect(new Set(uuids).size).toBe(1000);
  expect(uuids.every((uuid) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(uuid))).toBe(
    true,
  );
});
