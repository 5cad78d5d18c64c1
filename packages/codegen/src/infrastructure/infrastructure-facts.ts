/**
 * What must exist on AWS for the machines of a project to run: the one set of facts that every template prints.
 * Texts may hold `${Name}`: a task's function ARN, a parameter, or `Partition`, `Region` and `AccountId`.
 */
import { posix } from "node:path";
import { substitutionsOf } from "@stepwright/asl";
import { CodegenError } from "../codegen-error.ts";
import type {
  AliasInfrastructure,
  FunctionInfrastructure,
  MachineInfrastructure,
  ScheduleInfrastructure,
} from "../config.ts";
import { kebabCase, pascalCase } from "../emit/names.ts";
import { homePlaceholders } from "../iam/permission.ts";
import { policyOf } from "../iam/policy.ts";
import type { Policy } from "../iam/policy.ts";
import { functionsBesideTasks } from "../load/functions-beside-tasks.ts";
import type { LoadedMachine, LoadedProject } from "../load/loaded-project.ts";

/** Paths are relative to the folder that the templates are written to. */
export interface InfrastructureFacts {
  readonly machines: readonly MachineFacts[];
  readonly functions: readonly FunctionFacts[];
  /** Names of placeholders that no task fills: whoever deploys gives their values. */
  readonly parameters: readonly string[];
}

export interface MachineFacts {
  readonly name: string;
  readonly definition: string;
  /** The policy's file. */
  readonly policyFile: string;
  readonly policy: Policy;
  readonly type: "STANDARD" | "EXPRESS";
  /** Every placeholder of the definition; the task whose function's ARN fills it, or `undefined` for a parameter. */
  readonly substitutions: readonly (readonly [name: string, task: string | undefined])[];
  /** Whether its text has `%{`, as JSONata objects may begin (`{%{…}%}`): Terraform takes it for a directive. */
  readonly hasDirective: boolean;
  /** Whether `stepwright deploy` makes it, and templates only what stands around it. */
  readonly isDeployed: boolean;
  readonly schedule: ScheduleInfrastructure | undefined;
  readonly alias: AliasInfrastructure | undefined;
  readonly tracing: boolean;
  readonly logLevel: "ALL" | "ERROR" | "FATAL" | "OFF";
}

export interface FunctionFacts extends Required<Omit<FunctionInfrastructure, "reservedConcurrency">> {
  /** Or the function's own name, when it is no task's. */
  readonly task: string;
  /** The placeholder that stands for the function's ARN. */
  readonly substitution: string;
  /** The folder that `stepwright bundle` writes. */
  readonly code: string;
  readonly handler: "index.handler";
  readonly reservedConcurrency: number | undefined;
}

export interface FactPaths {
  /** Relative to the project's folder, as is `policy`. */
  readonly definition: (machine: LoadedMachine) => string;
  readonly policy: (machine: LoadedMachine) => string;
}

/** @throws CodegenError `CONFIG_INVALID` when the configuration speaks of what is not there */
export function infrastructureFacts(project: LoadedProject, paths: FactPaths): InfrastructureFacts {
  const { machines, tasks, config } = project;
  refuseUnknown(config.infrastructure.machines, "machines", machines, "machine");
  const ownFunctions = functionsBesideTasks(project);
  const named = [...tasks, ...ownFunctions];
  refuseUnknown(config.infrastructure.functions, "functions", named, "task and has no `module`");
  refuseUnknown(calledBySchedules(config.infrastructure.machines), "machines.*.schedule.function", named, "function");
  const fromTemplates = (path: string) => posix.relative(config.infrastructure.dir, path);
  const taskBySubstitution = new Map(
    machines.flatMap((machine) => machine.tasks.map(({ substitution, task }) => [substitution, task] as const)),
  );
  const machineFacts = machines.map((machine) => factsOfMachine(machine, project, paths, fromTemplates));
  const substitutionByTask = new Map(Array.from(taskBySubstitution, ([substitution, task]) => [task, substitution]));
  const functions = named.map(({ name }) =>
    factsOfFunction(name, substitutionByTask.get(name) ?? `${pascalCase(name)}FunctionArn`, project, fromTemplates),
  );
  const known = new Set<string>([
    ...functions.map(({ substitution }) => substitution),
    ...machines.map(({ name }) => machineArnPlaceholder(name)),
    ...homePlaceholders,
  ]);
  const used = [
    ...machineFacts.flatMap(({ substitutions }) => substitutions.map(([name]) => name)),
    ...placeholdersIn([machineFacts.map(({ policy }) => policy), functions]),
  ];
  return { machines: machineFacts, functions, parameters: [...new Set(used)].filter((name) => !known.has(name)) };
}

