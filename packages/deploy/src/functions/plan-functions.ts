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
  const pinned: Record<string, string> = {};
  const actions = desired.flatMap(({ arn, code, substitution }): readonly DeployAction[] => {
    const { codeSha256 = "", currentVersionArn, isReady } = found.get(arn) ?? {};
    if (codeSha256 !== code.sha256) {
      return [{ kind: "publishFunction", substitution, functionArn: arn, changes: "code", observedSha256: codeSha256 }];
    }
    if (currentVersionArn === undefined || isReady !== true) {
      return [
        { kind: "publishFunction", substitution, functionArn: arn, changes: "settings", observedSha256: codeSha256 },
      ];
    }
    pinned[substitution] = currentVersionArn;
    return [];
  });
  return { actions, pinned };
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
  const versions = functions.map(({ substitution, arn }) => [substitution, pinned[substitution] ?? `${arn}:next`]);
  return fillSubstitutions(definition, Object.fromEntries(versions)).definition;
}

/** @param staying  the versions of the state machine that are not pruned */
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
