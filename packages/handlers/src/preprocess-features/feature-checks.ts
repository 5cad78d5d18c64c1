/** What features and labels must be before a model may learn from them. */
import type { Preprocessed } from "../contracts.ts";
import { PipelineError } from "../failures.ts";
import type { LabelledMatrix } from "../learning/index.ts";
import type { ModelSpec } from "../models/model-spec.ts";
import type { DataSession } from "../ports.ts";
import type { TimeSpan } from "../timeline.ts";
import { rowsWithin } from "./rows-within.ts";
import { strongestSingleFeature } from "./single-feature-auc.ts";

type Splits = Preprocessed["features"]["splits"];

/** @throws `InsufficientLabelsError`; `DataValidationError` when the labels come at an unbelievable rate */
export function assertEnoughLabels(spec: ModelSpec, splits: Splits): void {
  const { modelId, leastPositives, labelRate } = spec;
  for (const [name, { rows, positives }] of Object.entries(splits)) {
    if (positives >= leastPositives && rows - positives >= leastPositives) continue;
    throw new PipelineError(
      "InsufficientLabelsError",
      `The ${name} rows of ${modelId} are ${rows} with ${positives} positives; ` +
        `wanted at least ${leastPositives} of either kind.`,
    );
  }
  const rate = splits.train.positives / splits.train.rows;
  if (rate >= labelRate.least && rate <= labelRate.most) return;
  throw new PipelineError(
    "DataValidationError",
    `${(rate * 100).toFixed(2)} % of the training rows of ${modelId} are positive; ` +
      `wanted ${labelRate.least * 100} to ${labelRate.most * 100} %.`,
  );
}

/** @throws `LeakageSuspectedError` when test rows were learned from, or a feature knows the label */
export async function checkLeakage(
  session: DataSession,
  spec: ModelSpec,
  spans: { readonly train: TimeSpan; readonly test: TimeSpan },
  validation: LabelledMatrix,
): Promise<Preprocessed["features"]["leakage"]> {
  const [facts] = await session.query(
    `SELECT count(*) AS overlapping FROM
       (SELECT row_id FROM ${rowsWithin(spans.train)} INTERSECT SELECT row_id FROM ${rowsWithin(spans.test)})`,
  );
  const overlappingKeys = Number(facts?.["overlapping"]);
  if (overlappingKeys > 0) {
    throw new PipelineError(
      "LeakageSuspectedError",
      `${overlappingKeys} rows of ${spec.modelId} stand in the training and in the test rows; wanted none.`,
    );
  }
  const { feature, auc } = await strongestSingleFeature(validation);
  if (auc > spec.mostSingleFeatureAuc) {
    throw new PipelineError(
      "LeakageSuspectedError",
      `The feature "${feature}" of ${spec.modelId} alone has an AUC of ${auc.toFixed(4)}; ` +
        `wanted at most ${spec.mostSingleFeatureAuc}, above which it is suspected to know the label.`,
    );
  }
  return { maxSingleFeatureAuc: auc, feature, overlappingKeys };
}
