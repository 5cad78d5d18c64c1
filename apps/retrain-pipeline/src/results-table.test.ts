import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { printResults } from "./results-table.ts";
import type { ModelResult } from "./results-table.ts";

const metrics = {
  auc: 0.9592,
  prauc: 0.8553,
  logLoss: 0.03,
  brier: 0.01,
  ks: 0.8,
  recallAt1PercentFpr: 0.8,
  ece: 0.00093,
  rows: 100,
  positives: 5,
};

test("prints a row a model, numbers aligned right, and says why a version does not serve", () => {
  const results: readonly ModelResult[] = [
    {
      modelId: "card-fraud",
      runId: "2026-10",
      status: "DEPLOYED",
      version: "2026-10-1a2b3c4d",
      failedRules: [],
      metrics,
    },
    {
      modelId: "chargeback-risk",
      runId: "2026-10",
      status: "REJECTED",
      version: "2026-10-55667788",
      serving: "2026-09-00112233",
      failedRules: ["ece <= 0.02"],
      metrics: { ...metrics, auc: 0.5 },
    },
    { modelId: "auth-decline", runId: "2026-10", status: "SKIPPED", reason: "data is 9 days old", failedRules: [] },
  ];
  const table = stripVTControlCharacters(
    printResults(results.map((result, index) => ({ result, durationMs: [12_340, 7000, undefined][index] }))),
  );
  expect(table.split("\n")).toEqual([
    "  model            decision  version             AUC  PR-AUC     ECE  seconds",
    "  card-fraud       DEPLOYED  2026-10-1a2b3c4d  0.959   0.855  0.0009     12.3",
    "  chargeback-risk  REJECTED  2026-10-55667788  0.500   0.855  0.0009      7.0",
    "  auth-decline     SKIPPED   -                     -       -       -        -",
    "",
    "  chargeback-risk: ece <= 0.02 (2026-09-00112233 keeps serving)",
    "  auth-decline: data is 9 days old (nothing serves yet)",
  ]);
});
