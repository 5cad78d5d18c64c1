import { expect, test } from "vitest";
import { models } from "./models/catalog.ts";
import { monthsOf, splitSpans, windowBefore } from "./timeline.ts";

const asOf = "2026-09-01T00:00:00Z";
const day = 86_400_000;

test("the test rows end a label delay before the run, the others lie before them without a gap", () => {
  const spans = splitSpans(asOf, { labelDelayDays: 21, testDays: 14, validationDays: 21, trainDays: 60 });
  expect(
    [spans.train.fromEpochMs, spans.validation.fromEpochMs, spans.test.fromEpochMs, spans.test.toEpochMs].map(
      (epochMs) => new Date(epochMs).toISOString().slice(0, 10),
    ),
  ).toEqual(["2026-05-08", "2026-07-07", "2026-07-28", "2026-08-11"]);
  expect(spans.train.toEpochMs).toBe(spans.validation.fromEpochMs);
  expect(spans.validation.toEpochMs).toBe(spans.test.fromEpochMs);
});

test.each(models)(
  "$modelId learns only from labels that were known before its test rows, with thirty days of history",
  (spec) => {
    const spans = splitSpans(asOf, spec.split);
    expect(spans.test.fromEpochMs - spans.train.toEpochMs).toBeGreaterThanOrEqual(spec.split.labelDelayDays * day);
    const window = windowBefore(asOf, spec.windowDays);
    expect(spans.train.fromEpochMs - window.fromEpochMs).toBeGreaterThanOrEqual(24 * day);
  },
);

test("a span touches every month of which it has a day", () => {
  expect(monthsOf(windowBefore("2026-03-01T00:00:00Z", 60))).toEqual(["2025-12", "2026-01", "2026-02"]);
  expect(monthsOf(windowBefore("2026-03-02T00:00:00Z", 1))).toEqual(["2026-03"]);
});
