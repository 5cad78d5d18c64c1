/** Compares what shall be with what is. Pure. */
import { deepEqual } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { DeployError } from "./deploy-error.ts";
import type { ChangedField, DeployAction, DeployPlan } from "./deploy-plan.ts";
import type { DesiredStateMachine } from "./desired.ts";
import type { ObservedAlias, ObservedStateMachine } from "./observed.ts";

/**
 * Definitions are compared as values: white space and the order of fields are no change.
 *
 * @throws DeployError `TYPE_CHANGED`: AWS cannot turn a STANDARD state machine into an EXPRESS one or back
 */
export function planDeployment(desired: DesiredStateMachine, observed: ObservedStateMachine | undefined): DeployPlan {
  if (observed !== undefined && observed.type !== desired.type) {
    throw new DeployError(
      "TYPE_CHANGED",
      `${desired.arn} is of type ${observed.type}; wanted ${desired.type}. The type of a state machine cannot be changed: give the new one another name.`,
    );
  }
  return { desired, observedRevisionId: observed?.revisionId, actions: actionsFor(desired, observed) };
}

function actionsFor(desired: DesiredStateMachine, observed: ObservedStateMachine | undefined): readonly DeployAction[] {
  if (observed === undefined) {
    return [{ kind: "createStateMachine" }, { kind: "publishVersion" }, { kind: "createAlias" }];
  }
  const changes = changesBetween(desired, observed);
  if (changes.length > 0) {
    return [{ kind: "updateStateMachine", changes }, { kind: "publishVersion" }, aliasAction(observed.alias)];
  }
  // The alias is behind when an earlier deployment ended between its update and its last step.
  // Publishing a revision again gives the version that it already has.
  return servesOnly(observed.alias, observed.revisionId)
    ? []
    : [{ kind: "publishVersion" }, aliasAction(observed.alias)];
}

function servesOnly(alias: ObservedAlias | undefined, revisionId: string | undefined): boolean {
  return (
    alias !== undefined && alias.routes.length > 0 && alias.routes.every((route) => route.revisionId === revisionId)
  );
}

function changesBetween(desired: DesiredStateMachine, observed: ObservedStateMachine): readonly ChangedField[] {
  const same: Readonly<Record<ChangedField, boolean>> = {
    definition: deepEqual(desired.definition as unknown as JsonValue, observed.definition as unknown as JsonValue),
    roleArn: desired.roleArn === observed.roleArn,
  };
  return (["definition", "roleArn"] as const).filter((field) => !same[field]);
}

function aliasAction(alias: ObservedAlias | undefined): DeployAction {
  return alias === undefined ? { kind: "createAlias" } : { kind: "updateAlias", aliasArn: alias.arn };
}
