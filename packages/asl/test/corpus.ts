/** The corpus of AWS recordings, which is not part of the repository. Tests that need it are skipped where it is absent. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const named = process.env["STEPWRIGHT_CONFORMANCE_DIR"];
const folder =
  named === undefined || named === "" ? resolve(import.meta.dirname, "../../../../shared/conformance") : resolve(named);

export const hasCorpus = existsSync(folder);

export interface CorpusFile<Content> {
  /** Below the corpus folder. */
  readonly path: string;
  readonly content: Content;
}

/** Every JSON file below a folder of the corpus, by path; none where the corpus is absent. */
export function readCorpus<Content>(below: string): readonly CorpusFile<Content>[] {
  if (!hasCorpus) {
    console.warn(`skipped: no corpus at ${folder}`);
    return [];
  }
  return readdirSync(join(folder, below), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => {
      const path = join(below, name);
      return { path, content: JSON.parse(readFileSync(join(folder, path), "utf8")) as Content };
    });
}
