/**
 * Cuts each feature into at most 255 bins of about equally many rows, so that growing a tree counts bytes instead of
 * sorting numbers.
 *
 * What always holds: a value lies in bin `n` exactly when `n` cuts are at or below it. So "the bin is at most n" and
 * "the value is below cut n" are one question, and a tree grown on bins answers the same on values.
 */
import type { FeatureMatrix } from "./feature-matrix.ts";

/** The bin of missing values; no value has it, as there are at most 255 others. */
export const MISSING_BIN = 255;

export interface BinnedFeature {
  /** Rising float32 borders; one fewer than there are bins. */
  readonly cuts: Float32Array<ArrayBuffer>;
  /** The bin of each row. */
  readonly bins: Uint8Array<ArrayBuffer>;
  readonly hasMissing: boolean;
}

/**
 * @param mostBins from 2 to 255
 * @throws {RangeError} when a value is infinite
 */
export function binFeatures(matrix: FeatureMatrix, mostBins: number): readonly BinnedFeature[] {
  return matrix.columns.map((column, feature) => {
    const sample = sortedSample(column);
    const ends = [sample[0] ?? 0, sample.at(-1) ?? 0];
    if (!ends.every(Number.isFinite)) {
      throw new RangeError(`Feature "${matrix.names[feature]}" has an infinite value; wanted finite ones or NaN.`);
    }
    const cuts = cutByRank(sample, mostBins);
    return { cuts, ...assignBins(column, cuts) };
  });
}

// Quantiles of more rows than this are no better, and sorting them all would outlast the training.
const MOST_SAMPLED_ROWS = 1 << 18;

/** The present values in rising order: all of them, or evenly spaced ones of a long column. */
function sortedSample(column: Float32Array): Float32Array {
  const stride = Math.ceil(column.length / MOST_SAMPLED_ROWS);
  const sample = stride > 1 ? column.filter((_, row) => row % stride === 0) : column.slice();
  sample.sort();
  // `sort` moves NaN to the end.
  let present = sample.length;
  while (present > 0 && Number.isNaN(sample[present - 1])) present -= 1;
  return sample.subarray(0, present);
}

/** Borders between neighbouring values: every one when they are few, else so that bins hold equally many rows. */
function cutByRank(sorted: Float32Array, mostBins: number): Float32Array<ArrayBuffer> {
  const distinct = countDistinct(sorted, mostBins);
  const cuts: number[] = [];
  let binStart = 0;
  for (let place = 1; place < sorted.length; place++) {
    const below = sorted[place - 1]!;
    const above = sorted[place]!;
    if (below === above) continue;
    const fairShare = (sorted.length - binStart) / (mostBins - cuts.length);
    if (distinct > mostBins && place - binStart < fairShare) continue;
    cuts.push(cutBetween(below, above));
    binStart = place;
    if (cuts.length === mostBins - 1) break;
  }
  return Float32Array.from(cuts);
}

function countDistinct(sorted: Float32Array, enough: number): number {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let place = 1; place < sorted.length && distinct <= enough; place++) {
    if (sorted[place] !== sorted[place - 1]) distinct += 1;
  }
  return distinct;
}

/** A float32 above the one and at most the other. Their mean may round down to the lower one. */
function cutBetween(below: number, above: number): number {
  const middle = Math.fround(below + (above - below) / 2);
  return middle > below ? middle : above;
}

function assignBins(
  column: Float32Array,
  cuts: Float32Array,
): { readonly bins: Uint8Array<ArrayBuffer>; readonly hasMissing: boolean } {
  const bins = new Uint8Array(column.length);
  let hasMissing = false;
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!;
    if (Number.isNaN(value)) {
      bins[row] = MISSING_BIN;
      hasMissing = true;
      continue;
    }
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cuts[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    bins[row] = low;
  }
  return { bins, hasMissing };
}
