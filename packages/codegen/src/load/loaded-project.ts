/**
 * What the author's modules say once they have run: plain data, because they run in a worker
 * (a module that never ends can then be stopped) and the answer crosses threads.
 */
import type { Diagnostic, JsonObject, SourceLocation, StateMachineDefinition } from "@stepwright/asl";
import type { ResolvedConfig } from "../resolve-config.ts";

export interface LoadedProject {
  /** Absolute; the folder of the configuration file. */
  readonly rootDir: string;
  /** Absolute. */
  readonly configFile: string;
  readonly config: ResolvedConfig;
  readonly machines: readonly LoadedMachine[];
  /** Every task of every machine once, in the order of their first use. */
  readonly tasks: readonly LoadedTask[];
  /** Absolute paths of the modules that were read, for a watcher. */
  readonly inputFiles: readonly string[];
  /** URLs of the package modules that the configuration and the machines import directly. */
  readonly packages: readonly string[];
}

export interface LoadedMachine {
  readonly name: string;
  /** As the configuration names it. */
  readonly module: string;
  readonly definition: StateMachineDefinition;
  /** State location (`/States/Train`) to the call that wrote it; `file` is relative to `rootDir`. */
  readonly sourceMap: Readonly<Record<string, SourceLocation>>;
  readonly tasks: readonly TaskUse[];
  /** What AWS would say of the definition, each with the call that wrote its state; files as in `sourceMap`. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface TaskUse {
  readonly stateName: string;
  readonly location: string;
  readonly task: string;
  /** The definition's placeholder for the task's function: `TrainFunctionArn`. */
  readonly substitution: string;
}

export interface LoadedTask {
  readonly name: string;
  readonly errors: readonly string[];
  readonly input: WireSchema;
  readonly output: WireSchema;
}

/**
 * What a task takes or gives as JSON: a JSON Schema (2020-12), or the reason why there is none. A plain type is gone
 * at run time; the author's source has it.
 */
export type WireSchema =
  | { readonly schema: JsonObject }
  | { readonly unknownBecause: string; readonly isPlainType?: true };
