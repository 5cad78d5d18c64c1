/** What the execution role must be allowed more, or may be allowed less. */
import type { JsonObject } from "@stepwright/asl";
import { policyOf } from "../iam/policy.ts";
import type { Difference } from "./difference.ts";

export function permissionDifferences(before: JsonObject, after: JsonObject): readonly Difference[] {
  const [had, has] = [permissionsOf(before), permissionsOf(after)];
  return [
    ...missingIn(had, has).map((permission) => permissionDifference("widened", permission)),
    ...missingIn(has, had).map((permission) => permissionDifference("narrowed", permission)),
  ];
}

function permissionDifference(change: "widened" | "narrowed", permission: string): Difference {
  return { kind: "permissions", message: `IAM ${change}: ${permission}`, location: "/" };
}

function permissionsOf(definition: JsonObject): ReadonlySet<string> {
  // The name stands only in the ARNs of the machine's own runs, which both sides then share.
  const { statements } = policyOf(definition, { machine: "StateMachine" });
  return new Set(
    statements.flatMap(({ actions, resources, condition }) => {
      const when = condition === undefined ? "" : ` when ${JSON.stringify(condition)}`;
      return actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}${when}`));
    }),
  );
}

function missingIn(known: ReadonlySet<string>, permissions: ReadonlySet<string>): readonly string[] {
  return [...permissions].filter((permission) => !known.has(permission)).toSorted();
}
