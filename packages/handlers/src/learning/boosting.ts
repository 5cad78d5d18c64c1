/**
 * Gradient boosting for `binary:logistic`: each tree answers what the trees before it still get wrong.
 *
 * Deterministic: the same tables, hyper-parameters and seed give the same bytes in every run, thread and processor.
 */
import { binFeatures, binLike } from "./binning.ts";
import type { Bins } from "./binning.ts";
import type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";
import { assertSameFeatures } from "./feature-matrix.ts";
import type { LabelledMatrix } from "./feature-matrix.ts";
import type { Derivatives } from "./histogram.ts";
import { resolveHyperParameters } from "./hyper-parameters.ts";
import { logit, sigmoid } from "./logistic.ts";
import { logLoss } from "./metrics.ts";
import { createRandom } from "./random.ts";
import type { Random } from "./random.ts";
import { routeRows } from "./row-routing.ts";
import type { LeafRange } from "./row-routing.ts";
import { createTreeGrower } from "./tree-growing.ts";
import type { GrownTree } from "./tree-growing.ts";

export interface TrainingProgress {
  /** Trees so far, from 1. */
  readonly round: number;
  /** Absent without a validation table. */
  readonly validationLogLoss?: number;
}

export interface TrainingOptions {
  /** Called after every tree. */
  readonly onRound?: (progress: TrainingProgress) => void;
  /** Looked at before every tree. */
  readonly signal?: AbortSignal;
}

/**
 * Trains a model; blocks the thread until it is done.
 *
 * With `early_stopping_rounds` only the trees up to the lowest validation log-loss are kept.
 *
 * @param parameters what is absent takes XGBoost's default
 * @throws {InvalidHyperParameterError} before any work
 * @throws {FeatureSchemaMismatchError} when the two tables have different columns
 * @throws {RangeError} when a table has no rows, or a training value is infinite
 * @throws the signal's reason once it is aborted
 */
export function trainBoostedTrees(
  train: LabelledMatrix,
  validation: LabelledMatrix | undefined,
  parameters: Readonly<Record<string, number>>,
  { onRound, signal }: TrainingOptions = {},
): BoostedTrees {
  const resolved = resolveHyperParameters(parameters);
  assertTrainable(train, validation);
  const binned = binFeatures(train, resolved.max_bin);
  const growTree = createTreeGrower(binned, resolved);
  const random = createRandom(resolved.seed);
  const baseScore = priorOf(train.labels);
  const trainBins = binned.map(({ bins }) => bins);
  const margins = startMargins(train.rows, baseScore);
  const derivatives: Derivatives = new Float32Array(2 * train.rows);
  const watch = validation && watchValidation(validation, binLike(binned, validation), baseScore);
  const patience = resolved.early_stopping_rounds || Number.POSITIVE_INFINITY;
  const trees: RegressionTree[] = [];

  while (trees.length < resolved.num_round) {
    signal?.throwIfAborted();
    differentiate(margins, train.labels, derivatives);
    const { sampled, others } = sampleRows(train.rows, resolved.subsample, random);
    const features = sampleFeatures(train.columns.length, resolved.colsample_bytree, random);
    const grown = growTree(derivatives, sampled, features);
    addLeafValues(margins, sampled, grown.leaves, grown.tree);
    addAnswers(margins, others, trainBins, grown);
    trees.push(grown.tree);

    const validationLogLoss = watch?.add(grown);
    onRound?.({ round: trees.length, ...(validationLogLoss !== undefined && { validationLogLoss }) });
    if (watch && trees.length - watch.bestRound() >= patience) break;
  }

  const kept = watch && resolved.early_stopping_rounds > 0 ? trees.slice(0, watch.bestRound()) : trees;
  return {
    objective: "binary:logistic",
    featureNames: [...train.names],
    featureCount: train.columns.length,
    baseScore,
    trees: kept,
  };
}

function assertTrainable(train: LabelledMatrix, validation: LabelledMatrix | undefined): void {
  if (train.rows === 0) throw new RangeError("The training table has no rows.");
  if (!validation) return;
  if (validation.rows === 0) throw new RangeError("The validation table has no rows.");
  assertSameFeatures(validation.names, train.names);
}

