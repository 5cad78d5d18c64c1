/** Decides what generation leaves on disk. Reads and writes nothing. */
import { posix } from "node:path";
import { printDefinition } from "@stepwright/asl";
import { CodegenError } from "../codegen-error.ts";
import { contractNames } from "../emit/contract-names.ts";
import { printContract, printValidator } from "../emit/contract.ts";
import { printContractSchema } from "../emit/contract-schema.ts";
import { contractShapes, contractShapesFile, printContractShapes } from "../emit/contract-shapes.ts";
import type { ContractShapes } from "../emit/contract-shapes.ts";
import { contractViolationFile, printContractViolation } from "../emit/contract-violation.ts";
import { printHandlerStub } from "../emit/handler-stub.ts";
import { manifestOf, printManifest } from "../emit/manifest.ts";
import type { Manifest } from "../emit/manifest.ts";
import { kebabCase } from "../emit/names.ts";
import { printSourceMap } from "../emit/source-map.ts";
import { compileValidator } from "../emit/validator.ts";
import { graphPrinters, printGraph } from "../graph/print-graph.ts";
import { infrastructureFacts } from "../infrastructure/infrastructure-facts.ts";
import type { InfrastructureFacts } from "../infrastructure/infrastructure-facts.ts";
import { infrastructureFiles } from "../infrastructure/infrastructure-files.ts";
import type { LoadedMachine, LoadedProject, LoadedTask } from "../load/loaded-project.ts";
import type { PlannedFile } from "./planned-file.ts";

/** What the disk has already, as far as the plan depends on it. */
export interface Present {
  /** Names of the folders in the handlers folder that hold a task's contract. */
  readonly handlerFolders: readonly string[];
  /** The ones that hold a `handler.ts`. */
  readonly written: ReadonlySet<string>;
  /** Whatever an earlier generation wrote beside them and into the folder of generated files. */
  readonly generatedFiles: readonly string[];
}

/**
 * The files of a project, in an order that depends on the project alone.
 *
 * @throws CodegenError `NAME_TAKEN` when two machines or two tasks want the same file
 */
export async function planGeneration(project: LoadedProject, present: Present): Promise<readonly PlannedFile[]> {
  const { machines, tasks } = project;
  const paths = pathsOf(project);
  refuseTakenNames(
    machines,
    ({ name }) => name,
    "state machine",
    ({ module }) => module,
  );
  refuseTakenNames(machines, paths.definition, "definition file", ({ module }) => module);
  refuseTakenNames(tasks, paths.handlerDir, "handler folder", ({ name }) => `task ${name}`);
  const declaredNames = tasks.flatMap(({ name }) => Object.values(contractNames(name)));
  const shapes = contractShapes(tasks, declaredNames);
  const perTask = await Promise.all(tasks.map((task) => taskFiles(task, project, present, shapes)));
  const graphs = await Promise.all(machines.map((machine) => graphFiles(machine, project)));
  const { formats, dir } = project.config.infrastructure;
  const templates = formats.length === 0 ? [] : await infrastructureFiles(factsOfProject(project), formats);
  const beside = (file: string) => `${project.config.handlers.dir}/${file}.ts`;
  const printedShapes = printContractShapes(shapes);
  const files = [
    ...machines.flatMap((machine) => machineFiles(machine, project)),
    ...graphs.flat(),
    ...(tasks.length > 0 ? [generated(beside(contractViolationFile), printContractViolation())] : []),
    ...(printedShapes === undefined ? [] : [generated(beside(contractShapesFile), printedShapes)]),
    ...perTask.flat(),
    generated(paths.manifest, printManifest(manifestOfProject(project))),
    ...templates.map(({ path, text }) => generated(posix.join(dir, path), text)),
  ];
  return [...files, ...unneededHandlers(project, present), ...unneededFiles(files, present)];
}

function machineFiles(machine: LoadedMachine, project: LoadedProject): readonly PlannedFile[] {
  const paths = pathsOf(project);
  const definition = paths.definition(machine);
  const map = printSourceMap(posix.basename(definition), machine.sourceMap, paths.fromGenerated);
  return [generated(definition, printDefinition(machine.definition)), generated(paths.sourceMap(machine), map)];
}

async function graphFiles(machine: LoadedMachine, { config }: LoadedProject): Promise<readonly PlannedFile[]> {
  const { formats, dir } = config.graphs;
  return Promise.all(
    formats.map(async (format) =>
      generated(
        posix.join(dir, `${stem(machine)}${graphPrinters[format].extension}`),
        await printGraph(machine.definition, format, machine.name),
      ),
    ),
  );
}

