/**
 * Grows one regression tree over binned features.
 *
 * A node owns a range of the row list. Splitting it moves its left rows to the front of the range, in their order.
 * Only the smaller child counts its rows; the larger one's histogram is what the parent has over.
 */
import { MISSING_BIN } from "./binning.ts";
import type { BinnedFeature } from "./binning.ts";
import { NO_PARENT } from "./boosted-trees.ts";
import type { RegressionTree } from "./boosted-trees.ts";
import { createHistogram, fillHistogram, subtractHistogram } from "./histogram.ts";
import type { Derivatives, Histogram } from "./histogram.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { findBestSplit, nodeWeight } from "./split.ts";
import type { DerivativeSums, Split } from "./split.ts";

/** The rows from `start` to `end` of the row list ended in a leaf with this value. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

export interface GrownTree {
  readonly tree: RegressionTree;
  readonly leaves: readonly LeafRange[];
}

export interface TreeGrower {
  /**
   * @param rows the sampled rows, rising; reordered so that {@link LeafRange} holds
   * @param sampledFeatures the features that may be asked, rising
   */
  grow(derivatives: Derivatives, rows: Int32Array, sampledFeatures: readonly number[]): GrownTree;
}

interface Node {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: DerivativeSums;
  readonly place: number;
}

/** Keeps the scratch memory that all trees of one training share. */
export function createTreeGrower(binned: readonly BinnedFeature[], parameters: HyperParameters): TreeGrower {
  const allRows = binned[0]?.bins.length ?? 0;
  const scratchRows = new Int32Array(allRows);
  const gathered: Derivatives = new Float32Array(2 * allRows);
  // One histogram a level is alive at any time: depth first, and the smaller child is done before the larger one.
  const histograms: Histogram[] = [];

  function grow(derivatives: Derivatives, rows: Int32Array, sampledFeatures: readonly number[]): GrownTree {
    const features = sampledFeatures.map((feature) => binned[feature]!);
    const nodes = createNodeTable();
    const leaves: LeafRange[] = [];

    function histogramAt(level: number): Histogram {
      return (histograms[level] ??= createHistogram(binned.length));
    }

    function count(node: Node, level: number): Histogram {
      const histogram = histogramAt(level);
      fillHistogram(histogram, features, derivatives, rows, node.start, node.end, gathered);
      return histogram;
    }

    function expand(node: Node, histogram: Histogram | undefined, level: number): void {
      const split = histogram && findBestSplit(histogram, features, node.sums, parameters);
      if (!histogram || !split) {
        const value = nodes.endInLeaf(node.place, parameters);
        leaves.push({ start: node.start, end: node.end, value });
        return;
      }
      const feature = features[split.feature]!;
      const middle = partition(rows, node.start, node.end, feature.bins, split, scratchRows);
      const [leftPlace, rightPlace] = nodes.split(node.place, {
        feature: sampledFeatures[split.feature]!,
        threshold: feature.cuts[split.bin] ?? GREATEST_FLOAT32,
        split,
        parameters,
      });
      const depth = node.depth + 1;
      const left = { start: node.start, end: middle, depth, sums: split.left, place: leftPlace };
      const right = { start: middle, end: node.end, depth, sums: split.right, place: rightPlace };
      if (!mayExpand(left) && !mayExpand(right)) {
        expand(left, undefined, level);
        expand(right, undefined, level);
        return;
      }
      const [smaller, larger] = middle - node.start <= node.end - middle ? [left, right] : [right, left];
      const smallerHistogram = count(smaller, level + 1);
      subtractHistogram(histogram, smallerHistogram, features.length);
      expand(smaller, mayExpand(smaller) ? smallerHistogram : undefined, level + 1);
      expand(larger, mayExpand(larger) ? histogram : undefined, level);
    }

    function mayExpand(node: Node): boolean {
      return node.depth < parameters.max_depth && node.sums.hessian >= 2 * parameters.min_child_weight;
    }

    const sums = sumDerivatives(derivatives, rows);
    const root = { start: 0, end: rows.length, depth: 0, sums, place: nodes.addRoot(sums, parameters) };
    expand(root, mayExpand(root) ? count(root, 0) : undefined, 0);
    return { tree: nodes.finish(), leaves };
  }

  return { grow };
}

