/** Sums of gradients and hessians by bin: all that a node has to know of its rows to find its best split. */
import { MISSING_BIN } from "./binning.ts";
import type { BinnedFeature } from "./binning.ts";

/** Doubles that one feature takes: a gradient sum and a hessian sum for each of 256 bins. */
export const FEATURE_STRIDE = 2 * (MISSING_BIN + 1);

/** The place of a feature in a list of features decides its place in the histogram. */
export type Histogram = Float64Array<ArrayBuffer>;

/** The first and second derivative of the loss by each row's margin, side by side: [g0, h0, g1, h1, …]. */
export type Derivatives = Float32Array<ArrayBuffer>;

export function createHistogram(features: number): Histogram {
  return new Float64Array(features * FEATURE_STRIDE);
}

/**
 * Fills the histogram with the rows from `start` to `end` of the list.
 *
 * @param gathered scratch for as many derivatives as there are rows
 */
export function fillHistogram(
  histogram: Histogram,
  features: readonly BinnedFeature[],
  derivatives: Derivatives,
  rows: Int32Array,
  start: number,
  end: number,
  gathered: Derivatives,
): void {
  histogram.fill(0, 0, features.length * FEATURE_STRIDE);
  // Gathered once, the derivatives are read in order for every feature.
  for (let place = start, target = 0; place < end; place++, target += 2) {
    const source = 2 * rows[place]!;
    gathered[target] = derivatives[source]!;
    gathered[target + 1] = derivatives[source + 1]!;
  }
  const list = rows.subarray(start, end);
  // Two features a pass: the row numbers and derivatives are loaded once for both.
  let feature = 0;
  for (; feature + 1 < features.length; feature += 2) {
    fillPair(histogram, feature * FEATURE_STRIDE, features[feature]!.bins, features[feature + 1]!.bins, list, gathered);
  }
  if (feature < features.length) {
    fillOne(histogram, feature * FEATURE_STRIDE, features[feature]!.bins, list, gathered);
  }
}

function fillPair(
  histogram: Histogram,
  offset: number,
  binsA: Uint8Array,
  binsB: Uint8Array,
  rows: Int32Array,
  gathered: Derivatives,
): void {
  const a = histogram.subarray(offset, offset + FEATURE_STRIDE);
  const b = histogram.subarray(offset + FEATURE_STRIDE, offset + 2 * FEATURE_STRIDE);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    const gradient = gathered[2 * place]!;
    const hessian = gathered[2 * place + 1]!;
    const binA = 2 * binsA[row]!;
    const binB = 2 * binsB[row]!;
    a[binA]! += gradient;
    a[binA + 1]! += hessian;
    b[binB]! += gradient;
    b[binB + 1]! += hessian;
  }
}

function fillOne(
  histogram: Histogram,
  offset: number,
  bins: Uint8Array,
  rows: Int32Array,
  gathered: Derivatives,
): void {
  for (let place = 0; place < rows.length; place++) {
    const bin = offset + 2 * bins[rows[place]!]!;
    histogram[bin]! += gathered[2 * place]!;
    histogram[bin + 1]! += gathered[2 * place + 1]!;
  }
}

/** Leaves in the first histogram what the second one does not have: the sibling of a node, without reading its rows. */
export function subtractHistogram(whole: Histogram, part: Histogram, features: number): void {
  const length = features * FEATURE_STRIDE;
  for (let place = 0; place < length; place++) whole[place]! -= part[place]!;
}
