/** Who follows whom: the transitions of one graph of states. */
import { isJsonArray, isJsonObject } from "./json.ts";
import type { JsonValue } from "./json.ts";
import { placeIn } from "./place.ts";
import type { Place } from "./place.ts";
import type { WalkedGraph, WalkedState } from "./walk.ts";

export interface StateTransition {
  readonly from: WalkedState;
  /** May name a state that does not exist. */
  readonly to: string;
  readonly via: "Next" | "Default" | "Catch" | "Choices";
  /** Of the name in the definition: `/States/A/Catch[0]/Next`. */
  readonly place: Place;
}

/** The transitions out of a state, in the order: Next, rules, Default, catchers. */
export function transitionsOf(state: WalkedState): readonly StateTransition[] {
  const found: StateTransition[] = [];
  const { value, place } = state;
  add(value, "Next", "Next", place);
  addAll("Choices");
  add(value, "Default", "Default", place);
  addAll("Catch");
  return found;

  function add(owner: JsonValue, field: "Next" | "Default", via: StateTransition["via"], ownerPlace: Place): void {
    const to = isJsonObject(owner) && Object.hasOwn(owner, field) ? owner[field] : undefined;
    if (typeof to === "string") found.push({ from: state, to, via, place: placeIn(ownerPlace, field) });
  }

  function addAll(field: "Choices" | "Catch"): void {
    const list = Object.hasOwn(value, field) ? value[field] : undefined;
    if (!isJsonArray(list)) return;
    const listPlace = placeIn(place, field);
    list.forEach((item, index) => add(item, "Next", field, placeIn(listPlace, index)));
  }
}

/** The execution of a graph can end in this state. */
export function isTerminal(state: WalkedState): boolean {
  const type = state.value["Type"];
  return type === "Succeed" || type === "Fail" || state.value["End"] === true;
}

/** The names of the states that an execution can come to. */
export function reachableStates(graph: WalkedGraph): ReadonlySet<string> {
  const byName = new Map(graph.states.map((state) => [state.name, state]));
  const reached = new Set<string>();
  const waiting = [graph.value["StartAt"]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== "string" || reached.has(next)) continue;
    const state = byName.get(next);
    if (state === undefined) continue;
    reached.add(next);
    for (const transition of transitionsOf(state)) waiting.push(transition.to);
  }
  return reached;
}
