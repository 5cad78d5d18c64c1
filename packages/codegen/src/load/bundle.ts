/**
 * Turns the author's TypeScript into modules that Node can import: own files are bundled, packages stay
 * outside and are named by the URL of the file that Node would take, so that the bundle works from any folder.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, Loader, Plugin } from "esbuild";
import { CodegenError } from "../codegen-error.ts";
import { activeConditions } from "./active-conditions.ts";

export interface Bundle {
  /** Absolute paths of the written modules, one an entry, in the order of the entries. */
  readonly modules: readonly string[];
  /** Absolute paths of the files that went in. */
  readonly inputFiles: readonly string[];
  /** URLs of what stayed outside. */
  readonly packages: readonly string[];
}

/**
 * @param entries  absolute paths
 * @param outDir   absolute; its symbolic links resolved, since the source maps are relative to it
 * @throws CodegenError `MODULE_SYNTAX` with the place of the first error
 */
export async function bundle(entries: readonly string[], outDir: string): Promise<Bundle> {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: entries.map((entry, index) => ({ in: entry, out: `entry-${index}` })),
    outdir: outDir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A module that two machines import must run once, or their contracts would be different objects.
    splitting: true,
    format: "esm",
    platform: "node",
    target: `node${process.versions.node}`,
    sourcemap: "inline",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    conditions: [...activeConditions(process.execArgv, process.env["NODE_OPTIONS"] ?? "")],
    plugins: [packagesOutside, ownLocation],
  }).catch((failure: unknown) => {
    throw syntaxError(failure);
  });
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  const outside = imports.filter(({ external, path }) => external === true && path.startsWith("file:"));
  return {
    modules: entries.map((_, index) => join(outDir, `entry-${index}.mjs`)),
    inputFiles: Object.keys(result.metafile.inputs).map((input) => resolve(input)),
    packages: [...new Set(outside.map(({ path }) => path))],
  };
}

const packagesOutside: Plugin = {
  name: "packages-outside",
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^[^./]/ }, async ({ path, resolveDir, importer, kind, pluginData }) => {
      const isOurOwnQuestion = pluginData === packagesOutside;
      if (isOurOwnQuestion || kind === "entry-point" || isBuiltin(path) || !isInstalled(path, resolveDir)) {
        return undefined;
      }
      const resolved = await pluginBuild.resolve(path, { resolveDir, importer, kind, pluginData: packagesOutside });
      return resolved.errors.length > 0
        ? { errors: resolved.errors }
        : { path: pathToFileURL(resolved.path).href, external: true };
    });
  },
};

/** An alias of `tsconfig.json` (`@/contracts`) looks like a package; only a folder in `node_modules` tells. */
function isInstalled(specifier: string, fromDir: string): boolean {
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  for (let folder = fromDir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name))) {
      return true;
    }
    if (folder === dirname(folder)) {
      return false;
    }
  }
}

/** `import.meta.url` and its kin must go on naming the author's file, not the bundle. */
const ownLocation: Plugin = {
  name: "own-location",
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replaceAll(/\bimport\.meta\.(url|filename|dirname)\b/g, (_, property: string) =>
        JSON.stringify({ url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }[property]),
      );
      return contents === text ? undefined : { contents, loader: extname(path).replace(/^\.[cm]?/, "") as Loader };
    });
  },
};

/**
 * What esbuild could not build, with the place of its first error; any other failure as it is.
 *
 * @param folder  absolute; what esbuild's paths are relative to
 */
export function syntaxError(failure: unknown, folder: string = process.cwd()): unknown {
  const first = (failure as Partial<BuildFailure>).errors?.[0];
  if (first === undefined) {
    return failure;
  }
  const { location, text } = first;
  if (location === null) {
    return new CodegenError("MODULE_SYNTAX", text, { cause: failure });
  }
  const source = { file: resolve(folder, location.file), line: location.line, column: location.column + 1 };
  return new CodegenError("MODULE_SYNTAX", text, { source, cause: failure });
}
