// Tables that models learn from
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
export { trainInWorker } from "./train-in-worker.ts";
export type { WorkerTrainingOptions } from "./train-in-worker.ts";
export { InvalidHyperParameterError, resolveHyperParameters } from "./hyper-parameters.ts";
export type { HyperParameters } from "./hyper-parameters.ts";
export { fitPlattScaling, foldScaling } from "./calibration.ts";
export type { PlattScaling } from "./calibration.ts";
export type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";

// The model file
export { readXgboostDocument, writeXgboostDocument } from "./xgboost-document.ts";
export { ModelArtifactCorruptError } from "./model-artifact-error.ts";

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
export { bootstrapPraucDifference } from "./bootstrap.ts";
export type { BootstrapInterval, BootstrapOptions } from "./bootstrap.ts";
export { featureBaselines, kolmogorovSmirnovDistance, measureDrift, populationStabilityIndex } from "./drift.ts";
export type { FeatureBaseline, FeatureDrift } from "./drift.ts";
