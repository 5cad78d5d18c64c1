/** Which functions get new code or a new version, and which versions can go. Pure. */
import { fillSubstitutions } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import type { DeployAction } from "../deploy-plan.ts";
import type { DesiredFunction, PinnedVersions } from "./desired-function.ts";
import type { FunctionVersionsInUse } from "./function-versions-in-use.ts";
import type { ObservedFunction, ObservedFunctions } from "./observed-function.ts";

export interface FunctionsPlan {
  readonly actions: readonly DeployAction[];
  /** Those that need no action. */
  readonly pinned: PinnedVersions;
}

export function planFunctions(
  desired: readonly DesiredFunction[],
  observed: readonly ObservedFunction[],
): FunctionsPlan {
  const found = new Map(observed.map((each) => [each.arn, each]));
  const plans = desired.map((each) => planFunction(each, found.get(each.arn)));
  return {
    actions: plans.flatMap(({ action }) => action ?? []),
    pinned: Object.fromEntries(plans.flatMap(({ pinned }) => (pinned === undefined ? [] : [pinned]))),
  };
}

interface FunctionPlan {
  readonly action?: DeployAction;
  readonly pinned?: readonly [substitution: string, versionArn: string];
}

function planFunction(
  { arn, code, substitution }: DesiredFunction,
  observed: ObservedFunction | undefined,
): FunctionPlan {
  const { codeSha256: observedSha256 = "", currentVersionArn, isReady = false } = observed ?? {};
  const action = { kind: "publishFunction", substitution, functionArn: arn, observedSha256 } as const;
  if (observedSha256 !== code.sha256) return { action: { ...action, changes: "code" } };
  return currentVersionArn === undefined || !isReady
    ? { action: { ...action, changes: "settings" } }
    : { pinned: [substitution, currentVersionArn] };
}

/**
 * The definition as it will stand there. A version that is still to be published is called `next`: its number is
 * Lambda's to give.
 */
export function pinnedDefinition(
  definition: StateMachineDefinition,
  functions: readonly DesiredFunction[] = [],
  pinned: PinnedVersions = {},
): StateMachineDefinition {
  const unknown = functions.map(({ substitution, arn }) => [substitution, `${arn}:next`] as const);
  return fillSubstitutions(definition, Object.fromEntries([...unknown, ...Object.entries(pinned)])).definition;
}

/** @param isStaying  whether a version of the state machine is not pruned */
export function planFunctionPruning(
  keep: number | undefined,
  { functions, versionsInUse }: ObservedFunctions,
  published: readonly DeployAction[],
  isStaying: (stateMachineVersionArn: string) => boolean,
): readonly DeployAction[] {
  if (keep === undefined) return [];
  const inUse = new Set(namedByStaying(versionsInUse, isStaying));
  const versionArns = functions.flatMap((each) => tooOld(each, keep, published)).filter((arn) => !inUse.has(arn));
  return versionArns.length === 0 ? [] : [{ kind: "pruneFunctionVersions", versionArns }];
}

function namedByStaying(versionsInUse: FunctionVersionsInUse, isStaying: (arn: string) => boolean): readonly string[] {
  return Object.entries(versionsInUse).flatMap(([stateMachineVersion, named]) =>
    isStaying(stateMachineVersion) ? named : [],
  );
}

function tooOld(
  { arn, versionArns }: ObservedFunction,
  keep: number,
  published: readonly DeployAction[],
): readonly string[] {
  const isPublished = published.some((action) => action.kind === "publishFunction" && action.functionArn === arn);
  return versionArns.slice(Math.max(keep - (isPublished ? 1 : 0), 1));
}
