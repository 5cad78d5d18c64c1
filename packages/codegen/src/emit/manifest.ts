/** `manifest.json`: what a machine needs besides its definition, for `stepwright run` and for deployment. */
import type { LoadedMachine, LoadedTask } from "../load/loaded-project.ts";

export interface Manifest {
  readonly manifestVersion: 1;
  /** By state machine name. */
  readonly machines: Readonly<Record<string, ManifestMachine>>;
  /** By task name. */
  readonly tasks: Readonly<Record<string, ManifestTask>>;
}

/** Paths are relative to the manifest's own folder. */
export interface ManifestMachine {
  readonly definition: string;
  readonly sourceMap: string;
  /** What each `${Name}` of the definition stands for. */
  readonly substitutions: Readonly<Record<string, ManifestSubstitution>>;
}

export interface ManifestSubstitution {
  /** The task whose function's ARN fills the placeholder. */
  readonly task: string;
}

/** Paths are relative to the manifest's own folder. */
export interface ManifestTask {
  readonly handler: { readonly module: string; readonly export: string };
  /** JSON Schemas of input and output. */
  readonly contract: string;
  readonly errors: readonly string[];
}

export interface ManifestPaths {
  readonly definitionOf: (machine: LoadedMachine) => string;
  readonly sourceMapOf: (machine: LoadedMachine) => string;
  readonly handlerOf: (task: LoadedTask) => string;
  readonly contractOf: (task: LoadedTask) => string;
}

export function manifestOf(
  machines: readonly LoadedMachine[],
  tasks: readonly LoadedTask[],
  paths: ManifestPaths,
): Manifest {
  return {
    manifestVersion: 1,
    machines: Object.fromEntries(
      machines.map((machine) => [
        machine.name,
        {
          definition: paths.definitionOf(machine),
          sourceMap: paths.sourceMapOf(machine),
          substitutions: Object.fromEntries(machine.tasks.map(({ substitution, task }) => [substitution, { task }])),
        },
      ]),
    ),
    tasks: Object.fromEntries(
      tasks.map((task) => [
        task.name,
        {
          handler: { module: paths.handlerOf(task), export: "handler" },
          contract: paths.contractOf(task),
          errors: task.errors,
        },
      ]),
    ),
  };
}

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
