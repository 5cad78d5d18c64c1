/** An account of AWS Step Functions in memory, as far as a deployment sees it. */
import type { RoutingConfigurationListItem } from "@aws-sdk/client-sfn";
import type { StatesClient } from "../src/states-client.ts";

export interface ScriptedAccount extends StatesClient {
  /** The names of the calls that changed something, in order. */
  readonly changes: readonly string[];
  /** Where the alias points: version ARN to weight. */
  routes(aliasArn: string): Readonly<Record<string, number>> | undefined;
  definitionOf(arn: string): string | undefined;
  /** What somebody else does in the console: a new revision with this definition. */
  editByHand(arn: string, definition: string): void;
}

export interface AccountOptions {
  /** Called before every change; may edit by hand or throw. */
  readonly before?: (call: string, account: ScriptedAccount) => void;
}

interface StoredMachine {
  definition: string;
  roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  revisionId: string | undefined;
  readonly versions: StoredVersion[];
}

interface StoredVersion {
  readonly arn: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly revisionId: string | undefined;
}

export function scriptedAccount({ before }: AccountOptions = {}): ScriptedAccount {
  const machines = new Map<string, StoredMachine>();
  const aliases = new Map<string, Readonly<Record<string, number>>>();
  const changes: string[] = [];
  let revisions = 0;

  const change = (call: string) => {
    before?.(call, account);
    changes.push(call);
  };
  const machineAt = (arn = "") => {
    const machine = machines.get(arn);
    if (machine === undefined) throw awsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };
  const versionAt = (arn: string) =>
    [...machines.values()].flatMap(({ versions }) => versions).find((version) => version.arn === arn);
  const account: ScriptedAccount = {
    changes,
    routes: (aliasArn) => aliases.get(aliasArn),
    definitionOf: (arn) => machines.get(arn)?.definition,
    editByHand(arn, definition) {
      const machine = machineAt(arn);
      machine.definition = definition;
      machine.revisionId = `revision-${++revisions}`;
    },

    async describeStateMachine({ stateMachineArn = "" }) {
      const { definition, roleArn, type, revisionId } = versionAt(stateMachineArn) ?? machineAt(stateMachineArn);
      return {
        stateMachineArn,
        name: stateMachineArn.split(":").at(-1),
        definition,
        roleArn,
        type,
        creationDate: new Date(0),
        ...(revisionId === undefined ? {} : { revisionId }),
      };
    },
    async createStateMachine({ name, definition = "", roleArn = "", type = "STANDARD" }) {
      change("createStateMachine");
      const stateMachineArn = `arn:aws:states:eu-central-1:123456789012:stateMachine:${name}`;
      machines.set(stateMachineArn, { definition, roleArn, type, revisionId: undefined, versions: [] });
      return { stateMachineArn, creationDate: new Date(0) };
    },
    async updateStateMachine({ stateMachineArn, definition, roleArn }) {
      change("updateStateMachine");
      const machine = machineAt(stateMachineArn);
      machine.definition = definition ?? machine.definition;
      machine.roleArn = roleArn ?? machine.roleArn;
      machine.revisionId = `revision-${++revisions}`;
      return { updateDate: new Date(0), revisionId: machine.revisionId };
    },
    async publishStateMachineVersion({ stateMachineArn, revisionId }) {
      change("publishStateMachineVersion");
      const machine = machineAt(stateMachineArn);
      const current = machine.revisionId ?? "INITIAL";
      if (revisionId !== undefined && revisionId !== current) {
        throw awsError("ConflictException", `Failed to publish the State Machine version for revision ${revisionId}.`);
      }
      const { definition, roleArn, type } = machine;
      const known = machine.versions.find((version) => version.revisionId === machine.revisionId);
      const arn = known?.arn ?? `${stateMachineArn}:${machine.versions.length + 1}`;
      if (known === undefined)
        machine.versions.push({ arn, definition, roleArn, type, revisionId: machine.revisionId });
      return { creationDate: new Date(0), stateMachineVersionArn: arn };
    },
    async describeStateMachineAlias({ stateMachineAliasArn = "" }) {
      const routes = aliases.get(stateMachineAliasArn);
      if (routes === undefined) throw awsError("ResourceNotFound", `Resource not found: '${stateMachineAliasArn}'`);
      return {
        stateMachineAliasArn,
        routingConfiguration: Object.entries(routes).map(([stateMachineVersionArn, weight]) => ({
          stateMachineVersionArn,
          weight,
        })),
      };
    },
    async createStateMachineAlias({ name, routingConfiguration }) {
      change("createStateMachineAlias");
      const version = routingConfiguration?.[0]?.stateMachineVersionArn ?? "";
      const stateMachineAliasArn = `${version.slice(0, version.lastIndexOf(":"))}:${name}`;
      aliases.set(stateMachineAliasArn, routing(routingConfiguration));
      return { stateMachineAliasArn, creationDate: new Date(0) };
    },
    async updateStateMachineAlias({ stateMachineAliasArn = "", routingConfiguration }) {
      change("updateStateMachineAlias");
      aliases.set(stateMachineAliasArn, routing(routingConfiguration));
      return { updateDate: new Date(0) };
    },
  };
  return account;
}

function routing(configuration: readonly RoutingConfigurationListItem[] = []): Readonly<Record<string, number>> {
  return Object.fromEntries(
    configuration.map(({ stateMachineVersionArn = "", weight = 0 }) => [stateMachineVersionArn, weight]),
  );
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
