import { expect, test } from "vitest";
import { advance, beginProgress } from "./run-progress.ts";
import type { ProgressEvent } from "./run-progress.ts";

const begun = beginProgress(["card-fraud", "auth-decline"], ["Train", "Deploy"]);

function after(...events: readonly ProgressEvent[]) {
  return events.reduce(advance, begun);
}

test("a step runs, retries, runs again and is done, and only in its own model's row", () => {
  const progress = after(
    { kind: "model-started", modelIndex: 1, atMs: 5 },
    { kind: "entered", modelIndex: 1, stateName: "Train", atMs: 10 },
    { kind: "attempt-started", modelIndex: 1, stateName: "Train", atMs: 10 },
    { kind: "attempt-failed", modelIndex: 1, stateName: "Train", atMs: 20 },
  );
  expect(progress.rows[1]?.steps[0]).toMatchObject({ status: "retrying", attempts: 1, startedAtMs: 10 });
  expect(progress.rows[0]).toEqual(begun.rows[0]);

  const done = [
    { kind: "attempt-started", modelIndex: 1, stateName: "Train", atMs: 30 },
    { kind: "exited", modelIndex: 1, stateName: "Train", atMs: 40 },
  ] as const;
  expect(done.reduce(advance, progress).rows[1]?.steps[0]).toEqual({
    stateName: "Train",
    status: "done",
    attempts: 2,
    startedAtMs: 10,
    endedAtMs: 40,
  });
});

test("a note shows while the step runs and is gone when it is done", () => {
  const noted = after(
    { kind: "entered", modelIndex: 0, stateName: "Train", atMs: 0 },
    { kind: "noted", modelId: "card-fraud", stateName: "Train", note: "round 3 of 9" },
  );
  expect(noted.rows[0]?.steps[0]?.note).toBe("round 3 of 9");
  const exited = advance(noted, { kind: "exited", modelIndex: 0, stateName: "Train", atMs: 1 });
  expect(exited.rows[0]?.steps[0]).not.toHaveProperty("note");
});

test("a note of a step that does not run, or of an unknown model or state, changes nothing", () => {
  for (const event of [
    { kind: "noted", modelId: "card-fraud", stateName: "Train", note: "late" },
    { kind: "noted", modelId: "nobody", stateName: "Train", note: "lost" },
    { kind: "entered", modelIndex: 0, stateName: "Elsewhere", atMs: 0 },
    { kind: "entered", modelIndex: 7, stateName: "Train", atMs: 0 },
  ] as const) {
    expect(advance(begun, event)).toEqual(begun);
  }
});
