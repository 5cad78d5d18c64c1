/**
 * What the monthly schedule starts: one execution for all production models of a month.
 *
 * EventBridge Scheduler delivers at least once and may come late, so everything follows from the time that was
 * scheduled, and the execution's name is the month's: a second delivery finds the execution that is there.
 */
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { RetrainBatch, RetrainItem } from "../contracts.ts";
import type { ManifestEntry, RetrainRun } from "../retrain-v2.contracts.ts";

export interface MonthlyRequest {
  /** ISO 8601: `<aws.scheduler.scheduled-time>`. */
  readonly scheduledTime: string;
  readonly models: readonly ManifestEntry[];
  /** Where a manifest may be written; without it there may be no more models than one execution's input holds. */
  readonly manifests?: ManifestFolder;
}

export interface ManifestFolder {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

export type MonthlyStart =
  /** The models travel in the input of the first pipeline. */
  | { readonly kind: "items"; readonly name: string; readonly input: z.infer<typeof RetrainBatch> }
  /** The models stand in an object, a JSON line each, which the second pipeline's Distributed Map reads. */
  | { readonly kind: "manifest"; readonly name: string; readonly manifest: Manifest; readonly input: RetrainRun };

export interface Manifest {
  /** Below the folder's prefix; named by what it holds, so that another list never takes its place. */
  readonly key: string;
  readonly text: string;
}

/** An inline Map keeps its whole history in one execution, which ends at 25,000 events. */
export const mostInlineModels = 300;

/** Step Functions takes 262,144 bytes of UTF-8 as an execution's input. */
export const mostInputBytes = 262_144;

/** @throws RangeError for a time that is none, without models, and for too many without a place for a manifest */
export function planMonthlyStart({ scheduledTime, models, manifests }: MonthlyRequest): MonthlyStart {
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
  const run = { runId, asOf: `${runId}-01T00:00:00Z` };
  const name = executionNameOf(runId);
  const input = {
    models: itemsOf(
      run,
      models.map(({ modelId }) => modelId),
      "schedule",
    ),
  };
  const inputBytes = Buffer.byteLength(JSON.stringify(input));
  if (models.length <= mostInlineModels && inputBytes <= mostInputBytes) return { kind: "items", name, input };
  if (manifests === undefined) {
    throw new RangeError(
      `Found ${models.length} models and ${inputBytes} bytes of input; wanted at most ${mostInlineModels} and ` +
        `${mostInputBytes}, or a place for a manifest and the second pipeline.`,
    );
  }
  const text = models.map((model) => `${JSON.stringify(model)}\n`).join("");
  const key = `manifests/${runId}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.jsonl`;
  return {
    kind: "manifest",
    name,
    manifest: { key, text },
    input: { manifest: { bucket: manifests.bucket, key: `${manifests.prefix}${key}` }, ...run },
  };
}

/** A month has one execution. */
export function executionNameOf(runId: string): string {
  return `monthly-${runId}`;
}

type Item = z.infer<typeof RetrainItem>;

export function itemsOf(
  { runId, asOf }: Pick<Item, "runId" | "asOf">,
  modelIds: readonly string[],
  trigger: Item["trigger"],
): Item[] {
  return modelIds.map((modelId) => ({ schemaVersion: 1, modelId, runId, asOf, trigger }));
}
