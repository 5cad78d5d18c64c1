/**
 * The logistic function and its inverse, in XGBoost's float32 sense.
 *
 * `Math.exp` may differ in its last bit between engines and processors, and a model's bytes would follow.
 * This exponential is made of additions and multiplications only, which ECMAScript fixes to the bit.
 */

const LOG2_E = Math.LOG2E;
// ln 2 in two parts (fdlibm's): the first has so few bits that its product with an exponent is exact.
const LN_2_HIGH = 6.9314718036912381649e-1;
const LN_2_LOW = 1.90821492927058770002e-10;

/** 2^n for n from -1022 to 1023, at n + 1022. */
const powersOfTwo = Float64Array.from({ length: 2046 }, (_, place) => 2 ** (place - 1022));

/** e^x within 2 units in the last place, the same bits everywhere. Bounds: x from -708 to 709. */
export function exponential(x: number): number {
  const exponent = Math.floor(x * LOG2_E + 0.5);
  const r = x - exponent * LN_2_HIGH - exponent * LN_2_LOW;
  // Taylor to the 13th power: |r| <= 0.35, so what is left out is below 2^-57. Pairs (Estrin) instead of one chain
  // let the processor work on several at once.
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = 1 + r + r2 * (1 / 2 + r * (1 / 6));
  const middle = 1 / 24 + r * (1 / 120) + r2 * (1 / 720 + r * (1 / 5040));
  const high = 1 / 40320 + r * (1 / 362880) + r2 * (1 / 3628800 + r * (1 / 39916800));
  const top = 1 / 479001600 + r * (1 / 6227020800);
  const series = low + r4 * (middle + r4 * (high + r4 * top));
  return series * (powersOfTwo[exponent + 1022] ?? Number.NaN);
}

/** Probability of a margin. XGBoost clamps the exponent at 88.7, so that a float32 does not overflow. */
export function sigmoid(margin: number): number {
  return 1 / (1 + exponential(Math.min(Math.max(-margin, -700), 88.7)));
}

/** Margin of a probability in (0, 1), as a float32. */
export function logit(probability: number): number {
  const p = Math.fround(probability);
  return Math.fround(-Math.log(Math.fround(Math.fround(1 / p) - 1)));
}
