/** What passes between a thread that wants a model and the worker that trains it. */
import type { BoostedTrees } from "./boosted-trees.ts";
import type { TrainingProgress } from "./boosting.ts";
import type { LabelledMatrix } from "./feature-matrix.ts";

/** The worker's `workerData`. */
export interface TrainingOrder {
  readonly train: LabelledMatrix;
  readonly validation: LabelledMatrix | undefined;
  readonly parameters: Readonly<Record<string, number>>;
  readonly wantsProgress: boolean;
}

export type TrainingMessage =
  | { readonly kind: "progress"; readonly progress: TrainingProgress }
  | { readonly kind: "trained"; readonly model: BoostedTrees }
  // A cloned Error would lose the name that Retry and Catch go by.
  | { readonly kind: "failed"; readonly name: string; readonly message: string; readonly stack: string | undefined };
