/**
 * The shortest decimal text that reads back as this float32, always with an exponent: `0E0`, `3E0`, `3.407E-2`.
 *
 * XGBoost takes a number without point or exponent for an integer and refuses it where it wants a float, and its
 * 1.7 releases misread a `base_score` of more than nine digits without an error.
 *
 * @param value finite
 */
export function float32Text(value: number): string {
  const wanted = Math.fround(value);
  // Nine digits tell every float32 from its neighbours; most need seven or eight.
  const digits = [6, 7, 8].find((count) => Math.fround(Number(wanted.toPrecision(count))) === wanted) ?? 9;
  return Number(wanted.toPrecision(digits)).toExponential().replace("e+", "E").replace("e", "E");
}
