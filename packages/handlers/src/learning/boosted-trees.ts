/**
 * A trained model as plain data, in XGBoost's own terms: each tree is a set of parallel arrays, one entry a node.
 *
 * Node 0 is the root. A leaf has -1 for its children and carries its value in `split_conditions`, as in the
 * XGBoost document (its `doc/model.schema`). Nothing here has methods, so a model passes `structuredClone`.
 */

export interface RegressionTree {
  readonly left_children: Int32Array<ArrayBuffer>;
  readonly right_children: Int32Array<ArrayBuffer>;
  /** {@link NO_PARENT} for the root. */
  readonly parents: Int32Array<ArrayBuffer>;
  /** The feature that a node asks; 0 in a leaf. */
  readonly split_indices: Int32Array<ArrayBuffer>;
  /** A row goes left when its value is below this; in a leaf, the leaf's value (learning rate included). */
  readonly split_conditions: Float32Array<ArrayBuffer>;
  /** 1 where a missing value goes left. */
  readonly default_left: Uint8Array<ArrayBuffer>;
  /** What the node answers, or would answer were it a leaf (learning rate included). */
  readonly base_weights: Float32Array<ArrayBuffer>;
  /** Gain of the node's split; 0 in a leaf. */
  readonly loss_changes: Float32Array<ArrayBuffer>;
  /** Sum of the hessians of the training rows that reached the node. */
  readonly sum_hessian: Float32Array<ArrayBuffer>;
}

export interface BoostedTrees {
  readonly objective: "binary:logistic";
  /** Empty when the model was read from a document that names no features. */
  readonly featureNames: readonly string[];
  readonly featureCount: number;
  /** The probability before any tree has spoken; a float32 in (0, 1). */
  readonly baseScore: number;
  readonly trees: readonly RegressionTree[];
}

/** XGBoost's mark for "no parent": -1 without its sign bit. */
export const NO_PARENT = 2_147_483_647;
