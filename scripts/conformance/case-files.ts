/** Where the cases are, and reading them. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ConformanceCase } from "./case.ts";

const repository = resolve(import.meta.dirname, "../..");

/** Our own cases. */
export const ownFolder = join(repository, "conformance");

/** The corpus of recordings, which is not part of the repository; `undefined` where it is absent. */
export function corpusFolder(): string | undefined {
  const named = process.env["STEPWRIGHT_CONFORMANCE_DIR"];
  const folder = named === undefined || named === "" ? resolve(repository, "../shared/conformance") : resolve(named);
  return existsSync(folder) ? folder : undefined;
}

/**
 * Every case file below a folder (below its `cases` where it has that), by path.
 * @throws when a file is not JSON; the message names it
 */
export function readCases(folder: string): readonly ConformanceCase[] {
  const root = existsSync(join(folder, "cases")) ? join(folder, "cases") : folder;
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json") && !name.endsWith(".actual.json"))
    .toSorted()
    .map((name) => readCase(join(root, name)))
    .filter((found) => typeof found.kind === "string" && typeof found.id === "string");
}

export function readCase(file: string): ConformanceCase {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ConformanceCase;
  } catch (cause) {
    throw new Error(`${file} is not JSON`, { cause });
  }
}
