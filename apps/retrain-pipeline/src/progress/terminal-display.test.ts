import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { advance, beginProgress } from "./run-progress.ts";
import { renderProgress } from "./terminal-display.ts";

const progress = [
  { kind: "model-started", modelIndex: 0, atMs: 0 },
  { kind: "entered", modelIndex: 0, stateName: "BatchIngestData", atMs: 0 },
  { kind: "exited", modelIndex: 0, stateName: "BatchIngestData", atMs: 900 },
  { kind: "entered", modelIndex: 0, stateName: "BatchLaunchTrainingJob", atMs: 900 },
  { kind: "noted", modelId: "card-fraud", stateName: "BatchLaunchTrainingJob", note: "40/200" },
] as const;
const seen = progress.reduce(
  advance,
  beginProgress(["card-fraud", "merchant-churn"], ["BatchIngestData", "BatchLaunchTrainingJob"]),
);

test("shows what is done, what runs and what waits, with the time so far", () => {
  expect(stripVTControlCharacters(renderProgress(seen, 2000, 80)).split("\n")).toEqual([
    "  card-fraud      ✔ ingest  ⠋ train 40/200  2.0 s",
    "  merchant-churn  · ingest  · train  ",
  ]);
});

test("on a narrow terminal shows how far a model is and what runs", () => {
  expect(stripVTControlCharacters(renderProgress(seen, 2000, 45)).split("\n")[0]).toBe(
    "  card-fraud      1/2  ⠋ train 40/200  2.0 s",
  );
});
