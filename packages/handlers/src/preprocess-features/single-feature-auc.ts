import { auc } from "../learning/index.ts";
import type { LabelledMatrix } from "../learning/index.ts";

/** The feature that tells most by itself, in whichever direction; a missing value counts as the lowest. */
export function strongestSingleFeature(rows: LabelledMatrix): { readonly feature: string; readonly auc: number } {
  let strongest = { feature: "", auc: 0.5 };
  rows.columns.forEach((column, index) => {
    const one = auc(
      column.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value)),
      rows.labels,
    );
    const strength = Math.max(one, 1 - one);
    if (strength > strongest.auc) strongest = { feature: rows.names[index] ?? "", auc: strength };
  });
  return strongest;
}
