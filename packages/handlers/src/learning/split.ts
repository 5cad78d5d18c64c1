/** The best question that a node can ask, by the second-order gain of XGBoost (Chen and Guestrin 2016, equation 7). */
import { MISSING_BIN } from "./binning.ts";
import type { BinnedFeature } from "./binning.ts";
import { FEATURE_STRIDE } from "./histogram.ts";
import type { Histogram } from "./histogram.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import type { BinQuestion } from "./row-routing.ts";

export interface DerivativeSums {
  readonly gradient: number;
  readonly hessian: number;
}

export interface Split {
  /** Place of the feature in the list that the histogram was made for. */
  readonly feature: number;
  readonly question: Pick<BinQuestion, "bin" | "missingGoesLeft">;
  /** How much the split lowers the loss. */
  readonly gain: number;
  readonly left: DerivativeSums;
  readonly right: DerivativeSums;
}

// XGBoost's kRtEps: a gain that small is rounding.
const LEAST_GAIN = 1e-6;

/** What a node would answer, were it a leaf. */
export function nodeWeight(sums: DerivativeSums, lambda: number): number {
  return sums.hessian > 0 ? -sums.gradient / (sums.hessian + lambda) : 0;
}

/** @returns `undefined` when no split gains at least `gamma` with `min_child_weight` on either side */
export function findBestSplit(
  histogram: Histogram,
  features: readonly BinnedFeature[],
  node: DerivativeSums,
  parameters: HyperParameters,
): Split | undefined {
  const { lambda, gamma, min_child_weight: leastHessian } = parameters;
  const nodeGain = (node.gradient * node.gradient) / (node.hessian + lambda);
  let bestGain = Math.max(LEAST_GAIN, gamma);
  let bestFeature = -1;
  let bestBin = 0;
  let bestMissingGoesLeft = false;
  let bestGradient = 0;
  let bestHessian = 0;

  for (let feature = 0; feature < features.length; feature++) {
    const { cuts, hasMissing } = features[feature]!;
    const offset = feature * FEATURE_STRIDE;
    const missingGradient = histogram[offset + 2 * MISSING_BIN]!;
    const missingHessian = histogram[offset + 2 * MISSING_BIN + 1]!;
    // Missing values are tried on the right, then, where the feature has any, on the left.
    for (let missingSide = 0; missingSide <= (hasMissing ? 1 : 0); missingSide++) {
      let leftGradient = missingSide === 1 ? missingGradient : 0;
      let leftHessian = missingSide === 1 ? missingHessian : 0;
      // Right of the last bin there are only missing values, so that border is worth asking only when they go right.
      const borders = hasMissing && missingSide === 0 ? cuts.length + 1 : cuts.length;
      for (let bin = 0; bin < borders; bin++) {
        leftGradient += histogram[offset + 2 * bin]!;
        leftHessian += histogram[offset + 2 * bin + 1]!;
        if (leftHessian < leastHessian) continue;
        const rightHessian = node.hessian - leftHessian;
        if (rightHessian < leastHessian) break;
        const rightGradient = node.gradient - leftGradient;
        const gain =
          (leftGradient * leftGradient) / (leftHessian + lambda) +
          (rightGradient * rightGradient) / (rightHessian + lambda) -
          nodeGain;
        if (gain > bestGain) {
          bestGain = gain;
          bestFeature = feature;
          bestBin = bin;
          bestMissingGoesLeft = missingSide === 1;
          bestGradient = leftGradient;
          bestHessian = leftHessian;
        }
      }
    }
  }

  if (bestFeature < 0) return undefined;
  return {
    feature: bestFeature,
    question: { bin: bestBin, missingGoesLeft: bestMissingGoesLeft },
    gain: bestGain,
    left: { gradient: bestGradient, hessian: bestHessian },
    right: { gradient: node.gradient - bestGradient, hessian: node.hessian - bestHessian },
  };
}
