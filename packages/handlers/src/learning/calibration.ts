/**
 * Platt's calibration: a logistic curve over the margins, fitted on rows that the training did not see, and folded
 * into the trees, so that the result is a plain model again.
 */
import type { BoostedTrees } from "./boosted-trees.ts";
import { logit, sigmoid } from "./logistic.ts";

/** The calibrated margin is `slope · margin + intercept`. */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

const NO_SCALING: PlattScaling = { slope: 1, intercept: 0 };

const MOST_STEPS = 50;
const SMALL_STEP = 1e-10;

/**
 * Fits the curve with the highest likelihood by Newton's method.
 *
 * @returns slope 1 and intercept 0 when there is nothing to fit: one label only, one margin only, or margins that do not
 * rise with the labels, where a curve would turn the model upside down
 */
export function fitPlattScaling(margins: Float32Array, labels: Uint8Array): PlattScaling {
  if (margins.length !== labels.length) {
    throw new TypeError(`${margins.length} margins for ${labels.length} labels: wanted one margin a label.`);
  }
  const targets = plattTargets(labels);
  if (!targets) return NO_SCALING;
  let scaling = NO_SCALING;
  let loss = lossOf(scaling, margins, labels, targets);
  for (let count = 0; count < MOST_STEPS; count++) {
    const step = newtonStep(scaling, margins, labels, targets);
    if (!step) return NO_SCALING;
    // A full step may overshoot far from the optimum; half of it, and half again, until the loss falls.
    let share = 1;
    let next = moved(scaling, step, share);
    let nextLoss = lossOf(next, margins, labels, targets);
    while (nextLoss > loss && share > SMALL_STEP) {
      share /= 2;
      next = moved(scaling, step, share);
      nextLoss = lossOf(next, margins, labels, targets);
    }
    if (nextLoss > loss) break;
    const distance = share * Math.max(Math.abs(step.slope), Math.abs(step.intercept));
    scaling = next;
    loss = nextLoss;
    if (distance < SMALL_STEP) break;
  }
  if (!(scaling.slope > 0)) return NO_SCALING;
  // Logarithms may differ in their last bit between processors. Rounded, that does not reach the model.
  return { slope: Math.fround(scaling.slope), intercept: Math.fround(scaling.intercept) };
}

/**
 * A model whose margins are those of the given one, scaled: leaves times the slope, and the base score moved.
 *
 * What differs from scaling the margins afterwards is float32 rounding, below 1e-5 of a margin.
 */
export function foldScaling(model: BoostedTrees, { slope, intercept }: PlattScaling): BoostedTrees {
  return {
    ...model,
    baseScore: Math.fround(sigmoid(slope * logit(model.baseScore) + intercept)),
    trees: model.trees.map((tree) => ({
      ...tree,
      base_weights: tree.base_weights.map((weight) => weight * slope),
      split_conditions: tree.split_conditions.map((value, node) =>
        tree.left_children[node]! < 0 ? value * slope : value,
      ),
    })),
  };
}

interface Targets {
  readonly positive: number;
  readonly negative: number;
}

/** Platt's targets, a little inside 0 and 1: margins that part the labels perfectly keep a finite curve. */
function plattTargets(labels: Uint8Array): Targets | undefined {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return { positive: (positives + 1) / (positives + 2), negative: 1 / (negatives + 2) };
}

function lossOf(scaling: PlattScaling, margins: Float32Array, labels: Uint8Array, targets: Targets): number {
  let loss = 0;
  for (let row = 0; row < margins.length; row++) {
    const margin = scaling.slope * margins[row]! + scaling.intercept;
    const target = labels[row] === 1 ? targets.positive : targets.negative;
    // -t·log p - (1-t)·log(1-p), in the form that does not overflow.
    loss += Math.max(margin, 0) - target * margin + Math.log1p(Math.exp(-Math.abs(margin)));
  }
  return loss;
}

/** @returns `undefined` when the margins are all one number, and slope and intercept cannot be told apart */
function newtonStep(
  scaling: PlattScaling,
  margins: Float32Array,
  labels: Uint8Array,
  targets: Targets,
): PlattScaling | undefined {
  let gradientSlope = 0;
  let gradientIntercept = 0;
  let hessianSlope = 0;
  let hessianMixed = 0;
  let hessianIntercept = 0;
  for (let row = 0; row < margins.length; row++) {
    const margin = margins[row]!;
    const probability = sigmoid(scaling.slope * margin + scaling.intercept);
    const error = probability - (labels[row] === 1 ? targets.positive : targets.negative);
    const weight = probability * (1 - probability);
    gradientSlope += error * margin;
    gradientIntercept += error;
    hessianSlope += weight * margin * margin;
    hessianMixed += weight * margin;
    hessianIntercept += weight;
  }
  const determinant = hessianSlope * hessianIntercept - hessianMixed * hessianMixed;
  if (!(determinant > 1e-12 * hessianSlope * hessianIntercept)) return undefined;
  return {
    slope: (hessianMixed * gradientIntercept - hessianIntercept * gradientSlope) / determinant,
    intercept: (hessianMixed * gradientSlope - hessianSlope * gradientIntercept) / determinant,
  };
}

function moved(from: PlattScaling, step: PlattScaling, share: number): PlattScaling {
  return { slope: from.slope + share * step.slope, intercept: from.intercept + share * step.intercept };
}
