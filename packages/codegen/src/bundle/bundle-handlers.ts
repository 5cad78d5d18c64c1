/**
 * Each handler as ESM that Lambda can run: everything it imports inside, except Node's own modules and the packages that
 * the configuration keeps outside. What a handler imports by `import()` stands in files of its own, which a function
 * reads when it comes to it: its start costs what it needs first. Nothing is written unless every handler could be
 * bundled.
 */
import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { BuildOptions, BuildResult, Metafile } from "esbuild";
import { CodegenError } from "../codegen-error.ts";
import { kebabCase } from "../emit/names.ts";
import { nodeFileSystem } from "../file-system.ts";
import type { FileSystem } from "../file-system.ts";
import { activeConditions } from "../load/active-conditions.ts";
import { syntaxError } from "../load/bundle.ts";
import { functionsBesideTasks } from "../load/functions-beside-tasks.ts";
import type { FunctionBesideTasks } from "../load/functions-beside-tasks.ts";
import { loadProject } from "../load/load-project.ts";
import type { LoadOptions } from "../load/load-project.ts";
import type { LoadedProject } from "../load/loaded-project.ts";

export interface BundleOptions extends LoadOptions {
  /** Absolute. */
  readonly configFile: string;
  /** Absolute; the configuration's when absent. */
  readonly outDir?: string;
  readonly fileSystem?: FileSystem;
}

export interface HandlerBundle {
  /** Or the function's own name, when it is no task's. */
  readonly task: string;
  /** Absolute. */
  readonly dir: string;
  readonly files: readonly BundledFile[];
  /** The packages that it must find on Lambda, in a layer for instance. */
  readonly external: readonly string[];
}

export interface BundledFile {
  /** Within the bundle's folder. */
  readonly name: string;
  readonly bytes: number;
  /** As in the archive that is uploaded. */
  readonly compressedBytes: number;
  /** Read by an `import()`, and not when the function starts. */
  readonly loadedLater: boolean;
}

/**
 * The bundles of every task's handler, written to a folder each: `index.mjs`, its source map, and beside them what it
 * imports later and the modules that it starts by URL. What an older bundle left there is gone.
 *
 * @throws CodegenError when a handler is missing, does not build, or cannot be written
 */
export async function bundleHandlers(options: BundleOptions): Promise<readonly HandlerBundle[]> {
  const { configFile, outDir, fileSystem = nodeFileSystem, ...loadOptions } = options;
  const project = await loadProject(configFile, loadOptions);
  const target = outDir ?? resolve(project.rootDir, project.config.bundle.dir);
  const besides = project.config.bundle.besides.map((module) => existing(resolve(project.rootDir, module), module));
  const { dir } = project.config.handlers;
  const entries = [
    ...project.tasks.map(({ name }) => ({ name, module: `${dir}/${kebabCase(name)}/handler.ts` })),
    ...functionsBesideTasks(project),
  ];
  const built = await Promise.all(
    entries.map((entry) => buildHandler(entry, join(target, kebabCase(entry.name)), besides, project)),
  );
  await writeAll(
    built.flatMap(({ texts }) => texts),
    fileSystem,
  );
  await Promise.all(built.map(({ bundle }) => removeOthers(bundle, fileSystem)));
  return built.map(({ bundle }) => bundle);
}

interface WrittenText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly loadedLater: boolean;
}

interface BuiltHandler {
  readonly bundle: HandlerBundle;
  readonly texts: readonly WrittenText[];
}

async function buildHandler(
  { name: task, module }: FunctionBesideTasks,
  dir: string,
  besides: readonly string[],
  project: LoadedProject,
): Promise<BuiltHandler> {
  const entry = existing(resolve(project.rootDir, module), module);
  const handler = await buildModule(entry, join(dir, "index.mjs"), project);
  // `new URL("./work.ts", import.meta.url)` looks in the folder of the module that says it.
  const folders = new Set(handler.inputs.map((input) => dirname(input)));
  const wanted = besides.filter((file) => folders.has(dirname(file)));
  const others = await Promise.all(
    wanted.map((file) => buildModule(file, join(dir, `${basename(file, extname(file))}.mjs`), project)),
  );
  const modules = [handler, ...others];
  const texts = modules.flatMap((each) => each.texts);
  const files = texts.map(({ path, text, loadedLater }) => ({
    name: basename(path),
    bytes: Buffer.byteLength(text),
    compressedBytes: gzipSync(text).length,
    loadedLater,
  }));
  const external = [...new Set(modules.flatMap((each) => each.external))].toSorted();
  return { bundle: { task, dir, files, external }, texts };
}

