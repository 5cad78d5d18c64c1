/**
 * A graph of states as an author would write it: a chain whose Choices and Catchers open ways that rejoin it, end, or
 * jump. Every state stands once; a transition to a state that stands elsewhere is a jump.
 */
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import { CodegenError } from "../codegen-error.ts";

export interface WrittenChain {
  readonly steps: readonly WrittenStep[];
  readonly exit: WrittenExit;
}

export type WrittenExit =
  /** Into the state behind the chain. */
  | { readonly kind: "falls" }
  /** With its last state; `explicit` where another state would follow. */
  | { readonly kind: "ends"; readonly explicit: boolean }
  | { readonly kind: "jumps"; readonly to: string; readonly forward: boolean };

export interface WrittenStep {
  readonly name: string;
  readonly state: JsonObject;
  /** Of a Choice's rules, in their order. */
  readonly choices: readonly WrittenWay[];
  /** Of its `Default`; `undefined` where it goes straight on, `none` where there is none. */
  readonly otherwise: WrittenChain | "none" | undefined;
  readonly catchers: readonly WrittenWay[];
  /** A Parallel's branches, or a Map's processor. */
  readonly graphs: readonly WrittenInnerGraph[];
}

export interface WrittenInnerGraph {
  /** In the state: `Branches[0]`. */
  readonly place: string;
  readonly chain: WrittenChain;
}

export interface WrittenWay {
  /** The rule or Catcher. */
  readonly fields: JsonObject;
  readonly chain: WrittenChain;
}

/**
 * @param location  of the graph, for messages: `/States/Each/ItemProcessor`
 * @throws CodegenError `NOT_IMPORTABLE` when a target is missing, a state cannot be reached, or a state leads nowhere
 */
export function writeGraph(graph: JsonObject, location: string): WrittenChain {
  const states = new Map<string, JsonObject>();
  for (const [name, state] of Object.entries(objectOf(graph["States"]))) states.set(name, objectOf(state));
  const targets = new Map([...states].map(([name, state]) => [name, targetsOf(state)]));
  for (const [name, leads] of targets) {
    const missing = leads.find((target) => !states.has(target));
    if (missing !== undefined) {
      throw notImportable(
        `found ${location}/States/${name} leading to ${missing}, wanted a state of ${location || "/"}`,
      );
    }
  }
  const start = graph["StartAt"];
  if (typeof start !== "string" || !states.has(start)) {
    throw notImportable(`found StartAt ${JSON.stringify(start)}, wanted a state of ${location || "/"}`);
  }
  const written = new Set<string>();
  // States that an enclosing chain will come to.
  const awaited = new Set<string>();
  const chain = writeChain(start, undefined);
  const lost = [...states.keys()].filter((name) => !written.has(name));
  if (lost.length > 0) {
    throw notImportable(`found no way to ${lost.map((name) => `${location}/States/${name}`).join(", ")}`);
  }
  return chain;

  function writeChain(from: string, following: string | undefined): WrittenChain {
    const steps: WrittenStep[] = [];
    let name: string | undefined = from;
    while (name !== undefined) {
      if (name === following) return { steps, exit: { kind: "falls" } };
      if (written.has(name)) return { steps, exit: { kind: "jumps", to: name, forward: false } };
      if (awaited.has(name)) return { steps, exit: { kind: "jumps", to: name, forward: true } };
      const state = states.get(name);
      if (state === undefined) break;
      written.add(name);
      const next: string | undefined =
        state["Type"] === "Choice" ? meetingPoint(state, following) : textOf(state["Next"]);
      if (next === undefined && state["Type"] !== "Choice" && !endsItself(state)) {
        throw notImportable(`found neither Next nor End in ${location}/States/${name}`);
      }
      steps.push(writeStep(name, state, next ?? (state["Type"] === "Choice" ? following : undefined)));
      if (next === undefined) {
        const falls = state["Type"] === "Choice";
        return { steps, exit: falls ? { kind: "falls" } : { kind: "ends", explicit: needsEnd(state, following) } };
      }
      name = next;
    }
    return { steps, exit: { kind: "falls" } };
  }

  function writeStep(name: string, state: JsonObject, next: string | undefined): WrittenStep {
    const wasAwaited = next === undefined || awaited.has(next);
    if (!wasAwaited) awaited.add(next);
    const ways = (field: "Choices" | "Catch") =>
      objectsIn(state[field]).map((fields) => ({ fields, chain: writeChain(targetOf(fields, name), next) }));
    const catchers = ways("Catch");
    const choices = ways("Choices");
    const otherwise = state["Type"] === "Choice" ? writeDefault(textOf(state["Default"]), next) : undefined;
    if (!wasAwaited) awaited.delete(next);
    const graphs = innerGraphs(state).map(([place, inner]) => ({
      place,
      chain: writeGraph(inner, `${location}/States/${name}/${place}`),
    }));
    return { name, state, choices, otherwise, catchers, graphs };
  }

  function writeDefault(target: string | undefined, next: string | undefined): WrittenStep["otherwise"] {
    if (target === undefined) return "none";
    return target === next ? undefined : writeChain(target, next);
  }

  function targetOf(fields: JsonObject, name: string): string {
    const target = textOf(fields["Next"]);
    if (target === undefined) throw notImportable(`found no Next in a way out of ${location}/States/${name}`);
    return target;
  }

  /**
   * Where the ways of a Choice come together again: the nearest state that most of them reach. When they stay apart,
   * the chain goes on with the longest, so that short ways out do not push the main way to the right.
   */
  function meetingPoint(choice: JsonObject, following: string | undefined): string | undefined {
    const ways = [...new Set(targetsOf(choice))].filter((name) => states.has(name));
    const reached = ways.map((way) => distancesFrom(way, following));
    const counts = new Map<string, { ways: number; distance: number }>();
    for (const distances of reached) {
      for (const [name, distance] of distances) {
        const count = counts.get(name) ?? { ways: 0, distance: 0 };
        counts.set(name, { ways: count.ways + 1, distance: Math.max(count.distance, distance) });
      }
    }
    const shared = [...counts]
      .filter(([name, count]) => count.ways > 1 && states.get(name)?.["Type"] !== "Fail")
      .toSorted(([, one], [, other]) => other.ways - one.ways || one.distance - other.distance);
    const [best] = shared;
    if (best !== undefined) return best[0] === following || isTaken(best[0]) ? undefined : best[0];
    const fallback = textOf(choice["Default"]);
    const candidates = ways
      .map((way, index) => ({ way, size: reached[index]?.size ?? 0 }))
      .filter(({ way }) => way !== following && !isTaken(way))
      .toSorted((one, other) => other.size - one.size || Number(other.way === fallback) - Number(one.way === fallback));
    const [longest] = candidates;
    // Where another way goes on behind this Choice, nothing else may stand there.
    const othersFall = reached.some((distances) => following !== undefined && distances.has(following));
    return longest === undefined || othersFall ? undefined : longest.way;
  }

  function isTaken(name: string): boolean {
    return written.has(name) || awaited.has(name);
  }

  /** Steps to every state that is still to be written, and to `following`, behind which it does not look. */
  function distancesFrom(way: string, following: string | undefined): ReadonlyMap<string, number> {
    const distances = new Map<string, number>();
    let frontier = [way];
    for (let distance = 0; frontier.length > 0; distance++) {
      const reachedNow: string[] = [];
      for (const name of frontier) {
        if (distances.has(name) || (name !== following && isTaken(name))) continue;
        distances.set(name, distance);
        if (name !== following) reachedNow.push(...(targets.get(name) ?? []));
      }
      frontier = reachedNow;
    }
    return distances;
  }
}

