/** Which days of the past a run reads, learns from and is judged on. */
import type { SplitSpec } from "./models/model-spec.ts";

const dayMs = 86_400_000;

/** From a moment up to, and not including, another. */
export interface TimeSpan {
  readonly fromEpochMs: number;
  readonly toEpochMs: number;
}

export function windowBefore(asOf: string, days: number): TimeSpan {
  const toEpochMs = Date.parse(asOf);
  return { fromEpochMs: toEpochMs - days * dayMs, toEpochMs };
}

export function splitSpans(
  asOf: string,
  split: SplitSpec,
): Readonly<Record<"train" | "validation" | "test", TimeSpan>> {
  const testEnd = Date.parse(asOf) - split.labelDelayDays * dayMs;
  const testStart = testEnd - split.testDays * dayMs;
  const validationStart = testStart - split.validationDays * dayMs;
  const trainStart = validationStart - split.trainDays * dayMs;
  return {
    train: { fromEpochMs: trainStart, toEpochMs: validationStart },
    validation: { fromEpochMs: validationStart, toEpochMs: testStart },
    test: { fromEpochMs: testStart, toEpochMs: testEnd },
  };
}

/** The calendar months that a span touches: `2026-03`, in order. */
export function monthsOf(span: TimeSpan): readonly string[] {
  const months: string[] = [];
  const start = new Date(span.fromEpochMs);
  for (let index = 0; ; index++) {
    const month = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + index, 1);
    if (month >= span.toEpochMs) return months;
    months.push(new Date(month).toISOString().slice(0, 7));
  }
}
