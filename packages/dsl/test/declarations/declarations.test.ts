import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { build } from "@stepwright/dsl";
import { compile, inScratchFolder, packageFolder } from "../compile.ts";
import { assigned, done, scored } from "./chain.ts";

test.each([scored, assigned, done])("declared chain %# is a machine without mistakes", (flow) => {
  expect(build(flow).diagnostics).toEqual([]);
});

test("an exported flow has a declaration, and it reads as plain objects", () =>
  inScratchFolder(async (outDir) => {
    const rootDir = path.join(packageFolder, "../..");
    const printed = await compile(outDir, {
      compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir, rootDir },
      include: [path.join(import.meta.dirname, "chain.ts")],
    });
    expect(printed).toBe("");
    const emitted = path.join(outDir, path.relative(rootDir, import.meta.dirname), "chain.d.ts");
    await expect(await readFile(emitted, "utf8")).toMatchFileSnapshot("chain.expected.txt");
  }));
