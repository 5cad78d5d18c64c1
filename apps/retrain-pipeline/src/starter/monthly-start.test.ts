import { expect, test } from "vitest";
import { RetrainBatch } from "../contracts.ts";
import type { ManifestEntry } from "../retrain-v2.contracts.ts";
import { mostInlineModels, planMonthlyStart } from "./monthly-start.ts";
import scheduledStart from "./scheduled-start.ts";

const modelsOf = (count: number, name = "model"): readonly ManifestEntry[] =>
  Array.from({ length: count }, (_, index) => ({ modelId: `${name}-${index}`, tier: "core" }));

const manifests = { bucket: "lake", prefix: "retrain/" };

const planOf = (count: number, scheduledTime = "2026-11-01T03:00:00Z") =>
  planMonthlyStart({ scheduledTime, models: modelsOf(count), manifests });

test("a month's models become the first pipeline's input", () => {
  const start = planOf(2);
  const common = { schemaVersion: 1, runId: "2026-11", asOf: "2026-11-01T00:00:00Z", trigger: "schedule" };
  expect(start).toEqual({
    kind: "items",
    name: "monthly-2026-11",
    input: {
      models: [
        { ...common, modelId: "model-0" },
        { ...common, modelId: "model-1" },
      ],
    },
  });
  expect(RetrainBatch.safeParse(start.input).success).toBe(true);
});

test("a start that comes late is of the month for which it was scheduled, in UTC", () => {
  expect(planOf(1, "2026-11-30T23:59:59Z").name).toBe("monthly-2026-11");
  expect(planOf(1, "2026-12-01T00:30:00+01:00").name).toBe("monthly-2026-11");
});

test("too many models for one history go through a manifest that is named by what it holds", () => {
  expect(planOf(mostInlineModels).kind).toBe("items");
  const start = planOf(mostInlineModels + 1);
  if (start.kind !== "manifest") throw new Error("no manifest");
  expect(start.manifest.key).toMatch(/^manifests\/2026-11-[0-9a-f]{16}\.jsonl$/);
  expect(start).toMatchObject({
    name: "monthly-2026-11",
    input: {
      manifest: { bucket: "lake", key: `retrain/${start.manifest.key}` },
      runId: "2026-11",
      asOf: "2026-11-01T00:00:00Z",
    },
  });
  const lines = start.manifest.text.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(modelsOf(mostInlineModels + 1));
  expect(planOf(mostInlineModels + 2)).not.toMatchObject({ manifest: { key: start.manifest.key } });
});

test("too many bytes for one input go through a manifest", () => {
  const models = modelsOf(200, "x".repeat(1300));
  expect(planMonthlyStart({ scheduledTime: "2026-11-01T03:00:00Z", models, manifests }).kind).toBe("manifest");
});

test("what cannot be started is refused", () => {
  const scheduledTime = "2026-11-01T03:00:00Z";
  expect(() => planOf(0)).toThrow("Found no production models; wanted at least one to retrain.");
  expect(() => planOf(1, "soon")).toThrow('scheduledTime is "soon"; wanted a time such as 2026-11-01T03:00:00Z.');
  expect(() => planMonthlyStart({ scheduledTime, models: modelsOf(301) })).toThrow(
    /^Found 301 models and \d+ bytes of input; wanted at most 300 and 262144, or a place for a manifest/,
  );
});

test("offline a time starts what the schedule would start at it, with the models of the catalog", () => {
  const { name, input } = scheduledStart("2026-11-01T00:00:00Z");
  expect(name).toBe("monthly-2026-11");
  expect(RetrainBatch.parse(input).models.map(({ modelId, trigger }) => `${modelId} ${trigger}`)).toEqual([
    "card-fraud schedule",
    "chargeback-risk schedule",
    "auth-decline schedule",
    "merchant-churn schedule",
  ]);
});
