import { deepEqual, validateDefinition } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { executedDefinitions, hasCorpus, publishedDefinitions } from "../../test/corpus.ts";
import { generateFrom, typeCheck } from "../../test/imported-source.ts";
import { CodegenError } from "../codegen-error.ts";
import { importDefinition } from "./import-definition.ts";

describe.skipIf(!hasCorpus)(`every definition of the corpus${hasCorpus ? "" : " (skipped: no corpus)"}`, () => {
  test.each([
    ["published", publishedDefinitions, 223],
    ["executed", executedDefinitions, 309],
  ] as const)(
    "%s: generates itself again, and the source type-checks",
    { timeout: 120_000 },
    async (_, read, count) => {
      const imported = read().map(({ file, definition }) => ({ file, definition, source: importOrRefuse(definition) }));
      const sources = imported.map(({ source }) => source).filter((source) => source !== undefined);
      const different = imported.filter(
        ({ definition, source }) =>
          source !== undefined && !deepEqual(generateFrom(source) as unknown as JsonObject, definition),
      );
      expect(different.map(({ file }) => file)).toEqual([]);
      // Only what AWS would refuse may be refused here.
      const refused = imported.filter(({ definition, source }) => source === undefined && !hasErrors(definition));
      expect(refused.map(({ file }) => file)).toEqual([]);
      expect(sources.length).toBe(count);
      expect(await typeCheck(sources)).toBe("");
    },
  );
});

function importOrRefuse(definition: JsonObject): string | undefined {
  try {
    return importDefinition(definition, { name: "Imported" });
  } catch (error) {
    if (error instanceof CodegenError && error.code === "NOT_IMPORTABLE") return undefined;
    throw error;
  }
}

function hasErrors(definition: JsonObject): boolean {
  return validateDefinition(definition).some(({ severity }) => severity === "ERROR");
}
