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
export { trainBoostedTrees } from "./boosting.ts";
export type { TrainingOptions, TrainingProgress } from "./boosting.ts";
export { InvalidHyperParameterError, resolveHyperParameters } from "./hyper-parameters.ts";
export type { HyperParameters } from "./hyper-parameters.ts";
export type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";

// Answers
export { createPredictor, predictMargins, predictProbabilities } from "./predict.ts";
export type { Predictor } from "./predict.ts";

// Judgement
export {
  auc,
  averagePrecision,
  brierScore,
  classificationMetrics,
  expectedCalibrationError,
  kolmogorovSmirnovGap,
  logLoss,
  precisionAt,
  thresholdAtFalsePositiveRate,
} from "./metrics.ts";
export type { ClassificationMetrics, OperatingPoint } from "./metrics.ts";
