import { expect, test } from "vitest";
import { monthlyRuns } from "./calendar.ts";

test("three months end with the world, one month is the first of them", () => {
  const three = monthlyRuns("2026-02-01T00:00:00Z", 3, { months: 3, chaos: false });
  expect(three.map((run) => run.asOf)).toEqual(["2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]);
  expect(three.map((run) => run.runId)).toEqual(["2025-12", "2026-01", "2026-02"]);
  expect(monthlyRuns("2026-02-01T00:00:00Z", 3, { months: 1, chaos: false })).toEqual([three[0]]);
});

test("chaos damages the last month only, under its own run id", () => {
  expect(monthlyRuns("2026-11-01T00:00:00Z", 3, { months: 2, chaos: true })).toEqual([
    { runId: "2026-09", asOf: "2026-09-01T00:00:00Z", damaged: false },
    { runId: "2026-10-chaos", asOf: "2026-10-01T00:00:00Z", damaged: true },
  ]);
});