// Right of it there are only missing values: every finite value goes left.
const GREATEST_FLOAT32 = 3.4028234663852886e38;

function sumDerivatives(derivatives: Derivatives, rows: Int32Array): DerivativeSums {
  let gradient = 0;
  let hessian = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = 2 * rows[place]!;
    gradient += derivatives[row]!;
    hessian += derivatives[row + 1]!;
  }
  return { gradient, hessian };
}

/** Moves the left rows to the front, both sides in their order. @returns where the right rows start */
function partition(
  rows: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  split: Split,
  scratch: Int32Array,
): number {
  // Turned by one, the missing bin (255) is the lowest one instead of the highest.
  const turn = split.missingGoesLeft ? 1 : 0;
  const highestLeft = split.bin + turn;
  let left = start;
  let right = 0;
  for (let place = start; place < end; place++) {
    const row = rows[place]!;
    // 1 or 0 without a branch, which a processor could not foresee.
    const goesRight = (highestLeft - ((bins[row]! + turn) & MISSING_BIN)) >>> 31;
    rows[left] = row;
    scratch[right] = row;
    left += 1 - goesRight;
    right += goesRight;
  }
  rows.set(scratch.subarray(0, right), left);
  return left;
}

interface SplitNode {
  readonly feature: number;
  readonly threshold: number;
  readonly split: Split;
  readonly parameters: HyperParameters;
}

interface NodeTable {
  addRoot(sums: DerivativeSums, parameters: HyperParameters): number;
  /** @returns the places of the left and the right child */
  split(place: number, node: SplitNode): readonly [number, number];
  /** @returns the leaf's value */
  endInLeaf(place: number, parameters: HyperParameters): number;
  finish(): RegressionTree;
}

function createNodeTable(): NodeTable {
  const lefts: number[] = [];
  const rights: number[] = [];
  const parents: number[] = [];
  const splitIndices: number[] = [];
  const splitConditions: number[] = [];
  const defaultLefts: number[] = [];
  const baseWeights: number[] = [];
  const lossChanges: number[] = [];
  const sumHessians: number[] = [];

  function add(parent: number, sums: DerivativeSums, parameters: HyperParameters): number {
    lefts.push(-1);
    rights.push(-1);
    parents.push(parent);
    splitIndices.push(0);
    splitConditions.push(0);
    defaultLefts.push(0);
    baseWeights.push(nodeWeight(sums, parameters.lambda));
    lossChanges.push(0);
    return sumHessians.push(sums.hessian) - 1;
  }

  return {
    addRoot: (sums, parameters) => add(NO_PARENT, sums, parameters),
    split(place, { feature, threshold, split, parameters }) {
      const left = add(place, split.left, parameters);
      const right = add(place, split.right, parameters);
      lefts[place] = left;
      rights[place] = right;
      splitIndices[place] = feature;
      splitConditions[place] = threshold;
      defaultLefts[place] = split.missingGoesLeft ? 1 : 0;
      lossChanges[place] = split.gain;
      return [left, right];
    },
    endInLeaf(place, { eta }) {
      const value = Math.fround(eta * baseWeights[place]!);
      splitConditions[place] = value;
      return value;
    },
    finish: () => ({
      left_children: Int32Array.from(lefts),
      right_children: Int32Array.from(rights),
      parents: Int32Array.from(parents),
      split_indices: Int32Array.from(splitIndices),
      split_conditions: Float32Array.from(splitConditions),
      default_left: Uint8Array.from(defaultLefts),
      base_weights: Float32Array.from(baseWeights),
      loss_changes: Float32Array.from(lossChanges),
      sum_hessian: Float32Array.from(sumHessians),
    }),
  };
}
