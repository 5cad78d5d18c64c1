/** How far today's features lie from those that a model was trained on. */
import { assertSameFeatures } from "./feature-matrix.ts";
import type { FeatureMatrix } from "./feature-matrix.ts";

/** A feature's distribution as it is stored with a model version: JSON-friendly. */
export interface FeatureBaseline {
  readonly name: string;
  /** Rising borders; a value belongs to the bin after all borders at or below it. */
  readonly cuts: readonly number[];
  /** Share of the rows in each bin, one more than there are cuts; then the share of missing values. */
  readonly shares: readonly number[];
}

export interface FeatureDrift {
  readonly name: string;
  /** Population stability index: by convention below 0.1 stable, above 0.25 shifted. */
  readonly psi: number;
}

/** @param bins 10 unless told; a feature with few values has fewer */
export function featureBaselines(matrix: FeatureMatrix, bins = 10): readonly FeatureBaseline[] {
  return matrix.columns.map((column, feature) => {
    const cuts = equalShareCuts(column, bins);
    return { name: matrix.names[feature]!, cuts, shares: binShares(column, cuts) };
  });
}

/** Drift of every feature, in the order of the columns.
 *  @throws {FeatureSchemaMismatchError} when the table has other features than the baseline */
export function measureDrift(baselines: readonly FeatureBaseline[], matrix: FeatureMatrix): readonly FeatureDrift[] {
  assertSameFeatures(
    matrix.names,
    baselines.map(({ name }) => name),
  );
  return baselines.map((baseline, feature) => ({
    name: baseline.name,
    psi: populationStabilityIndex(baseline.shares, binShares(matrix.columns[feature]!, baseline.cuts)),
  }));
}

// An empty bin would weigh infinitely much.
const LEAST_SHARE = 1e-4;

/** Symmetric: sum over the bins of (q - p) · ln(q / p). @throws {TypeError} when the numbers of bins differ */
export function populationStabilityIndex(expected: readonly number[], found: readonly number[]): number {
  if (expected.length !== found.length) {
    throw new TypeError(`${found.length} bins against ${expected.length}: wanted as many.`);
  }
  return expected.reduce((sum, share, bin) => {
    const p = Math.max(share, LEAST_SHARE);
    const q = Math.max(found[bin]!, LEAST_SHARE);
    return sum + (q - p) * Math.log(q / p);
  }, 0);
}

/** Two-sample Kolmogorov-Smirnov: the widest gap between two distribution functions, 0 to 1. NaN is left out.
 *  @returns NaN when a sample has no value */
export function kolmogorovSmirnovDistance(first: Float32Array, second: Float32Array): number {
  const a = sortedPresent(first);
  const b = sortedPresent(second);
  if (a.length === 0 || b.length === 0) return Number.NaN;
  let widest = 0;
  let passedA = 0;
  let passedB = 0;
  while (passedA < a.length && passedB < b.length) {
    const value = Math.min(a[passedA]!, b[passedB]!);
    while (passedA < a.length && a[passedA]! <= value) passedA += 1;
    while (passedB < b.length && b[passedB]! <= value) passedB += 1;
    widest = Math.max(widest, Math.abs(passedA / a.length - passedB / b.length));
  }
  return widest;
}

function equalShareCuts(column: Float32Array, bins: number): readonly number[] {
  const sorted = sortedPresent(column);
  const cuts: number[] = [];
  for (let bin = 1; bin < bins; bin++) {
    const cut = sorted[Math.floor((bin * sorted.length) / bins)];
    const floor = cuts.at(-1) ?? sorted[0];
    if (cut !== undefined && floor !== undefined && cut > floor) cuts.push(cut);
  }
  return cuts;
}

function binShares(column: Float32Array, cuts: readonly number[]): readonly number[] {
  const counts = Array.from({ length: cuts.length + 2 }, () => 0);
  for (const value of column) {
    // Few cuts: counting them all is faster than halving.
    let bin = 0;
    if (Number.isNaN(value)) bin = cuts.length + 1;
    else while (bin < cuts.length && cuts[bin]! <= value) bin += 1;
    counts[bin]! += 1;
  }
  return counts.map((count) => (column.length > 0 ? count / column.length : 0));
}

function sortedPresent(column: Float32Array): Float32Array {
  return column.filter((value) => !Number.isNaN(value)).toSorted();
}