async function taskFiles(
  task: LoadedTask,
  project: LoadedProject,
  present: Present,
  shapes: ContractShapes,
): Promise<readonly PlannedFile[]> {
  const paths = pathsOf(project);
  const dir = paths.handlerDir(task);
  const { importExtension } = project.config.handlers;
  const validator =
    "schema" in task.input
      ? [
          generated(
            `${dir}/validator.generated.ts`,
            printValidator(task.name, await compileValidator(task.input.schema)),
          ),
        ]
      : [];
  const stub = present.written.has(posix.basename(dir))
    ? []
    : [
        {
          policy: "once",
          path: paths.handler(task),
          text: await printHandlerStub({ task: task.name, importExtension }),
        } as const,
      ];
  return [
    generated(`${dir}/contract.generated.ts`, printContract(task, importExtension, shapes)),
    ...validator,
    ...stub,
    generated(paths.contract(task), printContractSchema(task)),
  ];
}

/** The manifest as generation writes it; its paths are relative to the folder of generated files. */
export function manifestOfProject(project: LoadedProject): Manifest {
  const paths = pathsOf(project);
  return manifestOf(project.machines, project.tasks, {
    definitionOf: (machine) => paths.fromGenerated(paths.definition(machine)),
    sourceMapOf: (machine) => paths.fromGenerated(paths.sourceMap(machine)),
    handlerOf: (task) => paths.fromGenerated(paths.handler(task)),
    contractOf: (task) => paths.fromGenerated(paths.contract(task)),
  });
}

/** @throws CodegenError `CONFIG_INVALID` */
export function factsOfProject(project: LoadedProject): InfrastructureFacts {
  const paths = pathsOf(project);
  return infrastructureFacts(project, { definition: paths.definition, policy: paths.policy });
}

function unneededHandlers(project: LoadedProject, present: Present): readonly PlannedFile[] {
  const needed = new Set(project.tasks.map(({ name }) => kebabCase(name)));
  return present.handlerFolders
    .filter((folder) => !needed.has(folder))
    .map((folder) => ({
      policy: "report",
      path: `${project.config.handlers.dir}/${folder}`,
      message: "no task of any machine needs this handler",
    }));
}

function unneededFiles(files: readonly PlannedFile[], { generatedFiles }: Present): readonly PlannedFile[] {
  const needed = new Set(files.map(({ path }) => posix.normalize(path)));
  return generatedFiles
    .filter((path) => !needed.has(path))
    .map((path) => ({ policy: "report", path, message: "no machine and no task generates this file any more" }));
}

/** Where each thing goes, relative to the project's folder. */
function pathsOf({ config }: LoadedProject) {
  const { generatedDir } = config;
  const handlerDir = ({ name }: LoadedTask) => `${config.handlers.dir}/${kebabCase(name)}`;
  return {
    definition: (machine: LoadedMachine) => `${generatedDir}/${stem(machine)}.asl.json`,
    sourceMap: (machine: LoadedMachine) => `${generatedDir}/${stem(machine)}.asl.map.json`,
    manifest: `${generatedDir}/manifest.json`,
    policy: (machine: LoadedMachine) => posix.join(config.infrastructure.dir, `${stem(machine)}.policy.json`),
    contract: ({ name }: LoadedTask) => `${generatedDir}/contracts/${kebabCase(name)}.schema.json`,
    handlerDir,
    handler: (task: LoadedTask) => `${handlerDir(task)}/handler.ts`,
    fromGenerated: (path: string) => posix.relative(generatedDir, path),
  };
}

/** `src/batch-retrain.machine.ts` gives `batch-retrain`. */
function stem({ module }: LoadedMachine): string {
  return posix.basename(module).replace(/(?:\.machine)?\.[cm]?[jt]s$/, "");
}

function generated(path: string, text: string): PlannedFile {
  return { policy: "generated", path, text };
}

function refuseTakenNames<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  what: string,
  ownerOf: (item: Item) => string,
): void {
  const owners = new Map<string, Item>();
  for (const item of items) {
    const name = nameOf(item);
    const first = owners.get(name);
    if (first !== undefined) {
      throw new CodegenError("NAME_TAKEN", `${ownerOf(first)} and ${ownerOf(item)} both want the ${what} ${name}`);
    }
    owners.set(name, item);
  }
}
