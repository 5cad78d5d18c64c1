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

/** A version 4 UUID. Written digit by digit: a Distributed Map names a million children. */
export function uuidFrom(random: RandomSource): string {
  let uuid = "";
  for (let i = 0; i < uuidForm.length; i += 1) {
    const place = uuidForm.charAt(i);
    uuid += place === "x" ? hex(random, 15, 0) : place === "y" ? hex(random, 3, 8) : place;
  }
  return uuid;
}

const uuidForm = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";

/** @param fixed bits of the digit; the variant's two highest are 10 */
function hex(random: RandomSource, mask: number, fixed: number): string {
  return "0123456789abcdef".charAt((Math.floor(random.next() * 16) & mask) | fixed);
}
