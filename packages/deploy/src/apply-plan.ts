/**
 * Carries out a plan. Step Functions has no transaction, so the order is what keeps callers safe: the alias
 * moves after everything that can be refused, and only to a version published from the very revision that this
 * deployment wrote. Nothing is remembered but in the account: whatever breaks this off, the next plan goes on.
 */
import { fillSubstitutions, printDefinition, substitutionsOf } from "@stepwright/asl";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { DeployClients } from "./deploy-clients.ts";
import { DeployError, isAwsError } from "./deploy-error.ts";
import type { DeployAction, DeployPlan } from "./deploy-plan.ts";
import type { DesiredLogging, DesiredStateMachine } from "./desired.ts";
import type { DesiredFunction, PinnedVersions } from "./functions/desired-function.ts";
import { functionVersionsInUse } from "./functions/function-versions-in-use.ts";
import { pruneFunctionVersion } from "./functions/prune-function-version.ts";
import { publishFunction } from "./functions/publish-function.ts";
import { observe, observeVersions } from "./observed.ts";
import { pruneVersion } from "./prune-version.ts";
import { createSchedule, updateSchedule } from "./schedule.ts";
import type { DesiredSchedule } from "./schedule.ts";
import { allAtOnce, shiftDefaults } from "./shift.ts";
import { shiftAlias } from "./shift-alias.ts";
import type { ShiftEvent } from "./shift-alias.ts";
import { smokeFailure } from "./smoke-execution.ts";
import { versionLabel } from "./version-arn.ts";

export interface Deployed {
  readonly arn: string;
  /** `undefined` when no version was to be published. */
  readonly versionArn: string | undefined;
  /** Why callers do not get the new version; `undefined` when they do. */
  readonly failure: string | undefined;
}

export interface ApplyOptions {
  readonly clock?: Clock;
  /** Ends waiting; the deployment then stops between two calls. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DeployEvent) => void;
}

export type DeployEvent =
  /** An action that has succeeded. */
  { readonly kind: "applied"; readonly action: DeployAction } | ShiftEvent;

/**
 * @returns with a `failure` when the smoke execution, executions during the shift, or alarms spoke against the new
 *   version: the alias is back on the old one then
 * @throws DeployError `UNFILLED_SUBSTITUTION` before any call; `CHANGED_MEANWHILE` when somebody else has changed the
 *   state machine or the alias since the plan was made or while it was carried out; `INTERRUPTED`
 */
export async function applyPlan(
  plan: DeployPlan,
  clients: DeployClients,
  { clock = systemClock, signal, onEvent = () => {} }: ApplyOptions = {},
): Promise<Deployed> {
  const { desired } = plan;
  refuseUnfilled(desired);
  if (plan.actions.length > 0) {
    await refuseOtherRevision(plan, clients);
  }
  const surroundings: Surroundings = { clients, clock, signal, onEvent };
  let progress: Progress = {
    pinned: plan.pinned,
    revisionId: plan.observedRevisionId,
    versionArn: undefined,
    failure: undefined,
  };
  for (const action of plan.actions) {
    if (signal?.aborted === true) {
      throw new DeployError("INTERRUPTED", `Interrupted before ${action.kind}. Deploy again to go on.`);
    }
    // Each action needs what the one before it answered.
    progress = await perform(action, desired, progress, surroundings);
    if (progress.failure !== undefined) break;
    onEvent({ kind: "applied", action });
  }
  return { arn: desired.arn, versionArn: progress.versionArn, failure: progress.failure };
}

/** What the actions so far have brought about. */
interface Progress {
  readonly pinned: PinnedVersions;
  readonly revisionId: string | undefined;
  readonly versionArn: string | undefined;
  readonly failure: string | undefined;
}

interface Surroundings {
  readonly clients: DeployClients;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: DeployEvent) => void;
}

type ActionOf<Kind extends DeployAction["kind"]> = Extract<DeployAction, { kind: Kind }>;

type Performers = {
  readonly [Kind in DeployAction["kind"]]: (
    action: ActionOf<Kind>,
    desired: DesiredStateMachine,
    progress: Progress,
    surroundings: Surroundings,
  ) => Promise<Progress>;
};

function perform(
  action: DeployAction,
  desired: DesiredStateMachine,
  progress: Progress,
  surroundings: Surroundings,
): Promise<Progress> {
  // TypeScript cannot see that the table's entry belongs to this action.
  const performer = performers[action.kind] as (...args: unknown[]) => Promise<Progress>;
  return performer(action, desired, progress, surroundings);
}

