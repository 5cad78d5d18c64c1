import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
// The last version whose language service can be asked from JavaScript.
import ts from "typescript-6.0";
import { packageFolder } from "../compile.ts";

const subject = path.join(import.meta.dirname, "chain.ts");

test("an editor shows plain objects in the midst of a chain", async () => {
  const lines = readFileSync(subject, "utf8").split("\n");
  const service = languageService();
  const shown = lines.flatMap((line, index) => {
    const column = /^\s*\/\/\s+\^\?/.test(line) ? line.indexOf("^") : -1;
    if (column < 0) return [];
    const above = lines.findLastIndex((code, at) => at < index && !/^\s*\/\/\s+\^\?/.test(code));
    const position = lines.slice(0, above).join("\n").length + 1 + column;
    const info = service.getQuickInfoAtPosition(subject, position);
    return [`${lines[above]?.trim()}\n${ts.displayPartsToString(info?.displayParts)}\n`];
  });
  expect(shown).toHaveLength(8);
  await expect(shown.join("\n")).toMatchFileSnapshot("hover.expected.txt");
});

function languageService(): ts.LanguageService {
  const { config } = ts.readConfigFile(path.join(packageFolder, "tsconfig.json"), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, packageFolder);
  return ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [subject],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => packageFolder,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  });
}
