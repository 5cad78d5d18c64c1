/** The lines that a machine's states point at, once the code has been bundled and runs on its own. */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { build as bundle } from "vite";
import { expect, test } from "vitest";
import { inScratchFolder } from "./compile.ts";

const machineText = `import { build, machine, plain } from "@stepwright/dsl";

const flow = machine("Mapped", { input: plain<{ on: boolean }>() })
  .pass("First")
  .parallel("Both", [
    (branch) => branch.pass("Left"),
  ]);
console.log(JSON.stringify([...build(flow).sourceMap]));
`;

test("a minified bundle with an inline source map points at the author's file", () =>
  inScratchFolder(async (folder) => {
    const entry = path.join(folder, "mapped.machine.ts");
    await writeFile(entry, machineText);
    await bundle({
      configFile: false,
      logLevel: "silent",
      ssr: { noExternal: true, resolve: { conditions: ["@stepwright/source"] } },
      build: { ssr: entry, outDir: folder, emptyOutDir: false, sourcemap: "inline", minify: true },
    });
    const output = path.join(folder, "mapped.machine.js");
    const { stdout, stderr } = spawnSync(process.execPath, ["--enable-source-maps", output], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([
      ["/States/First", { file: entry, line: 4, column: 4 }],
      ["/States/Both", { file: entry, line: 5, column: 4 }],
      ["/States/Both/Branches[0]/States/Left", { file: entry, line: 6, column: 24 }],
    ]);
  }));
