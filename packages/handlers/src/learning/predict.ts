/**
 * Answers of a trained model, as XGBoost computes them on a CPU: float32 features are compared with float32
 * thresholds, and leaf values are added in float32, tree after tree, starting from the base score's margin.
 *
 * Margins are the same bits. A probability may differ in its last bit, once in thousands, where a C library's `expf`
 * does not round to the nearest float32.
 */
import type { BoostedTrees } from "./boosted-trees.ts";
import { assertSameFeatures, FeatureSchemaMismatchError } from "./feature-matrix.ts";
import type { FeatureMatrix } from "./feature-matrix.ts";
import { logit, sigmoidFloat32 } from "./logistic.ts";

/** A model made ready to answer many times. */
export interface Predictor {
  /** Log-odds of one row, a float32. @param row values in the order of the model's features; NaN is missing */
  margin(row: ArrayLike<number>): number;
  /** Probability of one row, a float32. @param row as for `margin` */
  probability(row: ArrayLike<number>): number;
  /** @throws {FeatureSchemaMismatchError} when the columns are not the model's features */
  margins(matrix: FeatureMatrix): Float32Array<ArrayBuffer>;
  /** @throws {FeatureSchemaMismatchError} when the columns are not the model's features */
  probabilities(matrix: FeatureMatrix): Float32Array<ArrayBuffer>;
}

/** All trees one after the other, each level by level, so that a walk stays in few cache lines. */
interface Forest {
  readonly roots: Int32Array;
  readonly features: Int32Array;
  /** In a leaf, its value. */
  readonly thresholds: Float32Array;
  /** A node's left child, with the right one just behind it; -1 in a leaf. */
  readonly lefts: Int32Array;
  /** Where a missing value goes. */
  readonly missing: Int32Array;
}

export function createPredictor(model: BoostedTrees): Predictor {
  const forest = layOut(model);
  const baseMargin = logit(model.baseScore);
  const rowBuffer = new Float32Array(model.featureCount);

  function margin(row: ArrayLike<number>): number {
    if (row.length !== model.featureCount) {
      throw new FeatureSchemaMismatchError(`A row of ${row.length} values; the model expects ${model.featureCount}.`);
    }
    for (let feature = 0; feature < rowBuffer.length; feature++) rowBuffer[feature] = row[feature]!;
    return walk(forest, baseMargin, rowBuffer);
  }

  function margins(matrix: FeatureMatrix): Float32Array<ArrayBuffer> {
    assertFits(matrix, model);
    const answers = new Float32Array(matrix.rows);
    for (let row = 0; row < matrix.rows; row++) {
      for (let feature = 0; feature < rowBuffer.length; feature++) {
        rowBuffer[feature] = matrix.columns[feature]![row]!;
      }
      answers[row] = walk(forest, baseMargin, rowBuffer);
    }
    return answers;
  }

  return {
    margin,
    margins,
    probability: (row) => sigmoidFloat32(margin(row)),
    probabilities: (matrix) => margins(matrix).map(sigmoidFloat32),
  };
}

/** @see {@link Predictor.margins} */
export function predictMargins(model: BoostedTrees, matrix: FeatureMatrix): Float32Array<ArrayBuffer> {
  return createPredictor(model).margins(matrix);
}

/** @see {@link Predictor.probabilities} */
export function predictProbabilities(model: BoostedTrees, matrix: FeatureMatrix): Float32Array<ArrayBuffer> {
  return createPredictor(model).probabilities(matrix);
}

function assertFits(matrix: FeatureMatrix, model: BoostedTrees): void {
  if (model.featureNames.length > 0) assertSameFeatures(matrix.names, model.featureNames);
  if (matrix.columns.length !== model.featureCount) {
    throw new FeatureSchemaMismatchError(
      `A table of ${matrix.columns.length} features; the model expects ${model.featureCount}.`,
    );
  }
}

function layOut(model: BoostedTrees): Forest {
  const nodes = model.trees.reduce((sum, tree) => sum + tree.left_children.length, 0);
  const forest = {
    roots: new Int32Array(model.trees.length),
    features: new Int32Array(nodes),
    thresholds: new Float32Array(nodes),
    lefts: new Int32Array(nodes).fill(-1),
    missing: new Int32Array(nodes),
  };
  let root = 0;
  model.trees.forEach((tree, place) => {
    forest.roots[place] = root;
    // The queue grows while it is read; a node's place in it is its place behind the root.
    const queue = [0];
    for (let next = 0; next < queue.length; next++) {
      const node = queue[next]!;
      forest.features[root + next] = tree.split_indices[node]!;
      forest.thresholds[root + next] = tree.split_conditions[node]!;
      if (tree.left_children[node]! < 0) continue;
      const left = root + queue.length;
      forest.lefts[root + next] = left;
      forest.missing[root + next] = tree.default_left[node] === 1 ? left : left + 1;
      queue.push(tree.left_children[node]!, tree.right_children[node]!);
    }
    root += queue.length;
  });
  return forest;
}

function walk(forest: Forest, baseMargin: number, row: Float32Array): number {
  const { roots, features, thresholds, lefts, missing } = forest;
  let sum = baseMargin;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    let left = lefts[node]!;
    while (left >= 0) {
      const value = row[features[node]!]!;
      // NaN alone differs from itself. `Number` of a comparison needs no branch, which the processor could not
      // foresee: twice as fast as asking which child is next.
      node = value !== value ? missing[node]! : left + Number(value >= thresholds[node]!);
      left = lefts[node]!;
    }
    sum = Math.fround(sum + thresholds[node]!);
  }
  return sum;
}
