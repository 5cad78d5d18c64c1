import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.ts";

/**
 * The exports of a module of the author's. TypeScript that this Node cannot run itself (before 22.18) is bundled
 * first; such a module then has its own copy of the author's other files.
 *
 * @param file  absolute
 * @param stripsTypes  whether `import` takes TypeScript
 * @param onBundled  told the absolute paths of the files that went into a bundle
 * @throws CodegenError `MODULE_SYNTAX`, or whatever the module throws
 */
export async function importModule(
  file: string,
  stripsTypes: boolean = Boolean(process.features.typescript),
  onBundled?: (files: readonly string[]) => void,
): Promise<Readonly<Record<string, unknown>>> {
  if (stripsTypes || !/^\.[cm]?tsx?$/.test(extname(file))) return import(pathToFileURL(file).href);
  // Source maps are relative to the folder's real place.
  const folder = await realpath(await mkdtemp(join(tmpdir(), "stepwright-module-")));
  try {
    const { inputFiles, modules } = await bundle([file], folder);
    onBundled?.(inputFiles);
    return await import(pathToFileURL(modules[0] ?? file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
