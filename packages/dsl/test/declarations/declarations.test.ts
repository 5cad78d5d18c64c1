import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { build } from "@stepwright/dsl";
import { compile, inScratchFolder, packageFolder } from "../compile.ts";
import { compilers } from "../compilers.ts";
import annotated from "./annotated.ts";
import { assigned, done, scored } from "./chain.ts";

const repositoryFolder = path.join(packageFolder, "../..");
const chain = path.join(import.meta.dirname, "chain.ts");

test.each([scored, assigned, done, annotated])("declared chain %# is a machine without mistakes", (flow) => {
  expect(build(flow).diagnostics).toEqual([]);
});

test.each([...compilers.keys()])("in TypeScript %s an exported flow declares itself as plain objects", (version) =>
  inScratchFolder(async (folder) => {
    const emitted = await emitDeclarations(chain, folder, {}, version);
    await expect(inOrder(emitted)).toMatchFileSnapshot("chain.expected.txt");
  }),
);

test.each([...compilers.keys()])(
  "in TypeScript %s isolatedDeclarations change nothing in annotated exports",
  (version) =>
    inScratchFolder(async (folder) => {
      await emitDeclarations(path.join(packageFolder, "src/index.ts"), folder);
      const declarationsOf = (name: string) => [path.join(folder, `packages/${name}/src/index.d.ts`)];
      const paths = { "@stepwright/dsl": declarationsOf("dsl"), "@stepwright/asl": declarationsOf("asl") };
      const source = path.join(import.meta.dirname, "annotated.ts");
      const isolated = await emitDeclarations(source, folder, { paths, isolatedDeclarations: true }, version);
      expect(await emitDeclarations(source, folder, { paths, isolatedDeclarations: false }, version)).toBe(isolated);
      await expect(isolated).toMatchFileSnapshot("annotated.expected.txt");
    }),
);

/** Before 7.0 a union's members stand in the order in which the compiler met them. */
function inOrder(declarations: string): string {
  return declarations.replaceAll(/"\w+"(?: \| "\w+")+/g, (union) => union.split(" | ").toSorted().join(" | "));
}

/** Writes what a source and everything that it imports declare; the folders below `outDir` are the repository's. */
async function emitDeclarations(source: string, outDir: string, options: object = {}, version?: string) {
  const printed = await compile(
    outDir,
    {
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        outDir,
        rootDir: repositoryFolder,
        ...options,
      },
      include: [source],
    },
    version,
  );
  expect(printed).toBe("");
  const emitted = path.relative(repositoryFolder, source).replace(/\.ts$/, ".d.ts");
  return readFile(path.join(outDir, emitted), "utf8");
}
