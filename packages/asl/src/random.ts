/** What the language makes of a source of randomness. */
import type { RandomSource } from "./evaluation.ts";

/** The same numbers for the same seed, always (mulberry32). The service's own sequence is not public. */
export function seededRandom(seed: number): RandomSource {
  let state = Math.trunc(seed) | 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** A version 4 UUID. */
export function uuidFrom(random: RandomSource): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replaceAll(/[xy]/g, (place) => {
    const digit = Math.floor(random.next() * 16);
    // The variant's two highest bits are 10.
    return (place === "x" ? digit : (digit & 3) | 8).toString(16);
  });
}
