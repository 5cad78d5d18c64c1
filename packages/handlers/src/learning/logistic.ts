/**
 * The logistic function and its inverse, in XGBoost's float32 sense.
 *
 * `Math.exp` may differ in its last bit between engines and processors, and a model's bytes would follow.
 * This exponential is made of additions and multiplications only, which ECMAScript fixes to the bit.
 */

// ln 2 in two parts (fdlibm's): the first has so few bits that its product with a small integer is exact.
const LN_2_HIGH = 6.9314718036912381649e-1;
const LN_2_LOW = 1.90821492927058770002e-10;

const STEPS = 32;
/** 2^(n/32) for n from 0 to 31. Of square roots, which IEEE 754 fixes to the bit as it does not fix powers. */
const fractionalPowers = Float64Array.from({ length: STEPS }, (_, step) => {
  let power = 1;
  let root = 2;
  for (let bit = STEPS / 2; bit >= 1; bit /= 2) {
    root = Math.sqrt(root);
    if (step & bit) power *= root;
  }
  return power;
});
const LEAST_EXPONENT = -130;
/** 2^n for n from -130 to 130. */
const wholePowers = Float64Array.from({ length: 261 }, (_, place) => 2 ** (place + LEAST_EXPONENT));

/** e^x within 1e-14 of its size. Bounds: x from -89 to 89. */
export function exponential(x: number): number {
  // e^x = 2^(n/32) · e^r with |r| <= 0.011, so that Taylor to the fifth power leaves out less than 3e-15.
  const n = Math.floor(x * (Math.LOG2E * STEPS) + 0.5);
  const r = x - n * (LN_2_HIGH / STEPS) - n * (LN_2_LOW / STEPS);
  const r2 = r * r;
  const series = 1 + r + r2 * (1 / 2 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120)));
  return series * fractionalPowers[n & (STEPS - 1)]! * wholePowers[(n >> 5) - LEAST_EXPONENT]!;
}

/** Probability of a margin, in double precision. XGBoost clamps at 88.7, where a float32 would overflow. */
export function sigmoid(margin: number): number {
  return 1 / (1 + exponential(margin > 88.7 ? -88.7 : margin < -88.7 ? 88.7 : -margin));
}

/** Probability of a margin, rounded to float32 at every step as XGBoost does: what a prediction answers. */
export function sigmoidFloat32(margin: number): number {
  const odds = Math.fround(exponential(margin > 88.7 ? -88.7 : margin < -88.7 ? 88.7 : -margin));
  return Math.fround(1 / Math.fround(odds + 1));
}

/** Margin of a probability in (0, 1), as a float32. */
export function logit(probability: number): number {
  const p = Math.fround(probability);
  return Math.fround(-Math.log(Math.fround(Math.fround(1 / p) - 1)));
}
