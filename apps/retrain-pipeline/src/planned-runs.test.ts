import { expect, test } from "vitest";
import { monthsNeeded, planRuns } from "./planned-runs.ts";

const runs = ["2026-09", "2026-10", "2026-11", "2026-12"].map((runId) => ({ runId, asOf: `${runId}-01T00:00:00Z` }));

test("runs the first months of the world, whatever their number", () => {
  expect(planRuns(runs, { months: 1, chaos: false, monthsBefore: 0 })).toEqual([
    { runId: "2026-09", asOf: "2026-09-01T00:00:00Z", chaos: [] },
  ]);
  expect(planRuns(runs, { months: 3, chaos: false, monthsBefore: 0 }).map((run) => run.runId)).toEqual([
    "2026-09",
    "2026-10",
    "2026-11",
  ]);
});

test("chaos damages the month after the clean ones, under its own run id", () => {
  const request = { months: 1, chaos: true, monthsBefore: 0 };
  const [clean, damaged] = planRuns(runs, request);
  expect(clean).toEqual({ runId: "2026-09", asOf: "2026-09-01T00:00:00Z", chaos: [] });
  expect(damaged).toMatchObject({ runId: "2026-10-chaos", asOf: "2026-10-01T00:00:00Z" });
  expect(damaged?.chaos).toContainEqual({ kind: "poison-labels", modelId: "card-fraud", runId: "2026-10" });
  expect(damaged?.chaos).toContainEqual({ kind: "stale-data", modelId: "auth-decline", runId: "2026-10" });
  expect(monthsNeeded(request)).toBe(2);
});

test("chaos comes after every month that was run before, so that no champion has seen its future", () => {
  const request = { months: 1, chaos: true, monthsBefore: 3 };
  expect(planRuns(runs, request).map((run) => run.runId)).toEqual(["2026-09", "2026-12-chaos"]);
  expect(monthsNeeded(request)).toBe(4);
});
