import { expect, test } from "vitest";
import { lineDisplay } from "./line-display.ts";
import { advance, beginProgress } from "./run-progress.ts";
import type { ProgressEvent } from "./run-progress.ts";

test("prints one line for what a reader of a log wants to know, and nothing for the rest", () => {
  const lines: string[] = [];
  const display = lineDisplay((line) => lines.push(line));
  const step = { modelIndex: 0, stateName: "BatchLaunchTrainingJob" } as const;
  const events: readonly ProgressEvent[] = [
    { kind: "model-started", modelIndex: 0, atMs: 0 },
    { kind: "entered", ...step, atMs: 0 },
    { kind: "attempt-started", ...step, atMs: 0 },
    { kind: "noted", modelId: "card-fraud", stateName: step.stateName, note: "round 1 of 200" },
    { kind: "attempt-failed", ...step, atMs: 1000, error: "TransientDependencyError" },
    { kind: "attempt-started", ...step, atMs: 6000 },
    { kind: "exited", ...step, atMs: 8500 },
    { kind: "model-ended", modelIndex: 0, atMs: 9000 },
  ];
  let progress = beginProgress(["card-fraud", "chargeback-risk"], [step.stateName]);
  for (const event of events) {
    progress = advance(progress, event);
    display.show(progress, event);
  }
  expect(lines).toEqual([
    "card-fraud       started",
    "card-fraud       train: attempt 1 failed: TransientDependencyError",
    "card-fraud       train       8.5 s",
    "card-fraud       finished in 9.0 s",
  ]);
});