/** Those that a state holds or leads out to. */
export function chainsOf({ choices, otherwise, catchers, graphs }: WrittenStep): readonly WrittenChain[] {
  return [
    ...[...choices, ...catchers, ...graphs].map(({ chain }) => chain),
    ...(otherwise === undefined || otherwise === "none" ? [] : [otherwise]),
  ];
}

/** @param message  what was found and where */
export function notImportable(message: string): CodegenError {
  return new CodegenError("NOT_IMPORTABLE", message);
}

function innerGraphs(state: JsonObject): readonly (readonly [place: string, graph: JsonObject])[] {
  if (state["Type"] === "Parallel") {
    return objectsIn(state["Branches"]).map((branch, index) => [`Branches[${index}]`, branch]);
  }
  if (state["Type"] !== "Map") return [];
  const field = processorField(state);
  return [[field, objectOf(state[field])]];
}

/** What a branch or a processor says besides its states. */
export function besidesStates({ StartAt: _start, States: _states, ...besides }: JsonObject): JsonObject {
  return besides;
}

export function processorField(map: JsonObject): "ItemProcessor" | "Iterator" {
  return Object.hasOwn(map, "ItemProcessor") ? "ItemProcessor" : "Iterator";
}

function needsEnd(state: JsonObject, following: string | undefined): boolean {
  return following !== undefined && state["End"] === true;
}

function endsItself(state: JsonObject): boolean {
  return state["End"] === true || state["Type"] === "Succeed" || state["Type"] === "Fail";
}

function targetsOf(state: JsonObject): readonly string[] {
  const owners = [...objectsIn(state["Choices"]), ...objectsIn(state["Catch"])];
  return [state["Next"], ...owners.map((owner) => owner["Next"]), state["Default"]].filter(
    (target) => typeof target === "string",
  );
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.map(objectOf) : [];
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
