/**
 * The least that a state machine's role must be allowed: what its states need, with equal parts said once.
 * Each statement knows the states that need it.
 */
import { walkStates } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type { Condition, Permission } from "./permission.ts";
import { statePermissions } from "./state-permissions.ts";

export interface Policy {
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  /** Letters and digits; unique in its policy. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
  /** Names of states; `logging` and `tracing` stand for themselves. */
  readonly neededBy: readonly string[];
  /** Why a resource is as wide as it is. */
  readonly notes: readonly string[];
}

export interface PolicyOptions {
  /** The state machine's name. */
  readonly machine: string;
  /** ARNs in place of `*`, by state name. */
  readonly resources?: Readonly<Record<string, readonly string[]>>;
  readonly tracing?: boolean;
  readonly logging?: boolean;
}

/** An inline policy of a role: characters without white space, all inline policies of the role together. */
export const inlinePolicyCharacters = 10_240;

export function policyOf(definition: JsonValue | object, options: PolicyOptions): Policy {
  const { machine, resources = {}, tracing = false, logging = false } = options;
  const needs = walkStates(definition).flatMap((state) =>
    statePermissions(state, machine).map((permission) => ({
      by: state.name,
      permission: narrowed(permission, Object.hasOwn(resources, state.name) ? resources[state.name] : undefined),
    })),
  );
  return { statements: merged([...needs, ...(logging ? [loggingNeed] : []), ...(tracing ? [tracingNeed] : [])]) };
}

interface Need {
  readonly by: string;
  readonly permission: Permission;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (log delivery has no resources) */
const loggingNeed: Need = {
  by: "logging",
  permission: {
    actions: [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ],
    resources: ["*"],
    note: "log delivery knows no resources",
  },
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html */
const tracingNeed: Need = {
  by: "tracing",
  permission: {
    actions: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resources: ["*"],
    note: "X-Ray knows no resources",
  },
};

function narrowed(permission: Permission, resources: readonly string[] | undefined): Permission {
  const isWide = permission.note !== undefined && permission.resources.some((resource) => /^\*$|\/\*$/.test(resource));
  if (resources === undefined || !isWide) {
    return permission;
  }
  const { note: _note, ...rest } = permission;
  return { ...rest, resources };
}

interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly condition: Condition | undefined;
  readonly neededBy: Set<string>;
  readonly notes: Set<string>;
}

/**
 * Resources that allow the same actions under the same condition share a statement. Only `*` is not one resource:
 * what different states want of everything stays apart, so that it can be judged one by one.
 */
function merged(needs: readonly Need[]): readonly PolicyStatement[] {
  const byResource = Map.groupBy(grantsOf(needs), ({ resource, condition, neededBy }) =>
    JSON.stringify([resource, condition, resource === "*" ? [...neededBy] : []]),
  );
  const byActions = Map.groupBy(byResource.values(), (grants) =>
    JSON.stringify([grants.map(({ action }) => action).toSorted(compareText), grants[0]?.condition]),
  );
  const taken = new Set<string>();
  return [...byActions.values()].map((groups) => {
    const grants = groups.flat();
    const condition = grants[0]?.condition;
    const actions = distinct(grants.map(({ action }) => action));
    const neededBy = distinct(grants.flatMap((grant) => [...grant.neededBy]));
    return {
      sid: freeSid(actions, neededBy, taken),
      actions,
      resources: distinct(grants.map(({ resource }) => resource)),
      ...(condition === undefined ? {} : { condition }),
      neededBy,
      notes: distinct(grants.flatMap((grant) => [...grant.notes])),
    };
  });
}

function grantsOf(needs: readonly Need[]): readonly Grant[] {
  const grants = new Map<string, Grant>();
  for (const { by, permission } of needs) {
    const { actions, resources, condition, note } = permission;
    for (const action of actions) {
      for (const resource of resources) {
        const key = JSON.stringify([action, resource, condition]);
        const grant = grants.get(key) ?? { action, resource, condition, neededBy: new Set(), notes: new Set() };
        grants.set(key, grant);
        grant.neededBy.add(by);
        if (note !== undefined) grant.notes.add(note);
      }
    }
  }
  return [...grants.values()];
}

/** @example `InvokeFunctionForTrain`, `InvokeFunctionFor7States` */
function freeSid(actions: readonly string[], neededBy: readonly string[], taken: Set<string>): string {
  const [first = "Nothing"] = actions.map((action) => action.slice(action.indexOf(":") + 1));
  const [state = ""] = neededBy;
  const whom = neededBy.length === 1 ? state.charAt(0).toUpperCase() + state.slice(1) : `${neededBy.length}States`;
  const wanted = `${first}For${whom}`.replaceAll(/[^A-Za-z0-9]/g, "");
  let sid = wanted;
  for (let number = 2; taken.has(sid); number += 1) {
    sid = `${wanted}${number}`;
  }
  taken.add(sid);
  return sid;
}

function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
