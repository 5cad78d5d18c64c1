/** The compiler as a test sees it: a scratch folder inside the package, so that imports resolve as they do for it. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { compilers } from "./compilers.ts";

export const packageFolder = path.join(import.meta.dirname, "..");

/** Gives `use` an empty folder, which is gone afterwards. */
export async function inScratchFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const cacheFolder = path.join(packageFolder, "node_modules/.cache");
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(path.join(cacheFolder, "scratch-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param version  a key of `compilers`
 * @returns what the compiler prints: nothing when all is well
 */
export async function compile(folder: string, configuration: object, version = "7.0"): Promise<string> {
  const inherited = { extends: path.join(packageFolder, "tsconfig.json"), ...configuration };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(inherited));
  const tsc = compilers.get(version) ?? "";
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    encoding: "utf8",
  });
  return stdout + stderr;
}
