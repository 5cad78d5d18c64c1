/** An account of AWS Step Functions and its neighbours in memory, as far as a deployment sees them. */
import type { ExecutionStatus, RoutingConfigurationListItem, Tag } from "@aws-sdk/client-sfn";
import type { GetScheduleOutput } from "@aws-sdk/client-scheduler";
import type { Clock } from "../src/clock.ts";
import type { DeployClients } from "../src/deploy-clients.ts";
import type { ScheduleClient } from "../src/schedule.ts";
import type { StatesClient } from "../src/states-client.ts";
import { scriptedFunctions } from "./scripted-functions.ts";
import type { ScriptedFunctions } from "./scripted-functions.ts";

export interface ScriptedAccount extends DeployClients, Omit<ScriptedFunctions, "client"> {
  /** The names of the calls that changed something, in order. */
  readonly changes: readonly string[];
  /** Every call, in order. */
  readonly calls: readonly string[];
  /** Waiting only moves the account's time. */
  readonly clock: Clock;
  /** Where the alias points: version ARN to weight. */
  routes(aliasArn: string): Readonly<Record<string, number>> | undefined;
  definitionOf(arn: string): string | undefined;
  versionsOf(arn: string): readonly string[];
  scheduleNamed(name: string): GetScheduleOutput | undefined;
  /** What somebody else does in the console: a new revision with this definition. */
  editByHand(arn: string, definition: string): void;
  /** What a caller starts, and how it stands. */
  addExecution(versionArn: string, status: ExecutionStatus, name?: string): void;
  setAlarm(name: string, state: "OK" | "ALARM"): void;
}

export interface AccountOptions {
  /** Called before every call; may edit by hand or throw. */
  readonly before?: (call: string, account: ScriptedAccount) => void;
  /** Called after the call took effect; what it throws stands for the answer, which is lost. */
  readonly after?: (call: string, account: ScriptedAccount) => void;
  /** Called whenever a deployment has waited. */
  readonly onWait?: (account: ScriptedAccount) => void;
  /** How an execution that the deployment itself starts stands. */
  readonly started?: ExecutionStatus;
  /** How long a function cannot be called after an update. */
  readonly functionUpdateMs?: number;
}

interface Stored {
  readonly definition: string;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly revisionId: string | undefined;
}

interface StoredMachine {
  current: Stored;
  versions: readonly (Stored & { readonly arn: string })[];
  lastVersion: number;
  readonly tags: Map<string, string>;
}

interface StoredAlias {
  readonly routes: Readonly<Record<string, number>>;
  readonly description: string | undefined;
  readonly updateDate: Date;
}

interface StoredExecution {
  readonly versionArn: string;
  readonly name: string;
  readonly startDate: Date;
  readonly status: ExecutionStatus;
}

const changing = /^(?:create|update|delete|publish|tag|start)/;
const home = "arn:aws:states:eu-central-1:123456789012";

