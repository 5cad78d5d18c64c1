/**
 * What a picture of a definition shows, before any format: states, the boxes inside them, and the transitions.
 * A transition never leaves its own graph, so a picture is a tree of small flat graphs.
 */
import { isJsonArray, isJsonObject, walkGraphs } from "@stepwright/asl";
import type { JsonObject, JsonValue, WalkedGraph, WalkedState } from "@stepwright/asl";
import { conditionLabel } from "./condition-label.ts";

export interface GraphModel {
  /** The id of the state that the graph starts at; absent when the definition names none that exists. */
  readonly start?: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** `s0`, `s1`, … in the order of the text, an outer state before its inner ones; unique over the whole definition. */
  readonly id: string;
  readonly name: string;
  readonly type: NodeType;
  /** What is shown below the name: what a Map does, what a Task calls, each Retrier. */
  readonly details: readonly string[];
  /** A Map's processor, a Parallel's branches. */
  readonly graphs: readonly GraphModel[];
}

export type NodeType = "Task" | "Pass" | "Choice" | "Wait" | "Succeed" | "Fail" | "Parallel" | "Map" | "Unknown";

export interface GraphEdge {
  readonly from: string;
  /** The id of a state, or `undefined` when the definition names one that does not exist. */
  readonly to: string | undefined;
  readonly kind: "next" | "rule" | "default" | "catch";
  readonly label: string;
}

export function graphModelOf(definition: JsonValue | object): GraphModel {
  const [root] = walkGraphs(definition);
  if (root === undefined) {
    return { nodes: [], edges: [] };
  }
  const ids = new Map<WalkedState, string>();
  numberStates(root, ids);
  return modelOf(root, ids);
}

type Ids = ReadonlyMap<WalkedState, string>;

function numberStates(graph: WalkedGraph, ids: Map<WalkedState, string>): void {
  for (const state of graph.states) {
    ids.set(state, `s${ids.size}`);
    state.graphs.forEach((inner) => numberStates(inner, ids));
  }
}

function modelOf(graph: WalkedGraph, ids: Ids): GraphModel {
  const idByName = new Map(graph.states.map((state) => [state.name, ids.get(state) ?? ""]));
  const startAt = graph.value["StartAt"];
  const start = typeof startAt === "string" ? idByName.get(startAt) : undefined;
  return {
    ...(start === undefined ? {} : { start }),
    nodes: graph.states.map((state) => nodeOf(state, ids)),
    edges: graph.states.flatMap((state) => edgesOf(state, ids.get(state) ?? "", idByName)),
  };
}

const nodeTypes = ["Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"] as const;

function nodeOf(state: WalkedState, ids: Ids): GraphNode {
  const { name, value } = state;
  const type = nodeTypes.find((known) => known === value["Type"]) ?? "Unknown";
  const details = [...detailsOf(type, value), ...objectsOf(value["Retry"]).map(retryDetail)];
  return { id: ids.get(state) ?? "", name, type, details, graphs: state.graphs.map((inner) => modelOf(inner, ids)) };
}

function detailsOf(type: NodeType, value: JsonObject): readonly string[] {
  if (type === "Map") {
    return [mapDetail(value)];
  }
  if (type === "Wait") {
    return typeof value["Seconds"] === "number" ? [`${value["Seconds"]} s`] : [];
  }
  return type === "Fail" && typeof value["Error"] === "string" ? [value["Error"]] : [];
}

function mapDetail(value: JsonObject): string {
  const { MaxConcurrency: most, ItemProcessor: processor } = value;
  const config = isJsonObject(processor) ? processor["ProcessorConfig"] : undefined;
  const isDistributed = isJsonObject(config) && config["Mode"] === "DISTRIBUTED";
  return [
    "for each item",
    ...(isDistributed ? ["an execution of its own"] : []),
    ...(typeof most === "number" && most > 0 ? [`${most} at a time`] : []),
  ].join(", ");
}

function retryDetail(retrier: JsonObject): string {
  const attempts = typeof retrier["MaxAttempts"] === "number" ? retrier["MaxAttempts"] : 3;
  return `↻ ${attempts}× ${errorsOf(retrier)}`;
}

function edgesOf({ value }: WalkedState, from: string, idByName: ReadonlyMap<string, string>): readonly GraphEdge[] {
  const edge = (to: JsonValue | undefined, kind: GraphEdge["kind"], label: string): readonly GraphEdge[] =>
    typeof to === "string" ? [{ from, to: idByName.get(to), kind, label }] : [];
  return [
    ...edge(value["Next"], "next", ""),
    ...objectsOf(value["Choices"]).flatMap((rule) => edge(rule["Next"], "rule", conditionLabel(rule))),
    ...edge(value["Default"], "default", "otherwise"),
    ...objectsOf(value["Catch"]).flatMap((catcher) => edge(catcher["Next"], "catch", errorsOf(catcher))),
  ];
}

function errorsOf(handler: JsonObject): string {
  const errors = handler["ErrorEquals"];
  return isJsonArray(errors) ? errors.filter((name) => typeof name === "string").join(", ") : "";
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
