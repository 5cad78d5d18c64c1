/** From a configuration file to files on disk: load, diagnose, plan, compare, apply. */
import { join, posix } from "node:path";
import type { Diagnostic } from "@stepwright/asl";
import { applyDifferences } from "./apply/apply-differences.ts";
import { compareWithDisk } from "./apply/file-difference.ts";
import type { FileDifference } from "./apply/file-difference.ts";
import { budgetDiagnostics, budgetsOfProject } from "./budget/project-budget.ts";
import type { MachineBudget } from "./budget/project-budget.ts";
import { nodeFileSystem } from "./file-system.ts";
import type { FileSystem } from "./file-system.ts";
import { infrastructureDiagnostics } from "./infrastructure/infrastructure-diagnostics.ts";
import { loadProject } from "./load/load-project.ts";
import type { LoadOptions } from "./load/load-project.ts";
import type { LoadedProject } from "./load/loaded-project.ts";
import { factsOfProject, planGeneration } from "./plan/plan-generation.ts";
import type { Present } from "./plan/plan-generation.ts";
import type { PlannedFile } from "./plan/planned-file.ts";

export interface GenerateOptions extends LoadOptions {
  /** Absolute. */
  readonly configFile: string;
  /** Writes nothing; `differences` then says what would be written. */
  readonly check?: boolean;
  readonly fileSystem?: FileSystem;
}

export interface Generation {
  readonly project: LoadedProject;
  /** With an ERROR among them nothing is planned and nothing is written. */
  readonly diagnostics: readonly Diagnostic[];
  /** What an execution of each machine may cost. */
  readonly budgets: readonly MachineBudget[];
  readonly files: readonly PlannedFile[];
  /** What the disk lacked or had otherwise, before anything was written. */
  readonly differences: readonly FileDifference[];
}

/** @throws CodegenError */
export async function generate(options: GenerateOptions): Promise<Generation> {
  const { configFile, check = false, fileSystem = nodeFileSystem, ...loadOptions } = options;
  const project = await loadProject(configFile, loadOptions);
  const facts = project.config.infrastructure.formats.length > 0 ? factsOfProject(project) : undefined;
  const budgets = budgetsOfProject(project, facts?.functions ?? []);
  const diagnostics = [
    ...project.machines.flatMap((machine) => machine.diagnostics),
    ...(facts === undefined ? [] : infrastructureDiagnostics(facts, project)),
    ...budgetDiagnostics(budgets, project),
  ];
  if (diagnostics.some(({ severity }) => severity === "ERROR")) {
    return { project, diagnostics, budgets, files: [], differences: [] };
  }
  const files = await planGeneration(project, await presentFiles(project, fileSystem));
  const differences = await compareWithDisk(files, project.rootDir, fileSystem);
  if (!check) {
    await applyDifferences(differences, project.rootDir, fileSystem);
  }
  return { project, diagnostics, budgets, files, differences };
}

async function presentFiles({ rootDir, config }: LoadedProject, fileSystem: FileSystem): Promise<Present> {
  const named = async (folder: string, ending: RegExp) =>
    (await fileSystem.listFiles(join(rootDir, folder)))
      .filter((name) => ending.test(name))
      .map((name) => posix.join(folder, name));
  const generatedFiles = await Promise.all([
    named(config.handlers.dir, /\.generated\.ts$/),
    named(config.generatedDir, /\.asl(?:\.map)?\.json$/),
    named(posix.join(config.generatedDir, "contracts"), /\.schema\.json$/),
  ]);
  const dir = join(rootDir, config.handlers.dir);
  const has = async (folder: string, file: string) => (await fileSystem.read(join(dir, folder, file))) !== undefined;
  const folders = await Promise.all(
    (await fileSystem.listFolders(dir)).map(async (folder) => {
      const [hasHandler, hasContract] = await Promise.all([
        has(folder, "handler.ts"),
        has(folder, "contract.generated.ts"),
      ]);
      return { folder, hasHandler, hasContract };
    }),
  );
  return {
    // Beside whatever handler was generated lies its contract; other functions are none of generation's.
    handlerFolders: folders.filter(({ hasContract }) => hasContract).map(({ folder }) => folder),
    written: new Set(folders.filter(({ hasHandler }) => hasHandler).map(({ folder }) => folder)),
    generatedFiles: generatedFiles.flat(),
  };
}
