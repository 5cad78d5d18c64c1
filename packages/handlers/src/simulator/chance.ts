/** Draws from the distributions that the world is made of. */
import { createRandom } from "../learning/random.ts";
import type { Random } from "../learning/random.ts";

export type Chance = Random;

/** Independent sequences for each thing, so that a longer world begins like a shorter one. */
export type Stream = "merchant" | "customer" | "issuer-day" | "day" | "chaos";

const streams: Readonly<Record<Stream, number>> = { merchant: 1, customer: 2, "issuer-day": 3, day: 4, chaos: 5 };

/** @param seed its lowest 17 bits count @param index from 0 to 2^32 - 1 */
export function chanceOf(seed: number, stream: Stream, index: number): Chance {
  return createRandom(((seed & 0x1ffff) * 8 + streams[stream]) * 2 ** 32 + index);
}

export function normal(chance: Chance): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance.nextFloat()));
  return radius * Math.cos(2 * Math.PI * chance.nextFloat());
}

export function exponential(chance: Chance, mean: number): number {
  return -mean * Math.log(1 - chance.nextFloat());
}

export function poisson(chance: Chance, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = chance.nextFloat(); product > floor; product *= chance.nextFloat()) count++;
  return count;
}

export function between(chance: Chance, least: number, most: number): number {
  return least + (most - least) * chance.nextFloat();
}

export function happens(chance: Chance, probability: number): boolean {
  return chance.nextFloat() < probability;
}

export function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** The place whose share of the running total covers a draw. @param runningTotals ascending, not empty */
export function pickWeighted(chance: Chance, runningTotals: Float64Array): number {
  const target = chance.nextFloat() * (runningTotals.at(-1) ?? 0);
  let low = 0;
  let high = runningTotals.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runningTotals[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
