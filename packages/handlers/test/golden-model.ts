/** The model that libxgboost wrote and the answers that it gave; `golden/README.md` says how they were made. */
import { readFileSync } from "node:fs";

interface Answers {
  readonly rows: readonly (readonly (number | null)[])[];
  readonly margins: readonly number[];
  readonly probabilities: readonly number[];
}

export function readGolden(name: "libxgboost-1.7.4.json" | "libxgboost-1.7.4.ubj"): Uint8Array {
  return readFileSync(new URL(`golden/${name}`, import.meta.url));
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
