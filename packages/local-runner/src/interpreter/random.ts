import type { RandomSource } from "@stepwright/asl";

/** The sequence is a function of the seed alone, on every machine. The generator is SplitMix32. */
export function seededRandom(seed: number): RandomSource {
  let state = seed | 0;
  return {
    next() {
      state = (state + 0x9e3779b9) | 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
    },
  };
}
