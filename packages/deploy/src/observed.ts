/** What stands in the account now. Reads, changes nothing. */
import type { StateMachineDefinition } from "@stepwright/asl";
import { orAbsent } from "./deploy-error.ts";
import type { DesiredLogging, DesiredStateMachine } from "./desired.ts";
import type { DeployClients } from "./deploy-clients.ts";
import { observeSchedule } from "./schedule.ts";
import type { DesiredSchedule, ObservedSchedule } from "./schedule.ts";
import type { StatesClient } from "./states-client.ts";

export interface ObservedStateMachine {
  readonly arn: string;
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly tracing: boolean;
  readonly logging: DesiredLogging;
  readonly tags: Readonly<Record<string, string>>;
  /** Changes with every update; `undefined` for a state machine that has never been updated. */
  readonly revisionId: string | undefined;
  readonly alias: ObservedAlias | undefined;
  /** Newest first. */
  readonly versions: readonly ObservedVersion[];
  /** Whether the newest version is of the current revision; unless somebody edited, or a deployment broke off. */
  readonly isPublished: boolean;
  /** Of a STANDARD state machine, at most 1000; 0 for EXPRESS, whose executions nobody lists. */
  readonly runningExecutions: number;
  readonly schedule: ObservedSchedule | undefined;
}

export interface ObservedVersion {
  readonly arn: string;
  readonly createdAtEpochMs: number;
}

export interface ObservedAlias {
  readonly arn: string;
  readonly description: string | undefined;
  /** By AWS's clock; when the weights last changed. */
  readonly updatedAtEpochMs: number;
  readonly routes: readonly AliasRoute[];
}

export interface WeightedVersion {
  readonly versionArn: string;
  /** Percent of the new executions, 0 to 100. */
  readonly weight: number;
}

export interface AliasRoute extends WeightedVersion {
  /** The revision that the version was published from. */
  readonly revisionId: string | undefined;
}

/** What of a desired state machine says where to look. */
export interface Observable extends Pick<DesiredStateMachine, "arn" | "alias"> {
  readonly schedule?: Pick<DesiredSchedule, "name" | "group">;
}

/** @returns `undefined` when there is no such state machine */
export async function observe(
  { arn, alias, schedule }: Observable,
  { states, schedules }: Pick<DeployClients, "states" | "schedules">,
): Promise<ObservedStateMachine | undefined> {
  const machine = await orAbsent(states.describeStateMachine({ stateMachineArn: arn }), "StateMachineDoesNotExist");
  if (machine === undefined || machine.status === "DELETING") {
    return undefined;
  }
  const { definition = "{}", roleArn = "", type = "STANDARD", revisionId } = machine;
  const versions = await observeVersions(arn, states);
  return {
    arn,
    definition: JSON.parse(definition) as StateMachineDefinition,
    roleArn,
    type,
    tracing: machine.tracingConfiguration?.enabled ?? false,
    logging: loggingOf(machine.loggingConfiguration),
    tags: await observeTags(arn, states),
    revisionId,
    alias: await observeAlias(`${arn}:${alias}`, states),
    versions,
    isPublished: await isOfRevision(versions[0], revisionId, states),
    runningExecutions: type === "EXPRESS" ? 0 : await countRunning(arn, states),
    schedule: schedule === undefined ? undefined : await observeSchedule(schedule, await schedules()),
  };
}

type LoggingConfiguration = NonNullable<
  Awaited<ReturnType<StatesClient["describeStateMachine"]>>["loggingConfiguration"]
>;

function loggingOf(configuration: LoggingConfiguration | undefined): DesiredLogging {
  const logGroupArn = configuration?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return {
    level: configuration?.level ?? "OFF",
    includeExecutionData: configuration?.includeExecutionData ?? false,
    ...(logGroupArn === undefined ? {} : { logGroupArn }),
  };
}

async function observeTags(resourceArn: string, states: StatesClient): Promise<Readonly<Record<string, string>>> {
  const { tags = [] } = await states.listTagsForResource({ resourceArn });
  return Object.fromEntries(tags.map(({ key = "", value = "" }) => [key, value]));
}

/** @returns `undefined` when there is no such alias */
export async function observeAlias(arn: string, states: StatesClient): Promise<ObservedAlias | undefined> {
  const alias = await orAbsent(
    states.describeStateMachineAlias({ stateMachineAliasArn: arn }),
    "ResourceNotFound",
    "StateMachineDoesNotExist",
  );
  if (alias === undefined) {
    return undefined;
  }
  const routes = (alias.routingConfiguration ?? []).map(
    async ({ stateMachineVersionArn: versionArn = "", weight = 0 }) => {
      const { revisionId } = await states.describeStateMachine({ stateMachineArn: versionArn });
      return { versionArn, weight, revisionId };
    },
  );
  return {
    arn,
    description: alias.description,
    updatedAtEpochMs: (alias.updateDate ?? alias.creationDate)?.getTime() ?? 0,
    routes: await Promise.all(routes),
  };
}

export async function observeVersions(
  stateMachineArn: string,
  states: StatesClient,
): Promise<readonly ObservedVersion[]> {
  const versions: ObservedVersion[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.listStateMachineVersions({
      stateMachineArn,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    for (const { stateMachineVersionArn: arn = "", creationDate } of page.stateMachineVersions ?? []) {
      versions.push({ arn, createdAtEpochMs: creationDate?.getTime() ?? 0 });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return versions;
}

async function isOfRevision(
  version: ObservedVersion | undefined,
  revisionId: string | undefined,
  states: StatesClient,
): Promise<boolean> {
  if (version === undefined) return false;
  return (await states.describeStateMachine({ stateMachineArn: version.arn })).revisionId === revisionId;
}

async function countRunning(stateMachineArn: string, states: StatesClient): Promise<number> {
  const { executions = [] } = await states.listExecutions({
    stateMachineArn,
    statusFilter: "RUNNING",
    maxResults: 1000,
  });
  return executions.length;
}
