import { expect, test } from "vitest";
import type { Metrics } from "../contracts.ts";
import { statusMetrics } from "./status-metrics.ts";

const metrics: Metrics = {
  auc: 0.9,
  prauc: 0.4,
  logLoss: 0.1,
  brier: 0.1,
  ks: 0.6,
  recallAt1PercentFpr: 0.3,
  ece: 0.01,
  rows: 1000,
  positives: 50,
};

test("a model's end is counted, and its quality told by its name", () => {
  const status = { modelId: "card-fraud", runId: "2026-09", status: "DEPLOYED", failedRules: [] } as const;
  expect(statusMetrics({ ...status, metrics, trainingSeconds: 61 })).toEqual([
    { dimensions: { Status: "DEPLOYED" }, metrics: { Models: { value: 1, unit: "Count" } } },
    {
      dimensions: { ModelId: "card-fraud" },
      metrics: {
        Auc: { value: 0.9, unit: "None" },
        PrAuc: { value: 0.4, unit: "None" },
        Ece: { value: 0.01, unit: "None" },
        TrainingTime: { value: 61, unit: "Seconds" },
      },
    },
  ]);
});

test("a model that was not evaluated is counted only", () => {
  const skipped = { modelId: "card-fraud", runId: "2026-09", status: "SKIPPED", failedRules: [] } as const;
  expect(statusMetrics(skipped)).toEqual([
    { dimensions: { Status: "SKIPPED" }, metrics: { Models: { value: 1, unit: "Count" } } },
  ]);
});