export function scriptedAccount({
  before,
  after,
  onWait,
  started = "SUCCEEDED",
  functionUpdateMs = 3000,
}: AccountOptions = {}): ScriptedAccount {
  const machines = new Map<string, StoredMachine>();
  const aliases = new Map<string, StoredAlias>();
  const scheduleStore = new Map<string, GetScheduleOutput>();
  const alarmStates = new Map<string, "OK" | "ALARM">();
  const executions: StoredExecution[] = [];
  const changes: string[] = [];
  const calls: string[] = [];
  let revisions = 0;
  let nowEpochMs = Date.UTC(2026, 10, 1);

  const machineAt = (arn = "") => {
    const machine = machines.get(arn);
    if (machine === undefined) throw awsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };
  const versionAt = (arn: string) =>
    [...machines.values()].flatMap(({ versions }) => versions).find((version) => version.arn === arn);
  const update = (machine: StoredMachine, definition: string, roleArn: string) => {
    if (definition === machine.current.definition && roleArn === machine.current.roleArn) return;
    machine.current = { ...machine.current, definition, roleArn, revisionId: `revision-${++revisions}` };
  };

  /** Each call of a service goes through here. */
  const tapped = <Service extends object>(service: Service): Service =>
    Object.fromEntries(
      Object.entries(service).map(([call, operation]) => [
        call,
        async (input: unknown) => {
          calls.push(call);
          before?.(call, account);
          try {
            const answer: unknown = await (operation as (given: unknown) => Promise<unknown>)(input);
            if (changing.test(call)) changes.push(call);
            return answer;
          } finally {
            after?.(call, account);
          }
        },
      ]),
    ) as Service;

  const states = tapped<StatesClient>({
    async describeStateMachine({ stateMachineArn = "" }) {
      const { definition, roleArn, type, revisionId } =
        versionAt(stateMachineArn) ?? machineAt(stateMachineArn).current;
      const name = stateMachineArn.split(":").at(-1);
      const revision = revisionId === undefined ? {} : { revisionId };
      return { stateMachineArn, name, definition, roleArn, type, creationDate: new Date(0), ...revision };
    },
    async createStateMachine({ name, definition = "", roleArn = "", type = "STANDARD", tags = [] }) {
      const stateMachineArn = `${home}:stateMachine:${name}`;
      const known = machines.get(stateMachineArn);
      if (known !== undefined && known.current.definition !== definition) {
        throw awsError("StateMachineAlreadyExists", `State Machine Already Exists: '${stateMachineArn}'`);
      }
      if (known === undefined) {
        const current = { definition, roleArn, type, revisionId: undefined };
        machines.set(stateMachineArn, { current, versions: [], lastVersion: 0, tags: new Map(tags.map(entryOf)) });
      }
      return { stateMachineArn, creationDate: new Date(0) };
    },
    async updateStateMachine({ stateMachineArn, definition, roleArn }) {
      const machine = machineAt(stateMachineArn);
      update(machine, definition ?? machine.current.definition, roleArn ?? machine.current.roleArn);
      return { updateDate: new Date(nowEpochMs), revisionId: machine.current.revisionId };
    },
    async deleteStateMachine({ stateMachineArn = "" }) {
      machines.delete(stateMachineArn);
      for (const arn of aliases.keys()) if (arn.startsWith(`${stateMachineArn}:`)) aliases.delete(arn);
      return {};
    },
    async tagResource({ resourceArn, tags = [] }) {
      for (const [key, value] of tags.map(entryOf)) machineAt(resourceArn).tags.set(key, value);
      return {};
    },
    async listTagsForResource({ resourceArn }) {
      return { tags: Array.from(machineAt(resourceArn).tags, ([key, value]) => ({ key, value })) };
    },
    async publishStateMachineVersion({ stateMachineArn, revisionId }) {
      const machine = machineAt(stateMachineArn);
      const { current } = machine;
      const currentId = current.revisionId ?? "INITIAL";
      if (revisionId !== undefined && revisionId !== currentId) {
        throw awsError("ConflictException", `Failed to publish the State Machine version for revision ${revisionId}.`);
      }
      const known = machine.versions.find((version) => version.revisionId === current.revisionId);
      const arn = known?.arn ?? `${stateMachineArn}:${++machine.lastVersion}`;
      if (known === undefined) machine.versions = [{ ...current, arn }, ...machine.versions];
      return { creationDate: new Date(nowEpochMs), stateMachineVersionArn: arn };
    },
    async listStateMachineVersions({ stateMachineArn, nextToken }) {
      // Two a page, so that a reader who forgets the next page is noticed.
      const from = Number(nextToken ?? 0);
      const { versions } = machineAt(stateMachineArn);
      return {
        stateMachineVersions: versions
          .slice(from, from + 2)
          .map(({ arn }) => ({ stateMachineVersionArn: arn, creationDate: new Date(0) })),
        ...(versions.length > from + 2 ? { nextToken: String(from + 2) } : {}),
      };
    },
    async deleteStateMachineVersion({ stateMachineVersionArn = "" }) {
      const users = [...aliases.values()].filter(({ routes }) => Object.hasOwn(routes, stateMachineVersionArn));
      if (users.length > 0) throw awsError("ConflictException", "Version to be deleted must not be referenced.");
      for (const machine of machines.values()) {
        machine.versions = machine.versions.filter(({ arn }) => arn !== stateMachineVersionArn);
      }
      return {};
    },
    async describeStateMachineAlias({ stateMachineAliasArn = "" }) {
      const alias = aliases.get(stateMachineAliasArn);
      if (alias === undefined) throw awsError("ResourceNotFound", "Request references a resource that does not exist.");
      const { description, updateDate, routes } = alias;
      return { stateMachineAliasArn, description, updateDate, routingConfiguration: routingList(routes) };
    },
    async createStateMachineAlias({ name, routingConfiguration = [], description }) {
      const version = routingConfiguration[0]?.stateMachineVersionArn ?? "";
      const stateMachineAliasArn = `${version.slice(0, version.lastIndexOf(":"))}:${name}`;
      const updateDate = new Date(nowEpochMs);
      aliases.set(stateMachineAliasArn, { routes: routing(routingConfiguration), description, updateDate });
      return { stateMachineAliasArn, creationDate: updateDate };
    },
    async updateStateMachineAlias({ stateMachineAliasArn = "", routingConfiguration, description }) {
      const updateDate = new Date(nowEpochMs);
      aliases.set(stateMachineAliasArn, { routes: routing(routingConfiguration), description, updateDate });
      return { updateDate };
    },
    async listExecutions({ stateMachineArn = "", statusFilter, maxResults = 100 }) {
      if (versionAt(stateMachineArn) === undefined) machineAt(stateMachineArn);
      const listed = executions
        .filter(({ versionArn }) => versionArn === stateMachineArn || versionArn.startsWith(`${stateMachineArn}:`))
        .filter(({ status }) => statusFilter === undefined || status === statusFilter)
        .slice(0, maxResults);
      return {
        executions: listed.map(({ name, startDate, status, versionArn }) => ({
          executionArn: `${home}:execution:Greeting:${name}`,
          stateMachineArn,
          stateMachineVersionArn: versionArn,
          name,
          startDate,
          status,
        })),
      };
    },
    async startExecution({ stateMachineArn = "", name }) {
      account.addExecution(stateMachineArn, started, name);
      return { executionArn: `${home}:execution:Greeting:${name}`, startDate: new Date(nowEpochMs) };
    },
    async describeExecution({ executionArn = "" }) {
      const execution = executions.find(({ name }) => executionArn.endsWith(`:${name}`));
      if (execution === undefined) throw awsError("ExecutionDoesNotExist", executionArn);
      const { status, startDate } = execution;
      const error = status === "FAILED" ? { error: "Wrong", cause: "as scripted" } : {};
      return { executionArn, stateMachineArn: execution.versionArn, status, startDate, ...error };
    },
    async validateStateMachineDefinition() {
      return { result: "OK", diagnostics: [] };
    },
  });

  const schedules = tapped<ScheduleClient>({
    async getSchedule({ Name = "" }) {
      const schedule = scheduleStore.get(Name);
      if (schedule === undefined) throw awsError("ResourceNotFoundException", `Schedule ${Name} does not exist.`);
      return schedule;
    },
    async createSchedule(input) {
      scheduleStore.set(input.Name ?? "", input);
      return { ScheduleArn: `arn:aws:scheduler:eu-central-1:123456789012:schedule/default/${input.Name}` };
    },
    async updateSchedule(input) {
      scheduleStore.set(input.Name ?? "", input);
      return { ScheduleArn: `arn:aws:scheduler:eu-central-1:123456789012:schedule/default/${input.Name}` };
    },
    async deleteSchedule({ Name = "" }) {
      if (!scheduleStore.delete(Name)) throw awsError("ResourceNotFoundException", `Schedule ${Name} does not exist.`);
      return {};
    },
  });

  const { client: functionsClient, ...lambda } = scriptedFunctions(() => nowEpochMs, functionUpdateMs);
  const functions = tapped(functionsClient);

  const account: ScriptedAccount = {
    ...lambda,
    functions: async () => functions,
    states,
    schedules: async () => schedules,
    alarms: async () => ({
      async describeAlarms({ AlarmNames = [] }) {
        const known = AlarmNames.filter((name) => alarmStates.has(name));
        return { MetricAlarms: known.map((AlarmName) => ({ AlarmName, StateValue: alarmStates.get(AlarmName) })) };
      },
    }),
    changes,
    calls,
    clock: {
      async wait(durationMs) {
        nowEpochMs += durationMs;
        onWait?.(account);
      },
    },
    routes: (aliasArn) => aliases.get(aliasArn)?.routes,
    definitionOf: (arn) => machines.get(arn)?.current.definition,
    versionsOf: (arn) => machines.get(arn)?.versions.map((version) => version.arn) ?? [],
    scheduleNamed: (name) => scheduleStore.get(name),
    editByHand(arn, definition) {
      const machine = machineAt(arn);
      update(machine, definition, machine.current.roleArn);
    },
    addExecution(versionArn, status, name = `call-${executions.length + 1}`) {
      executions.unshift({ versionArn, name, startDate: new Date(nowEpochMs), status });
    },
    setAlarm: (name, state) => void alarmStates.set(name, state),
  };
  return account;
}

function entryOf({ key = "", value = "" }: Tag): readonly [string, string] {
  return [key, value];
}

function routing(configuration: readonly RoutingConfigurationListItem[] = []): Readonly<Record<string, number>> {
  return Object.fromEntries(
    configuration.map(({ stateMachineVersionArn = "", weight = 0 }) => [stateMachineVersionArn, weight]),
  );
}

function routingList(routes: Readonly<Record<string, number>>) {
  return Object.entries(routes).map(([stateMachineVersionArn, weight]) => ({ stateMachineVersionArn, weight }));
}

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
