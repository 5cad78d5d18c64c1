import { expect, test } from "vitest";
import { renderReportPage } from "./report-page.ts";
import type { ModelReport, RunReport } from "./run-report.ts";

const metrics = {
  auc: 0.95,
  prauc: 0.6,
  logLoss: 0.1,
  brier: 0.02,
  ks: 0.8,
  recallAt1PercentFpr: 0.7,
  ece: 0.001,
  rows: 40_761,
  positives: 234,
};

const rejected: ModelReport = {
  result: { modelId: "card-fraud", runId: "2026-10", status: "REJECTED", failedRules: ["auc >= 0.8"], metrics },
  durationMs: 12_300,
  timeline: {
    modelId: "card-fraud",
    startedAtMs: 0,
    endedAtMs: 12_300,
    steps: [
      { stateName: "BatchIngestData", status: "done", attempts: 2, startedAtMs: 0, endedAtMs: 900 },
      { stateName: "BatchLaunchTrainingJob", status: "waiting", attempts: 0 },
    ],
  },
  evaluation: {
    reportUri: "file:///evaluation.json",
    candidate: metrics,
    champion: { version: "2026-09-0a1b2c3d", metrics },
    deltaPrauc: { mean: -0.0011, lower: -0.0026, upper: 0.0001 },
    threshold: { falsePositiveRate: 0.01, score: 0.4 },
    rules: [
      { rule: "auc >= 0.8", passed: false, value: 0.4913 },
      { rule: "ece <= 0.02", passed: true, value: 0.005746 },
    ],
  },
};

const skipped: ModelReport = {
  result: {
    modelId: "auth-decline",
    runId: "2026-10",
    status: "SKIPPED",
    failedRules: [],
    reason: "<b>stale</b> & old",
  },
  durationMs: undefined,
  timeline: { modelId: "auth-decline", steps: [] },
  evaluation: undefined,
};

const report: RunReport = {
  runId: "2026-10",
  asOf: "2026-10-01T00:00:00.000Z",
  executionArn: "arn:aws:states:us-east-1:123456789012:execution:Batch:monthly-2026-10",
  startedAtEpochMs: 0,
  stoppedAtEpochMs: 12_300,
  models: [rejected, skipped],
  historyEvents: 141,
  largestPayloadBytes: 3692,
  largestPayloadState: "BatchEvaluateModel",
};

const page = renderReportPage(report, "history.json");

test("shows each rule of a gate with its value, and the champion it was compared with", () => {
  expect(page).toContain('<li class="failed">auc &gt;= 0.8 <b>0.4913</b></li>');
  expect(page).toContain('<li class="passed">ece &lt;= 0.02 <b>0.005746</b></li>');
  expect(page).toMatch(
    /against <code>2026-09-0a1b2c3d<\/code>: PR-AUC −0\.0011\s+\(95 % interval −0\.0026 to \+0\.0001\)/,
  );
});

test("draws a bar for each step that was done, with its attempts, and none for the others", () => {
  expect(page.match(/<rect /g)).toHaveLength(1);
  expect(page).toContain("<title>ingest: 0.9 s, 2 attempts</title>");
});

test("a model that was not evaluated says why, and text from outside stays text", () => {
  expect(page).toContain("Not evaluated: &lt;b&gt;stale&lt;/b&gt; &amp; old");
});

test("names the execution's facts and needs nothing from elsewhere", () => {
  expect(page).toContain('141 history events (<a href="history.json">history.json</a>)');
  expect(page).toContain("3,692 bytes in BatchEvaluateModel");
  expect(page).not.toMatch(/<script|https?:\/\/|<link/);
});
