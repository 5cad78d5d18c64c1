import { parseArn, parseStatesArn } from "@stepwright/asl";
import type { ArnHome, StatesArn } from "@stepwright/asl";
import type { ActivityRecord, ExecutionRecord, MachineAlias, MachineRecord, MachineVersion } from "./records.ts";
import { ServiceError, doesNotExist, invalidArn, labeledArnRefused } from "./service-error.ts";

/** Everything that exists in one service, by ARN. */
export class ServiceState {
  readonly home: ArnHome;
  readonly machines = new Map<string, MachineRecord>();
  readonly activities = new Map<string, ActivityRecord>();
  readonly executions = new Map<string, ExecutionRecord>();
  readonly #executionsOfMachine = new Map<string, ExecutionRecord[]>();

  constructor(home: ArnHome) {
    this.home = home;
  }

  addExecution(record: ExecutionRecord): void {
    this.executions.set(record.arn, record);
    const siblings = this.#executionsOfMachine.get(record.machineArn);
    if (siblings === undefined) this.#executionsOfMachine.set(record.machineArn, [record]);
    else siblings.push(record);
  }

  /** Whether a machine is being deleted, or has been. */
  isDeleting(machineArn: string): boolean {
    return this.machines.get(machineArn)?.isDeleting !== false;
  }

  /** Oldest first. */
  executionsOf(machineArn: string): readonly ExecutionRecord[] {
    return this.#executionsOfMachine.get(machineArn) ?? [];
  }

  /** Forgets a machine that is being deleted and whose last execution has ended. */
  forgetDeleted(machineArn: string): void {
    if (this.machines.get(machineArn)?.isDeleting !== true) return;
    if (this.executionsOf(machineArn).some(({ status }) => status === "RUNNING")) return;
    this.machines.delete(machineArn);
  }

  /** Of an execution whose name is free again. */
  forgetExecution({ arn, machineArn }: ExecutionRecord): void {
    this.executions.delete(arn);
    const siblings = this.executionsOf(machineArn).filter((record) => record.arn !== arn);
    this.#executionsOfMachine.set(machineArn, siblings);
  }

  /**
   * Of a machine that was deleted, and whose name is taken again; until then they can be described.
   * @returns their ARNs
   */
  forgetExecutions(machineArn: string): readonly string[] {
    const arns = this.executionsOf(machineArn).map(({ arn }) => arn);
    for (const arn of arns) this.executions.delete(arn);
    this.#executionsOfMachine.delete(machineArn);
    return arns;
  }
}

/**
 * An ARN of one of the kinds that an operation takes.
 * @throws ServiceError `InvalidArn`
 */
export function arnOf<Kind extends StatesArn["kind"]>(
  text: string,
  ...kinds: readonly Kind[]
): Extract<StatesArn, { kind: Kind }> {
  const arn = parseStatesArn(text);
  if (arn !== undefined && (kinds as readonly string[]).includes(arn.kind)) {
    return arn as Extract<StatesArn, { kind: Kind }>;
  }
  const resource = parseArn(text)?.resource;
  // The words are recorded, for text that is no ARN and for an ARN of another kind of thing.
  if (resource === undefined) throw invalidArn(`Invalid ARN prefix: ${text}`);
  throw invalidArn(`Resource type not valid in this context: ${resource.split(":")[0] ?? ""}`);
}

/** What a machine's ARN, plain or with a version or an alias, leads to. */
export interface FoundMachine {
  readonly machine: MachineRecord;
  readonly version: MachineVersion | undefined;
  readonly alias: MachineAlias | undefined;
}

/**
 * For what is done to a machine as a whole.
 * @throws ServiceError `ValidationException` for the ARN of a Distributed Map in it
 */
export function refuseLabel(text: string): void {
  const arn = parseStatesArn(text);
  if (arn?.kind === "stateMachine" && arn.label !== undefined) throw labeledArnRefused("State Machine");
}

/** @throws ServiceError `InvalidArn`, `StateMachineDoesNotExist` */
export function findMachine(state: ServiceState, text: string): FoundMachine {
  const arn = arnOf(text, "stateMachine", "version", "alias");
  const machine = state.machines.get(machineArnOf(text, arn.kind));
  if (machine === undefined) throw doesNotExist("StateMachine", text);
  const version = arn.kind === "version" ? machine.versions.find(({ number }) => number === arn.version) : undefined;
  const alias = arn.kind === "alias" ? machine.aliases.get(arn.alias) : undefined;
  if (arn.kind !== "stateMachine" && version === undefined && alias === undefined) {
    throw doesNotExist("StateMachine", text);
  }
  return { machine, version, alias };
}

function machineArnOf(text: string, kind: "stateMachine" | "version" | "alias"): string {
  return kind === "stateMachine" ? text : text.slice(0, text.lastIndexOf(":"));
}

/**
 * A machine by its plain ARN.
 * @throws ServiceError `InvalidArn`, `ValidationException`, `StateMachineDoesNotExist`, `StateMachineDeleting`
 */
export function findActiveMachine(state: ServiceState, text: string): MachineRecord {
  refuseLabel(text);
  // Versions and aliases are refused as if there were none: recorded.
  arnOf(text, "stateMachine", "version", "alias");
  const machine = state.machines.get(text);
  if (machine === undefined) throw doesNotExist("StateMachine", text);
  assertNotDeleting(machine);
  return machine;
}

/** @throws ServiceError `StateMachineDeleting` */
export function assertNotDeleting({ arn, isDeleting }: MachineRecord): void {
  if (isDeleting) throw new ServiceError("StateMachineDeleting", `State Machine is deleting: '${arn}'`);
}

/** @throws ServiceError `InvalidArn`, `ActivityDoesNotExist` */
export function findActivity(state: ServiceState, text: string): ActivityRecord {
  arnOf(text, "activity");
  const record = state.activities.get(text);
  if (record === undefined) throw doesNotExist("Activity", text);
  return record;
}
