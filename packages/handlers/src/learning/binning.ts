/**
 * Cuts each feature into at most 255 bins of about equally many rows, so that growing a tree counts bytes instead of
 * sorting numbers.
 *
 * What always holds: a value lies in bin `n` exactly when `n` cuts are at or below it. So "the bin is at most n" and
 * "the value is below cut n" are one question, and a tree grown on bins answers the same on values.
 */
import type { FeatureMatrix } from "./feature-matrix.ts";
import { rankDescending } from "./ranking.ts";

/** The bin of missing values; no value has it, as there are at most 255 others. */
export const MISSING_BIN = 255;

export type Bins = Uint8Array<ArrayBuffer>;

export interface BinnedFeature {
  /** Rising float32 borders; one fewer than there are bins. */
  readonly cuts: Float32Array<ArrayBuffer>;
  /** The bin of each row. */
  readonly bins: Bins;
  readonly hasMissing: boolean;
}

/** A column's present values in rising order. */
interface SortedColumn {
  readonly values: Float32Array<ArrayBuffer>;
  /** Where each value stands in the column. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

/**
 * @param mostBins from 2 to 255
 * @throws {RangeError} when a value is infinite
 */
export function binFeatures(matrix: FeatureMatrix, mostBins: number): readonly BinnedFeature[] {
  return matrix.columns.map((column, feature) => {
    const sorted = sortColumn(column);
    const ends = [sorted.values[0] ?? 0, sorted.values.at(-1) ?? 0];
    if (!ends.every(Number.isFinite)) {
      throw new RangeError(`Feature "${matrix.names[feature]}" has an infinite value; wanted finite ones or NaN.`);
    }
    const cuts = cutByRank(sorted.values, mostBins);
    return { cuts, bins: assignBins(column.length, sorted, cuts), hasMissing: sorted.rows.length < column.length };
  });
}

/** The bins of another table's rows, by the cuts of the first. */
export function binLike(binned: readonly BinnedFeature[], matrix: FeatureMatrix): readonly Bins[] {
  return binned.map(({ cuts }, feature) => {
    const column = matrix.columns[feature]!;
    return assignBins(column.length, sortColumn(column), cuts);
  });
}

function sortColumn(column: Float32Array): SortedColumn {
  const falling = rankDescending(column);
  let present = falling.length;
  while (present > 0 && Number.isNaN(column[falling[present - 1]!])) present -= 1;
  const rows = falling.subarray(0, present).toReversed();
  const values = new Float32Array(present);
  for (let place = 0; place < present; place++) values[place] = column[rows[place]!]!;
  return { values, rows };
}

/** Borders between neighbouring values: every one when they are few, else so that bins hold equally many rows. */
function cutByRank(sorted: Float32Array, mostBins: number): Float32Array<ArrayBuffer> {
  const fewValues = countDistinct(sorted, mostBins) <= mostBins;
  const cuts: number[] = [];
  let binStart = 0;
  for (let place = 1; place < sorted.length && cuts.length < mostBins - 1; place++) {
    const below = sorted[place - 1]!;
    const above = sorted[place]!;
    if (below === above) continue;
    const fairShare = (sorted.length - binStart) / (mostBins - cuts.length);
    if (fewValues || place - binStart >= fairShare) {
      cuts.push(cutBetween(below, above));
      binStart = place;
    }
  }
  return Float32Array.from(cuts);
}

/** How many different values there are, or `enough + 1` when there are more than enough. */
function countDistinct(sorted: Float32Array, enough: number): number {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let place = 1; place < sorted.length && distinct <= enough; place++) {
    if (sorted[place] !== sorted[place - 1]) distinct += 1;
  }
  return distinct;
}

/** A float32 above the one and at most the other: their mean may round down to the lower one. */
function cutBetween(below: number, above: number): number {
  const middle = Math.fround(below + (above - below) / 2);
  return middle > below ? middle : above;
}

function assignBins(rows: number, sorted: SortedColumn, cuts: Float32Array): Bins {
  const bins = new Uint8Array(rows).fill(MISSING_BIN);
  let bin = 0;
  for (let place = 0; place < sorted.rows.length; place++) {
    while (bin < cuts.length && cuts[bin]! <= sorted.values[place]!) bin += 1;
    bins[sorted.rows[place]!] = bin;
  }
  return bins;
}