const performers: Performers = {
  async publishFunction({ substitution, observedSha256 }, { functions = [] }, progress, { clients, clock, signal }) {
    const desired = functions.find((each) => each.substitution === substitution) as DesiredFunction;
    const surroundings = { client: await clients.functions(), clock, signal };
    const versionArn = await publishFunction(desired, observedSha256, surroundings);
    return { ...progress, pinned: { ...progress.pinned, [substitution]: versionArn } };
  },

  async createStateMachine(_, desired, progress, { clients }) {
    const { arn, type, tags = {} } = desired;
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    try {
      await clients.states.createStateMachine({ name, type, tags: tagList(tags), ...settingsOf(desired, progress) });
    } catch (error) {
      throw isAwsError(error, "StateMachineAlreadyExists") ? changedMeanwhile(arn, error) : error;
    }
    // AWS's name for the revision of a state machine that has never been updated.
    return { ...progress, revisionId: "INITIAL" };
  },

  async updateStateMachine(_, desired, progress, { clients }) {
    try {
      const { revisionId } = await clients.states.updateStateMachine({
        stateMachineArn: desired.arn,
        ...settingsOf(desired, progress),
      });
      return { ...progress, revisionId };
    } catch (error) {
      throw isAwsError(error, "ConflictException") ? changedMeanwhile(desired.arn, error) : error;
    }
  },

  async tagStateMachine({ tags }, { arn }, progress, { clients }) {
    await clients.states.tagResource({ resourceArn: arn, tags: tagList(tags) });
    return progress;
  },

  async publishVersion(_, { arn, versionDescription }, progress, { clients }) {
    try {
      const { stateMachineVersionArn } = await clients.states.publishStateMachineVersion({
        stateMachineArn: arn,
        revisionId: progress.revisionId ?? "INITIAL",
        ...(versionDescription === undefined ? {} : { description: versionDescription }),
      });
      return { ...progress, versionArn: stateMachineVersionArn };
    } catch (error) {
      throw isAwsError(error, "ConflictException") ? changedMeanwhile(arn, error) : error;
    }
  },

  async startSmokeExecution(_, { smoke, shift }, progress, { clients, clock, signal }) {
    if (smoke === undefined) return progress;
    const pollSeconds = shift?.pollSeconds ?? shiftDefaults.pollSeconds;
    const surroundings = { states: clients.states, clock, signal, pollSeconds };
    return { ...progress, failure: await smokeFailure(publishedIn(progress), smoke, surroundings) };
  },

  async createAlias(_, { alias }, progress, { clients }) {
    const versionArn = publishedIn(progress);
    await clients.states.createStateMachineAlias({
      name: alias,
      description: versionLabel(versionArn),
      routingConfiguration: [{ stateMachineVersionArn: versionArn, weight: 100 }],
    });
    return progress;
  },

  async shiftAlias({ kind: _kind, ...planned }, { shift = allAtOnce, type }, progress, surroundings) {
    const toVersionArn = publishedIn(progress);
    // AWS has found that nothing changed: it publishes no second version of the same.
    if (toVersionArn === planned.fromVersionArn) return progress;
    const move = { ...planned, toVersionArn, shift, type };
    return { ...progress, failure: await shiftAlias(move, surroundings) };
  },

  async pruneVersions({ versionArns }, { type }, progress, { clients }) {
    for (const versionArn of versionArns) {
      await pruneVersion({ type, versionArn }, clients.states);
    }
    return progress;
  },

  async pruneFunctionVersions({ versionArns }, { arn, functions = [] }, progress, { clients }) {
    // Asked again: a version of the state machine that was to go may have stayed.
    const versions = await observeVersions(arn, clients.states);
    const named = await functionVersionsInUse(
      versions.map((version) => version.arn),
      functions.map((each) => each.arn),
      clients.states,
    );
    const inUse = new Set(Object.values(named).flat());
    for (const versionArn of versionArns.filter((each) => !inUse.has(each))) {
      await pruneFunctionVersion(versionArn, await clients.functions());
    }
    return progress;
  },

  async createSchedule(_, { schedule }, progress, { clients }) {
    await createSchedule(schedule as DesiredSchedule, await clients.schedules());
    return progress;
  },

  async updateSchedule(_, { schedule }, progress, { clients }) {
    await updateSchedule(schedule as DesiredSchedule, await clients.schedules());
    return progress;
  },
};

function settingsOf({ definition, roleArn, tracing, logging }: DesiredStateMachine, { pinned }: Progress) {
  return {
    definition: printDefinition(fillSubstitutions(definition, pinned).definition),
    roleArn,
    ...(tracing === undefined ? {} : { tracingConfiguration: { enabled: tracing } }),
    ...(logging === undefined ? {} : { loggingConfiguration: loggingConfigurationOf(logging) }),
  };
}

function loggingConfigurationOf({ level, logGroupArn, includeExecutionData = false }: DesiredLogging) {
  return {
    level,
    includeExecutionData,
    ...(logGroupArn === undefined ? {} : { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] }),
  };
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function publishedIn({ versionArn }: Progress): string {
  if (versionArn === undefined) {
    throw new DeployError("ANSWER_INCOMPLETE", "PublishStateMachineVersion answered without a stateMachineVersionArn.");
  }
  return versionArn;
}

function refuseUnfilled({ arn, definition, functions = [] }: DesiredStateMachine): void {
  const pinned = new Set(functions.map(({ substitution }) => substitution));
  const names = substitutionsOf(definition).map(({ name }) => name);
  const unfilled = new Set(names.filter((name) => !pinned.has(name)));
  if (unfilled.size > 0) {
    const shown = [...unfilled].map((name) => `\${${name}}`).join(", ");
    throw new DeployError("UNFILLED_SUBSTITUTION", `The definition of ${arn} still has ${shown}; wanted their values.`);
  }
}

async function refuseOtherRevision({ desired, observedRevisionId, actions }: DeployPlan, clients: DeployClients) {
  const now = await observe({ arn: desired.arn, alias: desired.alias }, clients);
  const wantsNone = actions.some(({ kind }) => kind === "createStateMachine");
  if (wantsNone !== (now === undefined) || now?.revisionId !== observedRevisionId) {
    throw changedMeanwhile(desired.arn);
  }
}

function changedMeanwhile(arn: string, cause?: unknown): DeployError {
  const message = `${arn} was changed by somebody else since this deployment was planned; the alias was not moved. Plan again.`;
  return new DeployError("CHANGED_MEANWHILE", message, cause);
}
