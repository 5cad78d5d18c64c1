/** Compares what shall be with what is. Pure. */
import { deepEqual } from "@stepwright/asl";
import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import { DeployError } from "./deploy-error.ts";
import type { ChangedField, DeployAction, DeployPlan } from "./deploy-plan.ts";
import type { DesiredLogging, DesiredStateMachine } from "./desired.ts";
import { noFunctions } from "./functions/observed-function.ts";
import type { ObservedFunctions } from "./functions/observed-function.ts";
import { pinnedDefinition, planFunctionPruning, planFunctions } from "./functions/plan-functions.ts";
import type { AliasRoute, ObservedAlias, ObservedStateMachine } from "./observed.ts";
import { risksOf } from "./risks-of.ts";
import { scheduleChanges } from "./schedule.ts";
import { allAtOnce, shiftWeights } from "./shift.ts";

/**
 * Definitions are compared as values: white space and the order of fields are no change.
 *
 * @throws DeployError `TYPE_CHANGED`: AWS cannot turn a STANDARD state machine into an EXPRESS one or back
 */
export function planDeployment(
  desired: DesiredStateMachine,
  observed: ObservedStateMachine | undefined,
  functions: ObservedFunctions = noFunctions,
): DeployPlan {
  const { actions: published, pinned } = planFunctions(desired.functions ?? [], functions.functions);
  if (observed === undefined) {
    const actions = [...published, ...firstDeployment(desired)];
    return { desired, pinned, observedRevisionId: undefined, actions, risks: [] };
  }
  if (observed.type !== desired.type) {
    throw new DeployError(
      "TYPE_CHANGED",
      `${desired.arn} is of type ${observed.type}; wanted ${desired.type}. The type of a state machine cannot be changed: give the new one another name.`,
    );
  }
  const wanted = { ...desired, definition: pinnedDefinition(desired.definition, desired.functions, pinned) };
  const ofStateMachine = actionsFor(wanted, observed);
  const pruned = new Set(ofStateMachine.flatMap((each) => (each.kind === "pruneVersions" ? each.versionArns : [])));
  const actions = [
    ...published,
    ...ofStateMachine,
    ...planFunctionPruning(desired.keepFunctionVersions, functions, published, (arn) => !pruned.has(arn)),
  ];
  return {
    desired,
    pinned,
    observedRevisionId: observed.revisionId,
    actions,
    risks: risksOf(wanted, observed, actions),
  };
}

/** The definition that the plan brings about; a function's version that is still to be published is called `next`. */
export function plannedDefinition({ desired, pinned }: Pick<DeployPlan, "desired" | "pinned">): StateMachineDefinition {
  return pinnedDefinition(desired.definition, desired.functions, pinned);
}

function firstDeployment(desired: DesiredStateMachine): readonly DeployAction[] {
  return [
    { kind: "createStateMachine" },
    { kind: "publishVersion" },
    ...smokeActions(desired),
    { kind: "createAlias" },
    ...scheduleActions(desired, undefined),
  ];
}

function actionsFor(desired: DesiredStateMachine, observed: ObservedStateMachine): readonly DeployAction[] {
  const changes = changesBetween(desired, observed);
  const released = changes.length > 0 || !servesOnly(observed.alias, observed.revisionId);
  return [
    ...(changes.length > 0 ? [{ kind: "updateStateMachine", changes } as const] : []),
    ...tagActions(desired, observed),
    // The alias is behind, too, when an earlier deployment ended between its update and its last step.
    ...(released ? releaseActions(desired, observed, changes.length > 0) : []),
    ...pruneActions(desired, observed, changes.length > 0 || !observed.isPublished),
    ...scheduleActions(desired, observed.schedule),
  ];
}

function servesOnly(alias: ObservedAlias | undefined, revisionId: string | undefined): boolean {
  return (
    alias !== undefined && alias.routes.length > 0 && alias.routes.every((route) => route.revisionId === revisionId)
  );
}

function releaseActions(
  desired: DesiredStateMachine,
  observed: ObservedStateMachine,
  isUpdated: boolean,
): readonly DeployAction[] {
  const { alias } = observed;
  if (alias === undefined || alias.routes.length === 0) {
    return [{ kind: "publishVersion" }, ...smokeActions(desired), { kind: "createAlias" }];
  }
  const isTarget = (route: AliasRoute) => !isUpdated && route.revisionId === observed.revisionId;
  const reached = alias.routes.find(isTarget)?.weight ?? 0;
  const [from] = alias.routes.filter((route) => !isTarget(route)).toSorted((one, other) => other.weight - one.weight);
  return [
    { kind: "publishVersion" },
    // A version that callers get already has passed.
    ...(reached > 0 ? [] : smokeActions(desired)),
    {
      kind: "shiftAlias",
      aliasArn: alias.arn,
      observedRoutes: alias.routes.map(({ versionArn, weight }) => ({ versionArn, weight })),
      // `servesOnly` has seen a route that is not the target.
      fromVersionArn: (from as AliasRoute).versionArn,
      weights: shiftWeights(desired.shift ?? allAtOnce, reached),
    },
  ];
}

function smokeActions({ smoke }: DesiredStateMachine): readonly DeployAction[] {
  return smoke === undefined ? [] : [{ kind: "startSmokeExecution" }];
}

function tagActions({ tags = {} }: DesiredStateMachine, observed: ObservedStateMachine): readonly DeployAction[] {
  const missing = Object.entries(tags).filter(([key, value]) => observed.tags[key] !== value);
  return missing.length === 0 ? [] : [{ kind: "tagStateMachine", tags: Object.fromEntries(missing) }];
}

function pruneActions(
  { keepVersions }: DesiredStateMachine,
  { versions, alias }: ObservedStateMachine,
  publishes: boolean,
): readonly DeployAction[] {
  if (keepVersions === undefined) return [];
  const served = new Set(alias?.routes.map(({ versionArn }) => versionArn));
  const versionArns = versions
    .slice(Math.max(keepVersions - (publishes ? 1 : 0), 0))
    .map(({ arn }) => arn)
    // The version that is being replaced stays: a rollback returns to it.
    .filter((arn) => !served.has(arn));
  return versionArns.length === 0 ? [] : [{ kind: "pruneVersions", versionArns }];
}

function scheduleActions(
  { schedule }: DesiredStateMachine,
  observed: ObservedStateMachine["schedule"],
): readonly DeployAction[] {
  if (schedule === undefined) return [];
  if (observed === undefined) return [{ kind: "createSchedule" }];
  const changes = scheduleChanges(schedule, observed);
  return changes.length === 0 ? [] : [{ kind: "updateSchedule", changes }];
}

function changesBetween(desired: DesiredStateMachine, observed: ObservedStateMachine): readonly ChangedField[] {
  const same: Readonly<Record<ChangedField, boolean>> = {
    definition: deepEqual(desired.definition as unknown as JsonValue, observed.definition as unknown as JsonValue),
    roleArn: desired.roleArn === observed.roleArn,
    tracing: desired.tracing === undefined || desired.tracing === observed.tracing,
    logging: desired.logging === undefined || isSameLogging(desired.logging, observed.logging),
  };
  return (["definition", "roleArn", "tracing", "logging"] as const).filter((field) => !same[field]);
}

function isSameLogging(wanted: DesiredLogging, found: DesiredLogging): boolean {
  return (
    wanted.level === found.level &&
    wanted.logGroupArn === found.logGroupArn &&
    (wanted.includeExecutionData ?? false) === (found.includeExecutionData ?? false)
  );
}
