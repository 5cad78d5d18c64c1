/**
 * Grows one regression tree over binned features.
 *
 * A node owns a range of the row list; splitting it parts the range in two. Only the smaller child counts its rows:
 * the larger one's histogram is what the parent has over.
 */
import type { BinnedFeature } from "./binning.ts";
import { NO_PARENT } from "./boosted-trees.ts";
import type { RegressionTree } from "./boosted-trees.ts";
import { createHistogram, fillHistogram, subtractHistogram } from "./histogram.ts";
import type { Derivatives, Histogram } from "./histogram.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import { partitionRows } from "./row-routing.ts";
import type { LeafRange, Routing, RoutingNode, RowRange } from "./row-routing.ts";
import { findBestSplit, nodeWeight } from "./split.ts";
import type { DerivativeSums } from "./split.ts";

export interface GrownTree {
  readonly tree: RegressionTree;
  /** Where the sampled rows ended. */
  readonly leaves: readonly LeafRange[];
  /** The same tree over bins, for the rows of other tables. */
  readonly routing: Routing;
}

/**
 * Grows a tree for the given derivatives.
 *
 * @param rows the sampled rows, rising; reordered so that those of one leaf stand together
 * @param sampledFeatures the features that may be asked, rising
 */
export type GrowTree = (derivatives: Derivatives, rows: Int32Array, sampledFeatures: readonly number[]) => GrownTree;

interface GrowingNode extends RowRange {
  readonly place: number;
  readonly depth: number;
  readonly sums: DerivativeSums;
}

/** Keeps the scratch memory that all trees of one training share. */
export function createTreeGrower(binned: readonly BinnedFeature[], parameters: HyperParameters): GrowTree {
  const allRows = binned[0]?.bins.length ?? 0;
  const scratchRows = new Int32Array(allRows);
  const gathered: Derivatives = new Float32Array(2 * allRows);
  // Depth first, and the smaller child is done before the larger one: one histogram a level is alive at any time.
  const histograms = Array.from({ length: parameters.max_depth }, () => createHistogram(binned.length));

  return (derivatives, rows, sampledFeatures) => {
    const features = sampledFeatures.map((feature) => binned[feature]!);
    const nodes: NodeRecord[] = [];
    const leaves: LeafRange[] = [];

    function addNode(parent: number, depth: number, sums: DerivativeSums, { start, end }: RowRange): GrowingNode {
      const place = nodes.push({ parent, sums }) - 1;
      return { place, depth, sums, start, end };
    }

    function mayExpand(node: GrowingNode): boolean {
      return node.depth < parameters.max_depth && node.sums.hessian >= 2 * parameters.min_child_weight;
    }

    function count(node: GrowingNode, histogram: Histogram): void {
      fillHistogram(histogram, features, derivatives, rows, node, gathered);
    }

    /** @param histogram of this node's rows; only read, then overwritten, when the node may expand */
    function expand(node: GrowingNode, histogram: Histogram): void {
      const split = mayExpand(node) ? findBestSplit(histogram, features, node.sums, parameters) : undefined;
      if (!split) {
        leaves.push({ node: node.place, start: node.start, end: node.end });
        return;
      }
      const { bins, cuts } = features[split.feature]!;
      const question = { ...split.question, feature: sampledFeatures[split.feature]! };
      const middle = partitionRows(rows, node, bins, question, scratchRows);
      const depth = node.depth + 1;
      const left = addNode(node.place, depth, split.left, { start: node.start, end: middle });
      const right = addNode(node.place, depth, split.right, { start: middle, end: node.end });
      nodes[node.place]!.split = {
        question,
        left: left.place,
        right: right.place,
        threshold: cuts[question.bin] ?? GREATEST_FLOAT32,
        gain: split.gain,
      };

      const [smaller, larger] = middle - node.start <= node.end - middle ? [left, right] : [right, left];
      // The children of the last level are leaves, and there is no histogram for them.
      const smallerHistogram = histograms[depth] ?? histogram;
      if (mayExpand(smaller) || mayExpand(larger)) {
        count(smaller, smallerHistogram);
        subtractHistogram(histogram, smallerHistogram, features.length);
      }
      expand(smaller, smallerHistogram);
      expand(larger, histogram);
    }

    const root = addNode(NO_PARENT, 0, sumDerivatives(derivatives, rows), { start: 0, end: rows.length });
    count(root, histograms[0]!);
    expand(root, histograms[0]!);
    return { tree: toArrays(nodes, parameters), leaves, routing: nodes.map((node) => node.split) };
  };
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

interface NodeSplit extends RoutingNode {
  readonly threshold: number;
  readonly gain: number;
}

interface NodeRecord {
  readonly parent: number;
  readonly sums: DerivativeSums;
  /** Absent in a leaf. */
  split?: NodeSplit;
}

function toArrays(nodes: readonly NodeRecord[], { eta, lambda }: HyperParameters): RegressionTree {
  const answers = nodes.map(({ sums }) => eta * nodeWeight(sums, lambda));
  return {
    left_children: Int32Array.from(nodes, ({ split }) => split?.left ?? -1),
    right_children: Int32Array.from(nodes, ({ split }) => split?.right ?? -1),
    parents: Int32Array.from(nodes, ({ parent }) => parent),
    split_indices: Int32Array.from(nodes, ({ split }) => split?.question.feature ?? 0),
    split_conditions: Float32Array.from(nodes, ({ split }, place) => split?.threshold ?? answers[place]!),
    default_left: Uint8Array.from(nodes, ({ split }) => (split?.question.missingGoesLeft ? 1 : 0)),
    base_weights: Float32Array.from(answers),
    loss_changes: Float32Array.from(nodes, ({ split }) => split?.gain ?? 0),
    sum_hessian: Float32Array.from(nodes, ({ sums }) => sums.hessian),
  };
}
