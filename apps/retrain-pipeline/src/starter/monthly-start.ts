/**
 * What the monthly schedule starts: one execution for all production models of a month.
 *
 * EventBridge Scheduler delivers at least once and may come late, so everything follows from the time that was
 * scheduled, and the execution's name is the month's: a second delivery finds the execution that is there.
 */
import type { z } from "zod";
import type { RetrainBatch } from "../contracts.ts";
import type { ManifestEntry, RetrainRun } from "../retrain-v2.contracts.ts";

export interface MonthlyRequest {
  /** ISO 8601: `<aws.scheduler.scheduled-time>`. */
  readonly scheduledTime: string;
  readonly models: readonly ManifestEntry[];
  /** Where a manifest may be written. */
  readonly manifestBucket: string;
}

export type MonthlyStart =
  /** The models travel in the input of the first pipeline. */
  | { readonly kind: "items"; readonly name: string; readonly input: z.infer<typeof RetrainBatch> }
  /** The models stand in an object, a JSON line each, which the second pipeline's Distributed Map reads. */
  | { readonly kind: "manifest"; readonly name: string; readonly manifest: string; readonly input: RetrainRun };

/** An inline Map keeps its whole history in one execution, which ends at 25,000 events. */
export const mostInlineModels = 300;

/** @throws RangeError for a time that is none, and without models */
export function planMonthlyStart({ scheduledTime, models, manifestBucket }: MonthlyRequest): MonthlyStart {
  const scheduled = new Date(scheduledTime);
  if (Number.isNaN(scheduled.getTime())) {
    throw new RangeError(
      `scheduledTime is ${JSON.stringify(scheduledTime)}; wanted a time such as 2026-11-01T03:00:00Z.`,
    );
  }
  if (models.length === 0) {
    throw new RangeError("Found no production models; wanted at least one to retrain.");
  }
  const runId = scheduled.toISOString().slice(0, "2026-11".length);
  const asOf = `${runId}-01T00:00:00Z`;
  const name = `monthly-${runId}`;
  if (models.length > mostInlineModels) {
    const manifest = models.map((model) => `${JSON.stringify(model)}\n`).join("");
    return { kind: "manifest", name, manifest, input: { manifest: manifestPlace(manifestBucket, runId), runId, asOf } };
  }
  const items = models.map(({ modelId }) => ({ schemaVersion: 1, modelId, runId, asOf, trigger: "schedule" }) as const);
  return { kind: "items", name, input: { models: items } };
}

function manifestPlace(bucket: string, runId: string) {
  return { bucket, key: `manifests/${runId}.json` };
}
