/** What stands in the account now. Reads, changes nothing. */
import type { StateMachineDefinition } from "@stepwright/asl";
import type { DesiredStateMachine } from "./desired.ts";
import type { StatesClient } from "./states-client.ts";

export interface ObservedStateMachine {
  readonly arn: string;
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** Changes with every update; `undefined` for a state machine that has never been updated. */
  readonly revisionId: string | undefined;
  readonly alias: ObservedAlias | undefined;
}

export interface ObservedAlias {
  readonly arn: string;
  readonly routes: readonly AliasRoute[];
}

export interface AliasRoute {
  readonly versionArn: string;
  /** Percent of the new executions, 0 to 100. */
  readonly weight: number;
  /** The revision that the version was published from. */
  readonly revisionId: string | undefined;
}

/** @returns `undefined` when there is no such state machine */
export async function observe(
  { arn, alias }: Pick<DesiredStateMachine, "arn" | "alias">,
  client: StatesClient,
): Promise<ObservedStateMachine | undefined> {
  const machine = await orAbsent(client.describeStateMachine({ stateMachineArn: arn }), "StateMachineDoesNotExist");
  if (machine === undefined) {
    return undefined;
  }
  const { definition = "{}", roleArn = "", type = "STANDARD", revisionId } = machine;
  return {
    arn,
    definition: JSON.parse(definition) as StateMachineDefinition,
    roleArn,
    type,
    revisionId,
    alias: await observeAlias(`${arn}:${alias}`, client),
  };
}

async function observeAlias(arn: string, client: StatesClient): Promise<ObservedAlias | undefined> {
  const alias = await orAbsent(client.describeStateMachineAlias({ stateMachineAliasArn: arn }), "ResourceNotFound");
  if (alias === undefined) {
    return undefined;
  }
  const routes = (alias.routingConfiguration ?? []).map(
    async ({ stateMachineVersionArn: versionArn = "", weight = 0 }) => {
      const { revisionId } = await client.describeStateMachine({ stateMachineArn: versionArn });
      return { versionArn, weight, revisionId };
    },
  );
  return { arn, routes: await Promise.all(routes) };
}

async function orAbsent<Answer>(answer: Promise<Answer>, absent: string): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === absent) {
      return undefined;
    }
    throw error;
  }
}
