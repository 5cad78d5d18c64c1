/** A table with something to learn: an interaction, a curve, a telling absence, a category, and noise. */
import { labelledMatrix } from "../src/learning/feature-matrix.ts";
import type { LabelledMatrix } from "../src/learning/feature-matrix.ts";
import { createRandom } from "../src/learning/random.ts";

export function learnableTable(rows: number, seed: number): LabelledMatrix {
  const random = createRandom(seed);
  const names = ["amount", "hour", "age", "category", "noise"];
  const columns = names.map(() => new Float32Array(rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const amount = random.nextFloat() * 2 - 1;
    const hour = random.nextFloat() * 2 - 1;
    const isNew = random.nextFloat() < 0.15;
    const age = random.nextFloat();
    const category = random.nextBelow(4);
    const isLikely = amount * hour > 0.1 || (isNew && category === 2) || (!isNew && Math.abs(age - 0.5) < 0.04);
    labels[row] = random.nextFloat() < (isLikely ? 0.7 : 0.05) ? 1 : 0;
    [amount, hour, isNew ? Number.NaN : age, category, random.nextFloat()].forEach((value, feature) => {
      columns[feature]![row] = value;
    });
  }
  return labelledMatrix(names, columns, labels);
}
