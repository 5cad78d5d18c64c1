/**
 * A seeded source of random numbers: sfc32 (Chris Doty-Humphrey's "Small Fast Counter", PractRand), 128 bits of state.
 *
 * Integer arithmetic only, so one seed gives one sequence on every machine. Not for secrets.
 */

export interface Random {
  /** An integer in [0, 2^32). */
  nextUint32(): number;
  /** A number in [0, 1), a multiple of 2^-32. */
  nextFloat(): number;
  /**
   * An integer in [0, bound). The bias of the multiplication is below `bound / 2^32`.
   *
   * @param bound an integer from 1 to 2^32
   */
  nextBelow(bound: number): number;
}

/** @param seed any finite number; two seeds with the same 64-bit form of `Math.trunc(seed)` give the same sequence. */
export function createRandom(seed: number): Random {
  const whole = Math.trunc(seed);
  // A typed array keeps the state in 32-bit words; closed-over variables would be boxed at every step.
  const state = new Int32Array([0, whole, Math.floor(whole / 2 ** 32), 1]);

  function nextUint32(): number {
    const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const sum = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  }

  // The first outputs of similar seeds resemble each other; the author of sfc32 drops twelve.
  for (let warmUp = 0; warmUp < 12; warmUp++) nextUint32();

  return {
    nextUint32,
    nextFloat: () => nextUint32() / 2 ** 32,
    nextBelow: (bound) => Math.floor((nextUint32() / 2 ** 32) * bound),
  };
}
