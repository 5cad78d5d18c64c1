/** What is live, how it does, and whether it is what was generated. */
import { createHash } from "node:crypto";
import { deepEqual } from "@stepwright/asl";
import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import type { DeployClients } from "./deploy-clients.ts";
import type { DesiredStateMachine } from "./desired.ts";
import { observeFunctions } from "./functions/observed-function.ts";
import type { ObservedFunction } from "./functions/observed-function.ts";
import { pinnedDefinition, planFunctions } from "./functions/plan-functions.ts";
import { observe } from "./observed.ts";
import type { ObservedStateMachine } from "./observed.ts";

export interface DeploymentStatus {
  readonly arn: string;
  /** `undefined` when there is no such state machine; everything below is then empty. */
  readonly observed: ObservedStateMachine | undefined;
  /** Newest first; at most 10. None for EXPRESS. */
  readonly executions: readonly RecentExecution[];
  readonly drift: readonly Drift[];
}

export interface RecentExecution {
  readonly name: string;
  readonly status: string;
  readonly startedAtEpochMs: number;
  readonly durationMs: number | undefined;
  readonly versionArn: string | undefined;
}

export interface Drift {
  readonly code: "DEFINITION_DIFFERS" | "REVISION_UNPUBLISHED" | "REVISION_NOT_SERVED";
  readonly message: string;
}

export async function deploymentStatus(
  desired: DesiredStateMachine,
  clients: DeployClients,
): Promise<DeploymentStatus> {
  const { arn } = desired;
  const observed = await observe(desired, clients);
  if (observed === undefined) {
    return { arn, observed, executions: [], drift: [] };
  }
  const { functions } = await observeFunctions({ functions: desired.functions ?? [] }, undefined, clients);
  const drift = driftOf(desired, observed, functions);
  return { arn, observed, executions: await recentExecutions(observed, clients), drift };
}

/** Pure: what stands there against what was generated and what the alias serves. */
export function driftOf(
  desired: DesiredStateMachine,
  observed: ObservedStateMachine,
  functions: readonly ObservedFunction[] = [],
): readonly Drift[] {
  const { pinned } = planFunctions(desired.functions ?? [], functions);
  const definition = pinnedDefinition(desired.definition, desired.functions, pinned);
  const isSame = deepEqual(definition as unknown as JsonValue, observed.definition as unknown as JsonValue);
  const isServed = observed.alias?.routes.some(({ revisionId }) => revisionId === observed.revisionId) === true;
  const differs: Drift = {
    code: "DEFINITION_DIFFERS",
    message: `the account has the definition ${definitionHash(observed.definition)}, generated is ${definitionHash(definition)}`,
  };
  const revision = `revision ${observed.revisionId ?? "INITIAL"}`;
  const unpublished: Drift = {
    code: "REVISION_UNPUBLISHED",
    message: `${revision} has no version: somebody edited the state machine, or a deployment broke off`,
  };
  const notServed: Drift = {
    code: "REVISION_NOT_SERVED",
    message: `the alias does not lead to ${revision}: a deployment broke off or was rolled back`,
  };
  return [
    ...(isSame ? [] : [differs]),
    ...(observed.isPublished ? [] : [unpublished]),
    ...(observed.isPublished && !isServed ? [notServed] : []),
  ];
}

/** Twelve hexadecimal digits of SHA-256; white space and the order of fields do not matter. */
export function definitionHash(definition: StateMachineDefinition): string {
  const text = JSON.stringify(definition, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

async function recentExecutions(
  { arn, type }: ObservedStateMachine,
  { states }: DeployClients,
): Promise<readonly RecentExecution[]> {
  if (type === "EXPRESS") return [];
  const { executions = [] } = await states.listExecutions({ stateMachineArn: arn, maxResults: 10 });
  return executions.map(({ name = "", status = "RUNNING", startDate, stopDate, stateMachineVersionArn }) => ({
    name,
    status,
    startedAtEpochMs: startDate?.getTime() ?? 0,
    durationMs:
      startDate === undefined || stopDate === undefined ? undefined : stopDate.getTime() - startDate.getTime(),
    versionArn: stateMachineVersionArn,
  }));
}
