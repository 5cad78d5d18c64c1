/** Finds what `run` and `graph` are asked for: an ASL file, or a machine of the project by its name. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { parseDefinitionText, validateText } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import { contractDocument, findConfig, loadProject, manifestOfProject } from "@stepwright/codegen";
import type {
  AslSourceMap,
  ContractDocument,
  LoadedMachine,
  LoadedProject,
  MachineContracts,
  Manifest,
  ManifestMachine,
  RunConfig,
  ScheduleInfrastructure,
  ServeConfig,
} from "@stepwright/codegen";
import { machineDiagnostics } from "./diagnostics/machine-diagnostics.ts";
import type { ReportedDiagnostic } from "./diagnostics/reported-diagnostic.ts";
import { readTextFile } from "./read-file.ts";
import { UsageError } from "./usage-error.ts";

export interface OpenedMachine {
  readonly name: string;
  readonly definition: StateMachineDefinition;
  readonly diagnostics: readonly ReportedDiagnostic[];
  /** By task name, which is the Lambda function's name in a definition whose placeholders are unfilled. */
  readonly handlers: Readonly<Record<string, HandlerEntry>>;
  /** State location to `file:line:column` of the DSL call that wrote it, relative to the working directory. */
  readonly sources: Readonly<Record<string, string>>;
  /** Of the tasks that it calls; a file has them when it lies where it was generated. */
  readonly contracts: MachineContracts;
  readonly run: RunConfig;
  readonly serve: ServeConfig;
  /** What starts it by itself; a file has none. */
  readonly schedule?: ScheduleInfrastructure | undefined;
  /** Absolute; what the paths of `run` are relative to. */
  readonly rootDir: string;
}

export interface HandlerEntry {
  /** Absolute. */
  readonly module: string;
  readonly export: string;
}

/** @throws UsageError when there is neither such a file nor such a machine */
export async function openMachine(machineOrFile: string, cwd: string): Promise<OpenedMachine> {
  const file = resolve(cwd, machineOrFile);
  const isFile = existsSync(file) && statSync(file).isFile();
  return isFile || definitionExtensions.has(extname(file))
    ? openFile(machineOrFile, cwd)
    : openByName(machineOrFile, cwd);
}

const definitionExtensions = new Set([".json", ".yaml", ".yml"]);

async function openFile(path: string, cwd: string): Promise<OpenedMachine> {
  const text = await readTextFile(path, cwd, "the definition");
  const { definition } = parseDefinitionText(text, { file: path });
  const diagnostics = validateText(text, { file: path }).map((diagnostic) => ({ ...diagnostic, file: path }));
  const folder = dirname(resolve(cwd, path));
  const manifest = await manifestBeside(folder);
  const entry = Object.entries(manifest.machines).find(([, machine]) => machine.definition === basename(path));
  return {
    name: entry?.[0] ?? basename(path).replace(/(?:\.asl)?\.(?:json|ya?ml)$/, ""),
    // Who runs or draws it looks at the diagnostics first.
    definition: (definition ?? {}) as unknown as StateMachineDefinition,
    diagnostics,
    handlers: entry === undefined ? {} : handlersOf(manifest, folder),
    sources: entry === undefined ? {} : await sourcesOf(entry[1], folder, cwd),
    contracts: entry === undefined ? {} : await contractsBeside(manifest, entry[1], folder),
    run: {},
    serve: {},
    rootDir: folder,
  };
}

async function openByName(name: string, cwd: string): Promise<OpenedMachine> {
  const project = await loadProject(findConfig(cwd));
  const machine = project.machines.find((candidate) => candidate.name === name);
  if (machine === undefined) {
    const known = project.machines.map((candidate) => candidate.name).join(", ");
    throw new UsageError(
      `Found no machine ${name} in ${relative(cwd, project.configFile)}; wanted one of ${known}, or a file`,
    );
  }
  const folder = join(project.rootDir, project.config.generatedDir);
  return {
    name,
    definition: machine.definition,
    diagnostics: machineDiagnostics(machine, project, cwd),
    handlers: handlersOf(manifestOfProject(project), folder),
    sources: Object.fromEntries(
      Object.entries(machine.sourceMap).map(([location, { file, line, column }]) => [
        location,
        `${relative(cwd, join(project.rootDir, file))}:${line}:${column}`,
      ]),
    ),
    contracts: contractsOf(machine, project),
    run: project.config.run,
    serve: project.config.serve,
    schedule: project.config.infrastructure.machines[name]?.schedule,
    rootDir: project.rootDir,
  };
}

async function manifestBeside(folder: string): Promise<Manifest> {
  const file = join(folder, "manifest.json");
  if (!existsSync(file)) {
    return { manifestVersion: 1, machines: {}, tasks: {} };
  }
  return JSON.parse(await readTextFile(file, folder, "the manifest")) as Manifest;
}

export function contractsOf(machine: LoadedMachine, { tasks }: LoadedProject): MachineContracts {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  return Object.fromEntries(
    machine.tasks.flatMap(({ substitution, task }) => {
      const loaded = byName.get(task);
      return loaded === undefined ? [] : [[substitution, { task, ...contractDocument(loaded) }]];
    }),
  );
}

async function contractsBeside(
  manifest: Manifest,
  { substitutions }: ManifestMachine,
  folder: string,
): Promise<MachineContracts> {
  const entries = Object.entries(substitutions).map(async ([substitution, { task }]) => {
    const path = manifest.tasks[task]?.contract;
    if (path === undefined || !existsSync(join(folder, path))) return [];
    const { input, output, errors } = JSON.parse(await readTextFile(path, folder, "the contract")) as ContractDocument;
    return [[substitution, { task, input, output, errors }] as const];
  });
  return Object.fromEntries((await Promise.all(entries)).flat());
}

async function sourcesOf({ sourceMap }: ManifestMachine, folder: string, cwd: string) {
  const text = await readTextFile(sourceMap, folder, "the source map");
  const { states } = JSON.parse(text) as AslSourceMap;
  return Object.fromEntries(
    Object.entries(states).map(([location, place]) => [location, relative(cwd, join(folder, place))]),
  );
}

/** @param folder  the manifest's own, absolute */
export function handlersOf({ tasks }: Manifest, folder: string): Readonly<Record<string, HandlerEntry>> {
  return Object.fromEntries(
    Object.entries(tasks).map(([task, { handler }]) => [
      task,
      { module: resolve(folder, handler.module), export: handler.export },
    ]),
  );
}
