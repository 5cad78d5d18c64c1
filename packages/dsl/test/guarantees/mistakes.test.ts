/** What an author reads when a mistake of `mistakes.ts` is made: where the compiler points, and its sentence. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { compile, inScratchFolder, packageFolder } from "../compile.ts";

const directive = /\/\/ @ts-expect-error (?<mistake>.*)/;

test("every mistake is pointed at and told in a sentence", async () => {
  const source = await readFile(path.join(import.meta.dirname, "mistakes.ts"), "utf8");
  const lines = source.split("\n");
  const errors = await firstErrors(source);
  const told = lines.flatMap((line, index) => {
    const mistake = directive.exec(line)?.groups?.["mistake"];
    if (mistake === undefined) return [];
    const error = errors.get(index + 2);
    expect.soft(error, mistake).toBeDefined();
    return [`${mistake}\n  ${lines[index + 1]?.trim()}\n  ${error}\n`];
  });
  expect(told.length).toBeGreaterThanOrEqual(16);
  expect(errors.size).toBe(told.length);
  await expect(told.join("\n")).toMatchFileSnapshot("mistakes.expected.txt");
});

/** The first error of every line, without the lines that explain it further. */
function firstErrors(source: string): Promise<ReadonlyMap<number, string>> {
  return inScratchFolder(async (folder) => {
    const sources = path.relative(folder, path.join(packageFolder, "src"));
    const subject = source.replaceAll("// @ts-expect-error", "//").replaceAll("../../src/", `${sources}/`);
    await writeFile(path.join(folder, "subject.ts"), subject);
    const printed = await compile(folder, { include: ["subject.ts"] });
    const errors = new Map<number, string>();
    const found = printed.matchAll(/^.*subject\.ts\((?<line>\d+),(?<column>\d+)\): error (?<sentence>TS\d+: .*)$/gm);
    for (const { groups } of found) {
      const line = Number(groups?.["line"]);
      if (!errors.has(line)) errors.set(line, `column ${groups?.["column"]}: ${groups?.["sentence"]}`);
    }
    return errors;
  });
}
