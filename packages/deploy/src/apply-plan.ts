/**
 * Carries out a plan. Step Functions has no transaction, so the order is what keeps callers safe: the alias
 * moves last, and only to a version published from the very revision that this deployment wrote.
 */
import { printDefinition, substitutionsOf } from "@stepwright/asl";
import { DeployError } from "./deploy-error.ts";
import type { DeployAction, DeployPlan } from "./deploy-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observe } from "./observed.ts";
import type { StatesClient } from "./states-client.ts";

export interface Deployed {
  readonly arn: string;
  /** `undefined` when there was nothing to do. */
  readonly versionArn: string | undefined;
}

export interface ApplyOptions {
  /** After each action that has succeeded. */
  readonly onApplied?: (action: DeployAction) => void;
}

/**
 * @throws DeployError `UNFILLED_SUBSTITUTION` before any call; `CHANGED_MEANWHILE` when somebody else has updated
 *   the state machine since the plan was made or while it was carried out: the alias has not moved then
 */
export async function applyPlan(plan: DeployPlan, client: StatesClient, options: ApplyOptions = {}): Promise<Deployed> {
  const { desired } = plan;
  refuseUnfilled(desired);
  if (plan.actions.length > 0) {
    await refuseOtherRevision(plan, client);
  }
  let progress: Progress = { revisionId: plan.observedRevisionId, versionArn: undefined };
  for (const action of plan.actions) {
    // Each action needs what the one before it answered.
    progress = await perform(action, desired, progress, client);
    options.onApplied?.(action);
  }
  return { arn: desired.arn, versionArn: progress.versionArn };
}

/** What the actions so far have brought about. */
interface Progress {
  readonly revisionId: string | undefined;
  readonly versionArn: string | undefined;
}

type Perform = (desired: DesiredStateMachine, progress: Progress, client: StatesClient) => Promise<Progress>;

function perform(action: DeployAction, desired: DesiredStateMachine, progress: Progress, client: StatesClient) {
  return performers[action.kind](desired, progress, client);
}

const performers: Readonly<Record<DeployAction["kind"], Perform>> = {
  async createStateMachine(desired, progress, client) {
    const { arn, definition, roleArn, type } = desired;
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    await client.createStateMachine({ name, definition: printDefinition(definition), roleArn, type });
    // AWS's name for the revision of a state machine that has never been updated.
    return { ...progress, revisionId: "INITIAL" };
  },

  async updateStateMachine({ arn, definition, roleArn }, progress, client) {
    const { revisionId } = await client.updateStateMachine({
      stateMachineArn: arn,
      definition: printDefinition(definition),
      roleArn,
    });
    return { ...progress, revisionId };
  },

  async publishVersion({ arn, versionDescription }, progress, client) {
    try {
      const { stateMachineVersionArn } = await client.publishStateMachineVersion({
        stateMachineArn: arn,
        revisionId: progress.revisionId ?? "INITIAL",
        ...(versionDescription === undefined ? {} : { description: versionDescription }),
      });
      return { ...progress, versionArn: stateMachineVersionArn };
    } catch (error) {
      throw error instanceof Error && error.name === "ConflictException" ? changedMeanwhile(arn, error) : error;
    }
  },

  async createAlias({ alias }, progress, client) {
    await client.createStateMachineAlias({ name: alias, routingConfiguration: routeTo(progress) });
    return progress;
  },

  async updateAlias({ arn, alias }, progress, client) {
    await client.updateStateMachineAlias({
      stateMachineAliasArn: `${arn}:${alias}`,
      routingConfiguration: routeTo(progress),
    });
    return progress;
  },
};

function routeTo({ versionArn }: Progress) {
  if (versionArn === undefined) {
    throw new DeployError("ANSWER_INCOMPLETE", "PublishStateMachineVersion answered without a stateMachineVersionArn.");
  }
  return [{ stateMachineVersionArn: versionArn, weight: 100 }];
}

function refuseUnfilled({ arn, definition }: DesiredStateMachine): void {
  const unfilled = new Set(substitutionsOf(definition).map(({ name }) => name));
  if (unfilled.size > 0) {
    const names = [...unfilled].map((name) => `\${${name}}`).join(", ");
    throw new DeployError("UNFILLED_SUBSTITUTION", `The definition of ${arn} still has ${names}; wanted their values.`);
  }
}

async function refuseOtherRevision({ desired, observedRevisionId, actions }: DeployPlan, client: StatesClient) {
  const now = await observe(desired, client);
  const wantsNone = actions.some(({ kind }) => kind === "createStateMachine");
  if (wantsNone !== (now === undefined) || now?.revisionId !== observedRevisionId) {
    throw changedMeanwhile(desired.arn);
  }
}

function changedMeanwhile(arn: string, cause?: unknown): DeployError {
  const message = `${arn} was changed by somebody else since this deployment was planned; the alias was not moved. Plan again.`;
  return new DeployError("CHANGED_MEANWHILE", message, cause);
}
