/** Sums of gradients and hessians by bin: all that a node has to know of its rows to find its best split. */
import { MISSING_BIN } from "./binning.ts";
import type { BinnedFeature } from "./binning.ts";
import type { RowRange } from "./row-routing.ts";

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
 * Fills the histogram with the rows of a range of the list.
 *
 * @param gathered scratch for as many derivatives as there are rows
 */
export function fillHistogram(
  histogram: Histogram,
  features: readonly BinnedFeature[],
  derivatives: Derivatives,
  rows: Int32Array,
  { start, end }: RowRange,
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
  // Four features a pass: row numbers and derivatives are loaded once for all, and bins that many rows share do not
  // make each addition wait for the one before.
  let feature = 0;
  for (; feature + 3 < features.length; feature += 4) {
    fillFour(
      histogram,
      feature * FEATURE_STRIDE,
      features[feature]!.bins,
      features[feature + 1]!.bins,
      features[feature + 2]!.bins,
      features[feature + 3]!.bins,
      list,
      gathered,
    );
  }
  for (; feature < features.length; feature++) {
    fillOne(histogram, feature * FEATURE_STRIDE, features[feature]!.bins, list, gathered);
  }
}

function fillFour(
  histogram: Histogram,
  offsetA: number,
  binsA: Uint8Array,
  binsB: Uint8Array,
  binsC: Uint8Array,
  binsD: Uint8Array,
  rows: Int32Array,
  gathered: Derivatives,
): void {
  const offsetB = offsetA + FEATURE_STRIDE;
  const offsetC = offsetB + FEATURE_STRIDE;
  const offsetD = offsetC + FEATURE_STRIDE;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    const gradient = gathered[2 * place]!;
    const hessian = gathered[2 * place + 1]!;
    const a = offsetA + 2 * binsA[row]!;
    const b = offsetB + 2 * binsB[row]!;
    const c = offsetC + 2 * binsC[row]!;
    const d = offsetD + 2 * binsD[row]!;
    histogram[a]! += gradient;
    histogram[a + 1]! += hessian;
    histogram[b]! += gradient;
    histogram[b + 1]! += hessian;
    histogram[c]! += gradient;
    histogram[c + 1]! += hessian;
    histogram[d]! += gradient;
    histogram[d + 1]! += hessian;
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
