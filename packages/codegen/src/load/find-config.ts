import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CodegenError } from "../codegen-error.ts";

const configNames = ["stepwright.config.ts", "stepwright.config.mts", "stepwright.config.js", "stepwright.config.mjs"];

/**
 * Finds the configuration file in a folder or in one above it.
 *
 * @returns its absolute path
 * @throws CodegenError `CONFIG_NOT_FOUND`
 */
export function findConfig(fromDir: string): string {
  const start = resolve(fromDir);
  for (let folder = start; ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) {
      return found;
    }
    if (folder === dirname(folder)) {
      throw new CodegenError(
        "CONFIG_NOT_FOUND",
        `Found no ${configNames[0]} in ${start} or in a folder above it; \`stepwright init\` begins a project with one`,
      );
    }
  }
}
