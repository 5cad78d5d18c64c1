/** What an imported source is worth: the definition that it generates, and what the compiler says of it. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StateMachineDefinition } from "@stepwright/asl";
import * as builder from "@stepwright/dsl";
import { transformSync } from "esbuild";

export function generateFrom(source: string): StateMachineDefinition {
  const { code } = transformSync(source, { loader: "ts", format: "cjs" });
  const module: { exports: { default?: builder.AnyOutcome } } = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the source that the test itself has made
  new Function("module", "exports", "require", code)(module, module.exports, () => builder);
  return builder.build(module.exports.default ?? {}).definition;
}

/** @returns the compiler's complaints about each source, `0.ts` being the first; nothing when all is well */
export async function typeCheck(sources: readonly string[]): Promise<string> {
  const packageFolder = fileURLToPath(new URL("..", import.meta.url));
  // Inside the package, so that imports resolve as they do for it.
  const cacheFolder = join(packageFolder, "node_modules/.cache");
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, "imported-"));
  try {
    const files = sources.map((_, index) => `${index}.ts`);
    await Promise.all(sources.map((source, index) => writeFile(join(folder, `${index}.ts`), source)));
    await writeFile(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: join(packageFolder, "tsconfig.json"), include: [], files }),
    );
    const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
    // Of the sources alone: what they import has tests of its own.
    return stdout
      .split("\n")
      .filter((line) => /imported-[^/\\]*[/\\]\d+\.ts\(/.test(line))
      .join("\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}
