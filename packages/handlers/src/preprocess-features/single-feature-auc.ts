import { computeInPieces } from "../in-order.ts";
import { auc } from "../learning/index.ts";
import type { LabelledMatrix } from "../learning/index.ts";

export interface SingleFeature {
  readonly feature: string;
  readonly auc: number;
}

/** The feature that tells most by itself, in whichever direction; a missing value counts as the lowest. */
export async function strongestSingleFeature({ names, columns, labels }: LabelledMatrix): Promise<SingleFeature> {
  const features = await computeInPieces(columns, (column, place): SingleFeature => {
    const scores = column.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
    const upwards = auc(scores, labels);
    return { feature: names[place] ?? "", auc: Math.max(upwards, 1 - upwards) };
  });
  return features.reduce((strongest, one) => (one.auc > strongest.auc ? one : strongest));
}
