/** The published definitions and recorded executions that stand outside the repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@stepwright/asl";

export interface CorpusDefinition {
  readonly file: string;
  readonly definition: JsonObject;
}

const named = process.env["STEPWRIGHT_CONFORMANCE_DIR"];
const corpusFolder = named ?? fileURLToPath(new URL("../../../../shared/conformance/", import.meta.url));

export const hasCorpus = existsSync(join(corpusFolder, "definitions"));

export function publishedDefinitions(): readonly CorpusDefinition[] {
  return jsonFiles("definitions").map((file) => ({ file, definition: readJson(file) as JsonObject }));
}

/** Of the recorded executions; each once. */
export function executedDefinitions(): readonly CorpusDefinition[] {
  const seen = new Set<string>();
  return jsonFiles("cases").flatMap((file) => {
    const { kind, definition } = readJson(file) as { kind?: string; definition?: JsonObject | null };
    const text = JSON.stringify(definition);
    if (kind !== "execution" || definition === undefined || definition === null || seen.has(text)) return [];
    seen.add(text);
    return [{ file, definition }];
  });
}

function jsonFiles(folder: string): readonly string[] {
  return readdirSync(join(corpusFolder, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => join(folder, file))
    .toSorted();
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(corpusFolder, file), "utf8"));
}
