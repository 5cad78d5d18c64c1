/** A synthetic table of the kind the pipeline trains on: rare positives, interactions, noise, missing values. */
import { labelledMatrix } from "../src/learning/feature-matrix.ts";
import type { LabelledMatrix } from "../src/learning/feature-matrix.ts";
import { createRandom } from "../src/learning/random.ts";

/** About 3.4 % positives in 20 features, of which the last four say nothing. */
export function paymentLikeTable(rows: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.nextFloat())) * Math.cos(2 * Math.PI * random.nextFloat());
  const columns = Array.from({ length: 20 }, () => new Float32Array(rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: 20 }, normal);
    const amount = Math.exp(3.5 + 1.1 * x[0]!);
    const hour = random.nextBelow(24);
    const category = random.nextBelow(12);
    const isNight = hour < 6;
    const logOdds =
      -5.6 +
      0.9 * x[0]! +
      1.1 * Math.abs(x[3]!) +
      0.9 * Math.sin(2 * x[4]!) +
      0.8 * x[5]! * x[6]! +
      (isNight && category < 3 ? 1.8 : 0) +
      (x[7]! > 1 && x[8]! > 0 ? 1.5 : 0) +
      0.4 * x[9]! -
      0.3 * x[10]!;
    labels[row] = random.nextFloat() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    const values = [...x];
    values[0] = amount;
    values[1] = hour;
    values[2] = category;
    if (random.nextFloat() < 0.05) values[9] = Number.NaN;
    columns.forEach((column, feature) => {
      column[row] = values[feature]!;
    });
  }
  return labelledMatrix(
    columns.map((_, feature) => `f${feature}`),
    columns,
    labels,
  );
}