function factsOfMachine(
  machine: LoadedMachine,
  { config }: LoadedProject,
  paths: FactPaths,
  fromTemplates: (path: string) => string,
): MachineFacts {
  const { machines } = config.infrastructure;
  const own = Object.hasOwn(machines, machine.name) ? (machines[machine.name] ?? {}) : {};
  const { type = "STANDARD", schedule, alias, tracing = false, logLevel = "OFF", resources = {} } = own;
  const tasks = new Map(machine.tasks.map(({ substitution, task }) => [substitution, task]));
  const names = new Set(substitutionsOf(machine.definition).map(({ name }) => name));
  return {
    name: machine.name,
    definition: fromTemplates(paths.definition(machine)),
    policyFile: fromTemplates(paths.policy(machine)),
    policy: policyOf(machine.definition, { machine: machine.name, resources, tracing, logging: logLevel !== "OFF" }),
    type,
    substitutions: Array.from(names, (name) => [name, tasks.get(name)] as const),
    hasDirective: JSON.stringify(machine.definition).includes("%{"),
    isDeployed: Object.hasOwn(config.deploy.machines, machine.name),
    schedule: schedule && withoutStart(schedule),
    alias,
    tracing,
    logLevel,
  };
}

/** Only this machine asks that module. */
function withoutStart({ start: _start, ...schedule }: ScheduleInfrastructure): ScheduleInfrastructure {
  return schedule;
}

/** Stands for a machine's ARN in what functions are told and allowed. */
export function machineArnPlaceholder(machine: string): string {
  return `${pascalCase(machine)}StateMachineArn`;
}

function calledBySchedules(machines: Readonly<Record<string, MachineInfrastructure>>) {
  const called = Object.values(machines).flatMap(({ schedule }) => schedule?.function ?? []);
  return Object.fromEntries(called.map((name) => [name, {}]));
}

function factsOfFunction(
  name: string,
  substitution: string,
  { config }: LoadedProject,
  fromTemplates: (path: string) => string,
): FunctionFacts {
  const { functions, functionDefaults } = config.infrastructure;
  const { module: _module, ...own } = (Object.hasOwn(functions, name) ? functions[name] : undefined) ?? {};
  return {
    task: name,
    substitution,
    code: fromTemplates(posix.join(config.bundle.dir, kebabCase(name))),
    handler: "index.handler",
    memoryMb: 512,
    timeoutSeconds: 60,
    storageMb: 512,
    runtime: "nodejs22.x",
    architecture: "arm64",
    layers: [],
    statements: [],
    reservedConcurrency: undefined,
    ...functionDefaults,
    ...own,
    environment: { ...functionDefaults.environment, ...own.environment },
  };
}

function refuseUnknown(
  given: Readonly<Record<string, unknown>>,
  key: string,
  known: readonly { readonly name: string }[],
  what: string,
): void {
  const unknown = Object.keys(given).find((name) => known.every((each) => each.name !== name));
  if (unknown !== undefined) {
    const names = known.map(({ name }) => name).join(", ");
    const message = `\`infrastructure.${key}\` names ${unknown}, which is no ${what}; wanted one of ${names}`;
    throw new CodegenError("CONFIG_INVALID", message);
  }
}

function placeholdersIn(value: unknown): readonly string[] {
  return Array.from((JSON.stringify(value) ?? "").matchAll(/\$\{([A-Za-z0-9_.:-]+)\}/g), ([, name = ""]) => name);
}
