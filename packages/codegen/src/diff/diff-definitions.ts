/** Two definitions compared state by state, in the words of a reviewer. */
import type { JsonObject, WalkedGraph, WalkedState } from "@stepwright/asl";
import { deepEqual, isJsonArray, isJsonObject, transitionsOf, walkGraphs } from "@stepwright/asl";
import { contractDifferences } from "./contract-differences.ts";
import type { MachineContracts } from "./contract-differences.ts";
import type { Difference } from "./difference.ts";
import { differenceKinds } from "./difference.ts";
import { longestWay } from "./longest-way.ts";
import { flowBetween, targetChange } from "./flow.ts";
import type { Flow } from "./flow.ts";
import { pairStates } from "./pair-states.ts";
import { permissionDifferences } from "./permission-differences.ts";
import { ruleChanges } from "./rule-changes.ts";
import { fieldChanges, objectsIn, textOf } from "./state-differences.ts";
import type { Change } from "./state-differences.ts";
import { describeChange } from "./value-differences.ts";

export interface DiffOptions {
  /** Of both machines; without them only the definitions are compared. */
  readonly contracts?: { readonly before: MachineContracts; readonly after: MachineContracts };
}

/** @returns what changed, most telling first; nothing when the definitions mean and say the same */
export function diffDefinitions(
  before: JsonObject,
  after: JsonObject,
  { contracts }: DiffOptions = {},
): readonly Difference[] {
  const [old] = walkGraphs(before);
  const [now] = walkGraphs(after);
  if (old === undefined || now === undefined) return [];
  const differences = [
    ...fieldChanges(before, after, "the machine").map((change) => ({ ...change, location: "/" })),
    ...graphDifferences(old, now, { start: "the machine", run: "execution" }),
    ...permissionDifferences(before, after),
  ];
  const found = differences.length > 0 || deepEqual(before, after) ? differences : [untold(before, after)];
  const promised = contracts === undefined ? [] : contractDifferences(contracts.before, contracts.after, after);
  return [...found, ...promised].toSorted(
    (one, other) => differenceKinds.indexOf(one.kind) - differenceKinds.indexOf(other.kind),
  );
}

/** Two definitions that differ must never look alike. */
function untold(before: JsonObject, after: JsonObject): Difference {
  return { kind: "wording", message: describeChange(before, after) ?? "changed", location: "/" };
}

interface GraphWords {
  /** What starts: `branch 1 of Deploy`. */
  readonly start: string;
  /** What one run of the graph is: `item of Train`. */
  readonly run: string;
}

function graphDifferences(before: WalkedGraph, after: WalkedGraph, words: GraphWords): readonly Difference[] {
  const pairs = pairStates(before, after);
  const flow = flowBetween(before, after, pairs);
  return [
    ...pairs.renamed.map(([one, other]): Difference => ({
      kind: "states",
      message: `state renamed ${one.name} -> ${other.name}`,
      location: other.location,
      before: one.name,
      after: other.name,
    })),
    ...pairs.added.map((state) => appeared("added", state, after)),
    ...pairs.removed.map((state) => appeared("removed", state, before)),
    ...startDifference(before, after, flow, words),
    ...[...pairs.kept, ...pairs.renamed].flatMap(([one, other]) => stateDifferences(one, other, flow)),
    ...costDifference(before, after, words),
  ];
}

function appeared(change: "added" | "removed", state: WalkedState, graph: WalkedGraph): Difference {
  const { name, location, value } = state;
  const comesFrom = graph.states.filter((other) => transitionsOf(other).some(({ to }) => to === name));
  const [from] = comesFrom;
  const next = value["Next"];
  const where =
    from !== undefined && comesFrom.length === 1 && typeof next === "string"
      ? ` between ${from.name} and ${next}`
      : from === undefined
        ? " at the start"
        : ` behind ${comesFrom.map((other) => other.name).join(", ")}`;
  return {
    kind: "states",
    message: `${textOf(value["Type"]) ?? "State"} ${name} ${change}${where}`,
    location,
    [change === "added" ? "after" : "before"]: value,
  };
}

function startDifference(
  before: WalkedGraph,
  after: WalkedGraph,
  flow: Flow,
  { start }: GraphWords,
): readonly Difference[] {
  const [old, now] = [textOf(before.value["StartAt"]), textOf(after.value["StartAt"])];
  if (flow.isSameTarget(old, now)) return [];
  const location = after.owner?.location ?? "/";
  return [
    { kind: "flow", message: `${start} starts with ${now ?? "nothing"}, no longer with ${old ?? "nothing"}`, location },
  ];
}

