// Data that models learn from
export {
  assertSameFeatures,
  featureMatrix,
  FeatureSchemaMismatchError,
  labelledMatrix,
  matrixRow,
} from "./feature-matrix.ts";
export type { FeatureMatrix, LabelledMatrix } from "./feature-matrix.ts";
export { createRandom } from "./random.ts";
export type { Random } from "./random.ts";

// Training
export { InvalidHyperParameterError, resolveHyperParameters } from "./hyper-parameters.ts";
export type { HyperParameters } from "./hyper-parameters.ts";
export type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";