// A prior of 0 or 1 has no finite margin.
const LEAST_PRIOR = 1e-6;

function priorOf(labels: Uint8Array): number {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return Math.fround(Math.min(Math.max(positives / labels.length, LEAST_PRIOR), 1 - LEAST_PRIOR));
}

// XGBoost's floor for a hessian: a row that the model is sure of still weighs something.
const LEAST_HESSIAN = 1e-16;

function differentiate(margins: Float32Array, labels: Uint8Array, derivatives: Derivatives): void {
  for (let row = 0; row < margins.length; row++) {
    const probability = sigmoid(margins[row]!);
    derivatives[2 * row] = probability - labels[row]!;
    derivatives[2 * row + 1] = Math.max(probability * (1 - probability), LEAST_HESSIAN);
  }
}

interface RowSample {
  readonly sampled: Int32Array<ArrayBuffer>;
  readonly others: Int32Array<ArrayBuffer>;
}

/** Draws each row by itself, as XGBoost's uniform sampling does; at least one row is drawn. */
function sampleRows(rows: number, share: number, random: Random): RowSample {
  const sampled = new Int32Array(rows);
  const others = new Int32Array(rows);
  const limit = Math.floor(share * 2 ** 31);
  let sampledRows = 0;
  for (let row = 0; row < rows; row++) {
    // 1 or 0 without a branch, which the processor could not foresee.
    const isDrawn = share === 1 ? 1 : ((random.nextUint32() >>> 1) - limit) >>> 31;
    sampled[sampledRows] = row;
    others[row - sampledRows] = row;
    sampledRows += isDrawn;
  }
  if (sampledRows === 0) return { sampled: sampled.subarray(0, 1).fill(0), others: others.subarray(1) };
  return { sampled: sampled.subarray(0, sampledRows), others: others.subarray(0, rows - sampledRows) };
}

function sampleFeatures(features: number, share: number, random: Random): readonly number[] {
  const list = Array.from({ length: features }, (_, feature) => feature);
  const wanted = Math.max(1, Math.round(share * features));
  if (wanted >= features) return list;
  for (let place = 0; place < wanted; place++) {
    const other = place + random.nextBelow(features - place);
    [list[place], list[other]] = [list[other]!, list[place]!];
  }
  return list.slice(0, wanted).toSorted((a, b) => a - b);
}

function startMargins(rows: number, baseScore: number): Float32Array<ArrayBuffer> {
  return new Float32Array(rows).fill(logit(baseScore));
}

/** Adds a tree's answers to the margins of some rows. @param rows reordered */
function addAnswers(
  margins: Float32Array,
  rows: Int32Array,
  columns: readonly Bins[],
  { tree, routing }: GrownTree,
): void {
  addLeafValues(margins, rows, routeRows(routing, columns, rows), tree);
}

// The margins are float32 and grow tree by tree: the sums are those that a prediction makes.
function addLeafValues(
  margins: Float32Array,
  rows: Int32Array,
  leaves: readonly LeafRange[],
  tree: RegressionTree,
): void {
  for (const { node, start, end } of leaves) {
    const value = tree.split_conditions[node]!;
    for (let place = start; place < end; place++) margins[rows[place]!]! += value;
  }
}

interface ValidationWatch {
  /** @returns the log-loss with this tree added */
  add(grown: GrownTree): number;
  /** The round, from 1, with the lowest log-loss so far. */
  bestRound(): number;
}

function watchValidation(validation: LabelledMatrix, columns: readonly Bins[], baseScore: number): ValidationWatch {
  const margins = startMargins(validation.rows, baseScore);
  const rows = Int32Array.from(margins, (_, row) => row);
  let round = 0;
  let bestRound = 0;
  let bestLogLoss = Number.POSITIVE_INFINITY;
  return {
    add(grown) {
      round += 1;
      addAnswers(margins, rows, columns, grown);
      const loss = logLoss(margins.map(sigmoid), validation.labels);
      if (loss < bestLogLoss) {
        bestLogLoss = loss;
        bestRound = round;
      }
      return loss;
    },
    bestRound: () => bestRound,
  };
}
