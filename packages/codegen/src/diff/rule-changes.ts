/** What changed in the rules of a Choice. */
import type { JsonObject } from "@stepwright/asl";
import { deepEqual } from "@stepwright/asl";
import { conditionLabel } from "../graph/condition-label.ts";
import type { Flow } from "./flow.ts";
import { targetChange } from "./flow.ts";
import type { Change } from "./state-differences.ts";
import { objectsIn, own, textOf } from "./state-differences.ts";
import { describeChange } from "./value-differences.ts";

/** Rules are the same when their conditions are. */
export function ruleChanges(before: JsonObject, after: JsonObject, name: string, flow: Flow): readonly Change[] {
  const [old, now] = [objectsIn(before["Choices"]), objectsIn(after["Choices"])];
  const kept = now.filter((rule) => twinOf(rule, old) !== undefined);
  const keptBefore = old.filter((rule) => twinOf(rule, now) !== undefined);
  const added = now.filter((rule) => !kept.includes(rule));
  const removed = old.filter((rule) => !keptBefore.includes(rule));
  // One rule went and one came for the same way: its condition changed.
  const changed = removed.flatMap((rule) => {
    const others = added.filter((other) => flow.isSameTarget(textOf(rule["Next"]), textOf(other["Next"])));
    const [other] = others;
    return other !== undefined && others.length === 1 ? [[rule, other] as const] : [];
  });
  const told = new Set(changed.flat());
  const inOrder = kept.every((rule, index) => twinOf(rule, old) === keptBefore[index]);
  return [
    ...changed.map(([one, other]): Change => ({
      kind: "flow",
      message: `${name} goes on with ${textOf(other["Next"])} when ${conditionLabel(other)}, before: when ${conditionLabel(one)}`,
      before: one,
      after: other,
    })),
    ...added
      .filter((rule) => !told.has(rule))
      .map((rule): Change => ({
        kind: "flow",
        message: `rule added to ${name}: ${textOf(rule["Next"])} when ${conditionLabel(rule)}`,
        after: rule,
      })),
    ...removed
      .filter((rule) => !told.has(rule))
      .map((rule): Change => ({
        kind: "flow",
        message: `rule removed from ${name}: ${textOf(rule["Next"])} when ${conditionLabel(rule)}`,
        before: rule,
      })),
    ...(inOrder ? [] : [{ kind: "flow", message: `rules of ${name} are tried in another order` } as const]),
    ...kept.flatMap((rule) => {
      const twin = twinOf(rule, old);
      const who = `${name}, when ${conditionLabel(rule)},`;
      const moved = twin === undefined ? [] : targetChange(textOf(twin["Next"]), textOf(rule["Next"]), who, flow);
      const data = twin === undefined ? [] : ruleDataChanges(twin, rule, who);
      return [...moved, ...data];
    }),
  ];
}

function twinOf(rule: JsonObject, among: readonly JsonObject[]): JsonObject | undefined {
  return among.find((other) => deepEqual(conditionOf(rule), conditionOf(other)));
}

const besideCondition = new Set(["Next", "Comment", "Assign", "Output"]);

function conditionOf(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([field]) => !besideCondition.has(field)));
}

function ruleDataChanges(before: JsonObject, after: JsonObject, who: string): readonly Change[] {
  return ["Assign", "Output", "Comment"].flatMap((field): readonly Change[] => {
    const change = describeChange(own(before, field), own(after, field));
    if (change === undefined) return [];
    return [{ kind: field === "Comment" ? "wording" : "data", message: `${field} of ${who} ${change}` }];
  });
}
