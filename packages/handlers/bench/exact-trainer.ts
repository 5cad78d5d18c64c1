/**
 * The baseline of the benchmark: boosted trees as a textbook writes them, trying every value of every feature in every
 * node by sorting the node's rows. No missing values, no sampling; the same gain and the same leaves.
 */
import type { LabelledMatrix } from "../src/learning/feature-matrix.ts";

interface ExactNode {
  value: number;
  feature: number;
  threshold: number;
  left?: ExactNode;
  right?: ExactNode;
}

export interface ExactModel {
  readonly trees: readonly ExactNode[];
}

export function trainExactTrees(train: LabelledMatrix, rounds: number, maxDepth: number, eta: number): ExactModel {
  const margins = Array.from({ length: train.rows }, () => 0);
  const trees: ExactNode[] = [];
  for (let round = 0; round < rounds; round++) {
    const probabilities = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
    const gradients = probabilities.map((p, row) => p - train.labels[row]!);
    const hessians = probabilities.map((p) => p * (1 - p));
    const tree = growExact(
      train,
      margins.map((_, row) => row),
      gradients,
      hessians,
      maxDepth,
      eta,
    );
    margins.forEach((_, row) => {
      margins[row]! += answerExact(tree, (feature) => train.columns[feature]![row]!);
    });
    trees.push(tree);
  }
  return { trees };
}

export function predictExact(model: ExactModel, valueOf: (feature: number) => number): number {
  const margin = model.trees.reduce((sum, tree) => sum + answerExact(tree, valueOf), 0);
  return 1 / (1 + Math.exp(-margin));
}

function answerExact(tree: ExactNode, valueOf: (feature: number) => number): number {
  let node = tree;
  while (node.left && node.right) node = valueOf(node.feature) < node.threshold ? node.left : node.right;
  return node.value;
}

function growExact(
  train: LabelledMatrix,
  rows: readonly number[],
  gradients: readonly number[],
  hessians: readonly number[],
  depth: number,
  eta: number,
): ExactNode {
  const gradient = rows.reduce((sum, row) => sum + gradients[row]!, 0);
  const hessian = rows.reduce((sum, row) => sum + hessians[row]!, 0);
  const node: ExactNode = { value: (-eta * gradient) / (hessian + 1), feature: 0, threshold: 0 };
  if (depth === 0) return node;
  let bestGain = 1e-6;
  train.columns.forEach((column, feature) => {
    const sorted = rows.toSorted((a, b) => column[a]! - column[b]!);
    let leftGradient = 0;
    let leftHessian = 0;
    for (let place = 0; place + 1 < sorted.length; place++) {
      leftGradient += gradients[sorted[place]!]!;
      leftHessian += hessians[sorted[place]!]!;
      const [value, next] = [column[sorted[place]!]!, column[sorted[place + 1]!]!];
      const rightHessian = hessian - leftHessian;
      if (value === next || leftHessian < 1 || rightHessian < 1) continue;
      const gain =
        leftGradient ** 2 / (leftHessian + 1) +
        (gradient - leftGradient) ** 2 / (rightHessian + 1) -
        gradient ** 2 / (hessian + 1);
      if (gain > bestGain) {
        bestGain = gain;
        node.feature = feature;
        node.threshold = (value + next) / 2;
      }
    }
  });
  if (bestGain === 1e-6) return node;
  const column = train.columns[node.feature]!;
  const side = (goesLeft: boolean) => rows.filter((row) => column[row]! < node.threshold === goesLeft);
  node.left = growExact(train, side(true), gradients, hessians, depth - 1, eta);
  node.right = growExact(train, side(false), gradients, hessians, depth - 1, eta);
  return node;
}
