/** Authors have compilers of several versions. The package's sources, type tests and examples mean the same to each. */
import path from "node:path";
import { expect, test } from "vitest";
import { compile, inScratchFolder, packageFolder } from "./compile.ts";
import { compilers } from "./compilers.ts";

test.each([...compilers.keys()])("TypeScript %s agrees with every type test and every refused mistake", (version) =>
  inScratchFolder(async (folder) => {
    const include = ["src", "test", "examples"].map((name) => path.join(packageFolder, name));
    expect(await compile(folder, { include }, version)).toBe("");
  }),
);
