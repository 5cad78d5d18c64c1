/** What an author reads when a mistake of `mistakes.ts` is made: where the compiler points, and its sentence. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";

const packageFolder = path.join(import.meta.dirname, "../..");
const cacheFolder = path.join(packageFolder, "node_modules/.cache");
const directive = /\/\/ @ts-expect-error (?<mistake>.*)/;

test("every mistake is pointed at and told in a sentence", async () => {
  const source = await readFile(path.join(import.meta.dirname, "mistakes.ts"), "utf8");
  const lines = source.split("\n");
  const errors = await compile(source);
  const told = lines.flatMap((line, index) => {
    const mistake = directive.exec(line)?.groups?.["mistake"];
    const error = errors.get(index + 2);
    if (mistake === undefined) return [];
    expect.soft(error, mistake).toBeDefined();
    return [`${mistake}\n  ${lines[index + 1]?.trim()}\n  ${error}\n`];
  });
  expect(told.length).toBeGreaterThanOrEqual(16);
  expect(errors.size).toBe(told.length);
  await expect(told.join("\n")).toMatchFileSnapshot("mistakes.expected.txt");
});

/** The first error of every line, without the lines that explain it further: `column: sentence`. */
async function compile(source: string): Promise<ReadonlyMap<number, string>> {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(path.join(cacheFolder, "mistakes-"));
  try {
    const subject = source
      .replaceAll("// @ts-expect-error", "// mistake:")
      .replaceAll("../../src/", `${path.relative(folder, path.join(packageFolder, "src"))}/`);
    await writeFile(path.join(folder, "subject.ts"), subject);
    const configuration = { extends: path.join(packageFolder, "tsconfig.json"), include: ["subject.ts"] };
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(configuration));
    const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
    const found = stdout.matchAll(/^.*subject\.ts\((?<line>\d+),(?<column>\d+)\): error (?<sentence>TS\d+: .*)$/gm);
    const errors = new Map<number, string>();
    for (const { groups } of found) {
      const line = Number(groups?.["line"]);
      if (!errors.has(line)) errors.set(line, `column ${groups?.["column"]}: ${groups?.["sentence"]}`);
    }
    return errors;
  } finally {
    await rm(folder, { recursive: true });
  }
}
