import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importModule } from "./import-module.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "stepwright-import-module-"));
  await writeFile(path.join(folder, "answer.ts"), "export const answer: number = 42;\n");
  // An enum is more than erasable types: only a bundled module may have one.
  await writeFile(
    path.join(folder, "handler.ts"),
    `import { answer } from "./answer";
enum Kind { Found = "FOUND" }
export const handler = (): string => Kind.Found + answer;
export const place = import.meta.filename;
`,
  );
  await writeFile(path.join(folder, "plain.mjs"), "export const handler = () => 'plain';\n");
  await writeFile(path.join(folder, "broken.ts"), "export const = 1;\n");
});
afterAll(() => rm(folder, { recursive: true }));

test("bundles TypeScript where Node does not strip types, and the module keeps its place", async () => {
  const file = path.join(folder, "handler.ts");
  const bundled: string[] = [];
  const { handler, place } = await importModule(file, false, (files) => bundled.push(...files));
  expect(bundled.toSorted()).toEqual([path.join(folder, "answer.ts"), file]);
  expect((handler as () => string)()).toBe("FOUND42");
  expect(place).toBe(file);
});

test("leaves to Node what Node runs itself", async () => {
  const { handler } = await importModule(path.join(folder, "plain.mjs"), false);
  expect((handler as () => string)()).toBe("plain");
  expect(await importModule(path.join(folder, "answer.ts"), true)).toMatchObject({ answer: 42 });
});

test("names the place of a syntax error", async () => {
  await expect(importModule(path.join(folder, "broken.ts"), false)).rejects.toMatchObject({
    code: "MODULE_SYNTAX",
    source: { file: path.join(folder, "broken.ts"), line: 1 },
  });
});
