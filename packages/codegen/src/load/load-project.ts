/** Bundles the configuration and the machines it names, runs them in a worker with a time limit, gives plain data. */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { CodegenError } from "../codegen-error.ts";
import { resolveConfig } from "../resolve-config.ts";
import { bundle } from "./bundle.ts";
import type { LoadFailure } from "./load-protocol.ts";
import { startLoader } from "./loader.ts";
import type { Loader } from "./loader.ts";
import type { LoadedProject, LoadedTask } from "./loaded-project.ts";

export interface LoadOptions {
  /** For the configuration, and again for all machines together, in milliseconds; 10,000 when absent. */
  readonly timeLimitMs?: number;
  /** Started beforehand; it is used once and stopped. @internal */
  readonly loader?: Loader;
}

/**
 * @param configFile  absolute
 * @throws CodegenError when a module is missing, does not parse, throws, does not end in time or exports no machine
 */
export async function loadProject(configFile: string, options: LoadOptions = {}): Promise<LoadedProject> {
  const loader = options.loader ?? startLoader(options.timeLimitMs);
  // Resolved, because the bundles' source maps are relative paths and on macOS the folder is a symbolic link.
  const outDir = await mkdtemp(join(await realpath(tmpdir()), "stepwright-"));
  try {
    return await loadWith(loader, configFile, outDir);
  } finally {
    await Promise.all([loader.stop(), rm(outDir, { recursive: true, force: true })]);
  }
}

async function loadWith(loader: Loader, configFile: string, outDir: string): Promise<LoadedProject> {
  if (!existsSync(configFile)) {
    throw new CodegenError(
      "CONFIG_NOT_FOUND",
      `Found no configuration ${configFile}; wanted a file such as stepwright.config.ts`,
    );
  }
  const rootDir = dirname(configFile);
  const { config, inputFiles, packages } = await loadConfig(loader, configFile, join(outDir, "config"));
  const entries = config.machines.map((module) => machineFile(module, rootDir, configFile));
  const bundled = await bundle(entries, join(outDir, "machines"));
  const { machines = [], tasks = [] } = await loader.ask(
    {
      want: "machines",
      rootDir,
      ownFiles: bundled.inputFiles,
      bundles: config.machines.map((module, index) => ({ module, bundle: bundled.modules[index] ?? "" })),
    },
    config.machines.join(", "),
    loadError,
  );
  const typed = await withTypes(tasks, bundled.inputFiles, rootDir);
  return {
    rootDir,
    configFile,
    config,
    machines,
    tasks: typed.tasks,
    inputFiles: [...new Set([...inputFiles, ...bundled.inputFiles, ...typed.inputFiles])],
    packages: [...new Set([...packages, ...bundled.packages])],
  };
}

/** TypeScript is loaded only for contracts that are nothing but types. */
async function withTypes(tasks: readonly LoadedTask[], inputFiles: readonly string[], rootDir: string) {
  if (!tasks.some(({ input, output }) => [input, output].some((side) => "isPlainType" in side))) {
    return { tasks, inputFiles: [] };
  }
  const { typePlainContracts } = await import("./plain-contracts.ts");
  return typePlainContracts(tasks, inputFiles, rootDir);
}

async function loadConfig(loader: Loader, configFile: string, outDir: string) {
  const bundled = await bundle([configFile], outDir);
  const name = basename(configFile);
  const { inputFiles, packages } = bundled;
  const request = { want: "config", bundle: bundled.modules[0] ?? "", ownFiles: inputFiles } as const;
  const { config } = await loader.ask(request, name, (failure) => loadError({ module: name, ...failure }));
  return { config: resolveConfig(config, name), inputFiles, packages };
}

function machineFile(module: string, rootDir: string, configFile: string): string {
  const file = resolve(rootDir, module);
  if (!existsSync(file)) {
    const message = `${basename(configFile)}: \`machines\` names ${module}, but there is no such file in ${rootDir}`;
    throw new CodegenError("MODULE_NOT_FOUND", message);
  }
  return file;
}

function loadError({ code, message, module, source }: LoadFailure): CodegenError {
  const where = module ?? "A machine";
  const text: Partial<Record<LoadFailure["code"], string>> = {
    MODULE_THREW: `${where} failed while it was loaded: ${message}`,
    NOT_A_MACHINE: `${where}: ${message}; wanted \`export default machine("Name", …)\``,
    CONFIG_INVALID: `${where}: the configuration must be plain data: ${message}`,
  };
  return new CodegenError(code, text[code] ?? `${where}: ${message}`, source === undefined ? {} : { source });
}