interface BuiltModule {
  readonly texts: readonly WrittenText[];
  /** Absolute paths. */
  readonly inputs: readonly string[];
  readonly external: readonly string[];
}

async function buildModule(entry: string, outfile: string, project: LoadedProject): Promise<BuiltModule> {
  const { rootDir } = project;
  const { external, minify } = project.config.bundle;
  const settings = {
    // The names of parts follow from paths: from here, so that they are the same in every checkout.
    absWorkingDir: rootDir,
    entryPoints: [{ in: entry, out: basename(outfile, ".mjs") }],
    outdir: dirname(outfile),
    outExtension: { ".js": ".mjs" },
    splitting: true,
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    sourcemap: "linked",
    minify,
    // An error is caught by its name.
    keepNames: true,
    legalComments: "none",
    external: [...external],
    conditions: [...activeConditions(process.execArgv, process.env["NODE_OPTIONS"] ?? "")],
    metafile: true,
    logLevel: "silent",
  } as const satisfies BuildOptions;
  const { build } = await import("esbuild");
  const bare = await build(settings).catch((failure: unknown) => refuse(failure, rootDir));
  const result = requiresSomething(bare) ? await build({ ...settings, banner: { js: requireBanner } }) : bare;
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  const first = loadedFirst(result.metafile, outfile, rootDir);
  return {
    texts: result.outputFiles.map(({ path, text }) => ({
      path,
      text,
      loadedLater: !first.has(path.replace(/\.map$/, "")),
    })),
    inputs: Object.keys(result.metafile.inputs).map((input) => resolve(rootDir, input)),
    external: imports.filter(({ path, external: outside }) => outside === true && !isBuiltin(path)).map(packageOf),
  };
}

/** Absolute paths of the output file and of all that it imports by statement. */
function loadedFirst({ outputs }: Metafile, outfile: string, rootDir: string): ReadonlySet<string> {
  const importsOf = new Map(Object.entries(outputs).map(([path, { imports }]) => [resolve(rootDir, path), imports]));
  const found = new Set([outfile]);
  // A set that grows is walked to its end.
  for (const path of found) {
    for (const { path: imported, kind, external } of importsOf.get(path) ?? []) {
      if (kind === "import-statement" && external !== true) found.add(resolve(rootDir, imported));
    }
  }
  return found;
}

/** CommonJS inside calls `require` for what stays outside, which ESM does not have. */
function requiresSomething({ metafile }: BuildResult<{ metafile: true }>): boolean {
  const outputs = Object.values(metafile.outputs);
  return outputs.some(({ imports }) => imports.some(({ kind }) => kind === "require-call"));
}

const requireBanner = `import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);`;

/** @example packageOf({ path: "@duckdb/node-api/lib/x.js" }) // => "@duckdb/node-api" */
function packageOf({ path }: { readonly path: string }): string {
  return path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
}

function refuse(failure: unknown, rootDir: string): never {
  const error = syntaxError(failure, rootDir);
  if (error instanceof CodegenError && error.message.includes('".node" files')) {
    const message = `${error.message}: a native module cannot be bundled; name its package in \`bundle.external\` and bring it in a layer`;
    throw new CodegenError(error.code, message, { cause: failure });
  }
  throw error;
}

function existing(file: string, shown: string): string {
  if (!existsSync(file)) {
    const message = `Found no ${shown}; wanted a module to bundle. \`stepwright generate\` writes each task's handler`;
    throw new CodegenError("MODULE_NOT_FOUND", message);
  }
  return file;
}

/** The names of parts tell what they hold, so an older bundle's would stay. */
async function removeOthers({ dir, files }: HandlerBundle, fileSystem: FileSystem): Promise<void> {
  const wanted = new Set(files.map(({ name }) => name));
  const others = (await fileSystem.listFiles(dir)).filter((name) => /\.mjs(\.map)?$/.test(name) && !wanted.has(name));
  await Promise.all(others.map((name) => fileSystem.remove(join(dir, name))));
}

async function writeAll(texts: readonly WrittenText[], fileSystem: FileSystem): Promise<void> {
  for (const { path, text } of texts) {
    await fileSystem.write(path, text).catch((cause: unknown) => {
      throw new CodegenError("WRITE_FAILED", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
    });
  }
}
