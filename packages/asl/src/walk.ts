/** Every state of a definition, nested ones included, with where it stands and what holds there. */
import type { QueryLanguage } from "./definition.ts";
import { isJsonArray, isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { locationOf, placeIn } from "./place.ts";
import type { Place } from "./place.ts";

/** A `States` block with its `StartAt`: the machine, a Parallel branch or a Map's processor. */
export interface WalkedGraph {
  readonly value: JsonObject;
  readonly place: Place | undefined;
  /** The state that holds this graph; `undefined` for the machine. */
  readonly owner: WalkedState | undefined;
  readonly role: "StateMachine" | "Branch" | "ItemProcessor";
  readonly states: readonly WalkedState[];
}

export interface WalkedState {
  readonly name: string;
  /** As AWS prints it: `/States/Train/Branches[0]/States/Fit`. */
  readonly location: string;
  readonly place: Place;
  /** Unchecked: the fields may be anything. */
  readonly value: JsonObject;
  readonly graph: WalkedGraph;
  /** The state's own language, else the machine's; never the enclosing Map's or Parallel's. */
  readonly queryLanguage: QueryLanguage;
  readonly graphs: readonly WalkedGraph[];
}

/** Every graph of a definition, outer ones first. Members that are not objects are passed over. */
export function walkGraphs(definition: JsonValue | object): readonly WalkedGraph[] {
  const root = definition as JsonValue;
  if (!isJsonObject(root)) return [];
  const language = queryLanguageOf(root, "JSONPath");
  const graphs: WalkedGraph[] = [];
  collectGraph(root, undefined, undefined, "StateMachine");
  return graphs;

  function collectGraph(
    value: JsonObject,
    place: Place | undefined,
    owner: WalkedState | undefined,
    role: WalkedGraph["role"],
  ): WalkedGraph {
    const states: WalkedState[] = [];
    const graph: WalkedGraph = { value, place, owner, role, states };
    graphs.push(graph);
    const block = value["States"];
    if (!isJsonObject(block)) return graph;
    const blockPlace = placeIn(place, "States");
    for (const name of Object.keys(block)) {
      const state = block[name];
      if (isJsonObject(state)) states.push(collectState(name, state, placeIn(blockPlace, name), graph));
    }
    return graph;
  }

  function collectState(name: string, value: JsonObject, place: Place, graph: WalkedGraph): WalkedState {
    const inner: WalkedGraph[] = [];
    const state: WalkedState = {
      name,
      get location() {
        return locationOf(place);
      },
      place,
      value,
      graph,
      queryLanguage: queryLanguageOf(value, language),
      graphs: inner,
    };
    if (value["Type"] === "Map") {
      for (const field of ["ItemProcessor", "Iterator"]) {
        const processor = Object.hasOwn(value, field) ? value[field] : undefined;
        if (isJsonObject(processor)) {
          inner.push(collectGraph(processor, placeIn(place, field), state, "ItemProcessor"));
        }
      }
    }
    const branches = value["Type"] === "Parallel" ? value["Branches"] : undefined;
    if (isJsonArray(branches)) {
      const branchesPlace = placeIn(place, "Branches");
      branches.forEach((branch, index) => {
        if (isJsonObject(branch)) inner.push(collectGraph(branch, placeIn(branchesPlace, index), state, "Branch"));
      });
    }
    return state;
  }
}

/**
 * The language of a machine or state: `inherited` when it names none, and JSONata for whatever is not exactly
 * `JSONPath`, as the service reads a misspelt name (which is also a diagnostic).
 */
export function queryLanguageOf(owner: JsonObject, inherited: QueryLanguage): QueryLanguage {
  if (!Object.hasOwn(owner, "QueryLanguage")) return inherited;
  return owner["QueryLanguage"] === "JSONPath" ? "JSONPath" : "JSONata";
}

/** Every state of a definition, in the order of its text, an outer state before its inner ones. */
export function walkStates(definition: JsonValue | object): readonly WalkedState[] {
  const [root] = walkGraphs(definition);
  return root === undefined ? [] : statesWithin(root);
}

/** Every state of a graph and of the graphs in it, in the order of the text. */
export function statesWithin(root: WalkedGraph): readonly WalkedState[] {
  const states: WalkedState[] = [];
  collect(root);
  return states;

  function collect(graph: WalkedGraph): void {
    for (const state of graph.states) {
      states.push(state);
      state.graphs.forEach(collect);
    }
  }
}
