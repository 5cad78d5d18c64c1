/** The model that libxgboost wrote and the answers that it gave; `golden/README.md` says how they were made. */
import { readFileSync } from "node:fs";
import type { ObjectStore, ScoreRow, ServingVersion } from "../src/index.ts";

interface Answers {
  readonly rows: readonly (readonly (number | null)[])[];
  readonly margins: readonly number[];
  readonly probabilities: readonly number[];
}

export function readGolden(name: "libxgboost-1.7.4.json" | "libxgboost-1.7.4.ubj"): Uint8Array {
  return readFileSync(new URL(`golden/${name}`, import.meta.url));
}

/** The model in an object store, as whatever version it is to be. */
export async function goldenVersions(
  objects: Pick<ObjectStore, "write">,
): Promise<(version: string) => ServingVersion> {
  const model = await objects.write("models/golden.json", readGolden("libxgboost-1.7.4.json"));
  return (version) => ({
    version,
    modelUri: model.uri,
    modelSha256: model.sha256,
    baselineUri: "",
    featureNames: ["amount", "hour", "n7", "n30", "noise"],
  });
}

/** The rows as callers send them. */
export function goldenRows(): readonly ScoreRow[] {
  return goldenAnswers().rows.map((row) => Array.from(row, (cell) => (Number.isNaN(cell) ? null : cell)));
}

export function goldenAnswers(): { rows: Float32Array[]; margins: Float32Array; probabilities: Float32Array } {
  const text = readFileSync(new URL("golden/libxgboost-1.7.4.expected.json", import.meta.url), "utf8");
  const answers: Answers = JSON.parse(text);
  return {
    rows: answers.rows.map((row) => Float32Array.from(row, (value) => value ?? Number.NaN)),
    margins: Float32Array.from(answers.margins),
    probabilities: Float32Array.from(answers.probabilities),
  };
}
