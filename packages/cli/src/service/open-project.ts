/** What `stepwright serve` takes from a project. Reading it takes longer than all the rest of the start. */
import { join } from "node:path";
import { fillSubstitutions } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import { loadProject, manifestOfProject } from "@stepwright/codegen";
import type { LoadedMachine, LoadedProject, MachineInfrastructure, ServedServices } from "@stepwright/codegen";
import { onThisMachine } from "../deployment/on-this-machine.ts";
import { handlersOf } from "../open-machine.ts";
import type { Terminal } from "../terminal.ts";
import { environmentOf, valueOf } from "./environment-of.ts";
import { outsideSources } from "./task-source.ts";
import type { TaskSource } from "./task-source.ts";

export interface ServedMachine {
  readonly name: string;
  /** Placeholders filled as far as they can be here. */
  readonly definition: StateMachineDefinition;
  readonly infrastructure: MachineInfrastructure;
  readonly logGroupArn: string;
  readonly roleArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ServedProject {
  /** Absolute. */
  readonly rootDir: string;
  readonly machines: readonly ServedMachine[];
  /** By task name. */
  readonly sources: Readonly<Record<string, TaskSource>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly services: ServedServices | undefined;
}

export async function openProject(configFile: string, { env }: Pick<Terminal, "env">): Promise<ServedProject> {
  const project = await loadProject(configFile);
  const { config, machines, rootDir } = project;
  return {
    rootDir,
    machines: machines.map((machine) => servedMachine(machine, config, env)),
    sources: sourcesOf(project),
    environment: environmentOf(config.serve.environment ?? {}, env),
    services: config.serve.services,
  };
}

/** As `stepwright plan` wants it at this endpoint: right after the start there is no difference. */
function servedMachine(
  machine: LoadedMachine,
  { deploy, infrastructure }: LoadedProject["config"],
  env: Terminal["env"],
): ServedMachine {
  const { name } = machine;
  const local = onThisMachine(
    { machine, deployment: deploy.machines[name] ?? {}, infrastructure: infrastructure.machines[name] ?? {} },
    "us-east-1",
  );
  const { logGroupArn = "", roleArn = "", substitutions = {}, tags = {} } = local.deployment;
  const values = Object.entries(substitutions).flatMap(([placeholder, value]) => {
    const text = valueOf(value, env);
    return text === undefined ? [] : [[placeholder, text] as const];
  });
  const { definition } = fillSubstitutions(machine.definition, Object.fromEntries(values));
  return { name, definition, infrastructure: local.infrastructure, logGroupArn, roleArn, tags };
}

function sourcesOf(project: LoadedProject): Readonly<Record<string, TaskSource>> {
  const { config, rootDir } = project;
  const modules = handlersOf(manifestOfProject(project), join(rootDir, config.generatedDir));
  return {
    ...Object.fromEntries(
      Object.entries(modules).map(([task, entry]): [string, TaskSource] => [task, { kind: "module", ...entry }]),
    ),
    ...outsideSources(rootDir, config.serve.tasks),
  };
}
