/** The compilers that authors use, each by its version. The last one checks and builds this repository. */
import { createRequire } from "node:module";
import path from "node:path";

const { resolve } = createRequire(import.meta.url);

export const compilers: ReadonlyMap<string, string> = new Map([
  ["5.9", tscBeside(resolve("typescript-5.9/package.json"))],
  ["6.0", tscBeside(resolve("typescript-6.0/package.json"))],
  ["7.0", tscBeside(resolve("typescript/package.json"))],
]);

function tscBeside(manifest: string): string {
  return path.join(path.dirname(manifest), "bin/tsc");
}