function costDifference(before: WalkedGraph, after: WalkedGraph, { run }: GraphWords): readonly Difference[] {
  const [old, now] = [longestWay(before), longestWay(after)];
  if (old === now) return [];
  const more = now - old;
  const message = `${more > 0 ? "+" : "-"}${counted(Math.abs(more), "transition")} per ${run} (${old} -> ${now} on the longest way)`;
  return [{ kind: "cost", message, location: after.owner?.location ?? "/", before: old, after: now }];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function stateDifferences(before: WalkedState, after: WalkedState, flow: Flow): readonly Difference[] {
  const { name, location } = after;
  const [old, now] = [before.value, after.value];
  const changes = [
    ...fieldChanges(old, now, name),
    ...exitChanges(old, now, name, flow),
    ...ruleChanges(old, now, name, flow),
    ...catchTargetChanges(old, now, name, flow),
    ...processorChanges(old, now, name),
  ];
  return [...changes.map((change) => ({ ...change, location })), ...innerDifferences(before, after)];
}

function exitChanges(before: JsonObject, after: JsonObject, name: string, flow: Flow): readonly Change[] {
  if (after["Type"] === "Choice") {
    return targetChange(textOf(before["Default"]), textOf(after["Default"]), `${name}, when no rule matches,`, flow);
  }
  return targetChange(textOf(before["Next"]), textOf(after["Next"]), name, flow);
}

function catchTargetChanges(before: JsonObject, after: JsonObject, name: string, flow: Flow): readonly Change[] {
  return objectsIn(after["Catch"]).flatMap((catcher) => {
    const errors = catcher["ErrorEquals"] ?? [];
    const same = objectsIn(before["Catch"]).find((other) => deepEqual(other["ErrorEquals"] ?? [], errors));
    if (same === undefined) return [];
    const words = isJsonArray(errors) ? errors.map((error) => textOf(error) ?? "").join(", ") : "";
    return targetChange(textOf(same["Next"]), textOf(catcher["Next"]), `catch on ${words} of ${name}`, flow);
  });
}

/** The processor's fields beside its states, and the deprecated name of the processor. */
function processorChanges(before: JsonObject, after: JsonObject, name: string): readonly Change[] {
  if (after["Type"] !== "Map" || before["Type"] !== "Map") return [];
  const { StartAt: _oldStart, States: _oldStates, ...old } = processorOf(before);
  const { StartAt: _start, States: _states, ...now } = processorOf(after);
  const renamed = Object.hasOwn(before, "Iterator") !== Object.hasOwn(after, "Iterator");
  return [
    ...fieldChanges(old, now, `the processor of ${name}`),
    ...(renamed
      ? [{ kind: "wording", message: `${name} says ${processorField(after)} for its processor` } as const]
      : []),
  ];
}

function processorField(state: JsonObject): "ItemProcessor" | "Iterator" {
  return Object.hasOwn(state, "Iterator") ? "Iterator" : "ItemProcessor";
}

function processorOf(state: JsonObject): JsonObject {
  const processor = state[processorField(state)];
  return isJsonObject(processor) ? processor : {};
}

function innerDifferences(before: WalkedState, after: WalkedState): readonly Difference[] {
  const { name, location } = after;
  const isParallel = after.value["Type"] === "Parallel";
  const words = (index: number): GraphWords =>
    isParallel
      ? { start: `branch ${index + 1} of ${name}`, run: `run of branch ${index + 1} of ${name}` }
      : { start: `each item of ${name}`, run: `item of ${name}` };
  const both = after.graphs.slice(0, before.graphs.length);
  const inside = both.flatMap((graph, index) => {
    const old = before.graphs[index];
    return old === undefined ? [] : graphDifferences(old, graph, words(index));
  });
  if (!isParallel || after.graphs.length === before.graphs.length) return inside;
  const more = after.graphs.length - before.graphs.length;
  const change = more > 0 ? "added to" : "removed from";
  const message = `${counted(Math.abs(more), "branch").replace(/branchs$/, "branches")} ${change} ${name}`;
  return [{ kind: "states", message, location }, ...inside];
}
