import { expect, test } from "vitest";
import { planRuns } from "./planned-runs.ts";

const runs = ["2026-09", "2026-10", "2026-11"].map((runId) => ({ runId, asOf: `${runId}-01T00:00:00Z` }));

test("runs the first months of the world, whatever their number", () => {
  expect(planRuns(runs, { months: 1, chaos: false })).toEqual([
    { runId: "2026-09", asOf: "2026-09-01T00:00:00Z", chaos: [] },
  ]);
  expect(planRuns(runs, { months: 3, chaos: false }).map((run) => run.runId)).toEqual(runs.map((run) => run.runId));
});

test("chaos damages the last month only, under its own run id", () => {
  const [clean, damaged] = planRuns(runs, { months: 2, chaos: true });
  expect(clean).toEqual({ runId: "2026-09", asOf: "2026-09-01T00:00:00Z", chaos: [] });
  expect(damaged).toMatchObject({ runId: "2026-10-chaos", asOf: "2026-10-01T00:00:00Z" });
  expect(damaged?.chaos).toContainEqual({ kind: "poison-labels", modelId: "card-fraud", runId: "2026-10" });
  expect(damaged?.chaos).toContainEqual({ kind: "stale-data", modelId: "auth-decline", runId: "2026-10" });
});
