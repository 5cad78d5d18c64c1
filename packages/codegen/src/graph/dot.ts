/**
 * A definition in Graphviz's language: nested graphs as clusters, catches dashed.
 * Graphviz draws arrows between states only; one that meets a box is cut at the box's border (`lhead`, `ltail`).
 *
 * @see https://graphviz.org/doc/info/lang.html
 */
import type { JsonValue } from "@stepwright/asl";
import { graphModelOf } from "./graph-model.ts";
import type { GraphEdge, GraphModel, GraphNode, NodeType } from "./graph-model.ts";

/** @returns the text of a `.dot` file; the same definition gives the same bytes */
export function printDot(definition: JsonValue | object): string {
  const model = graphModelOf(definition);
  const nodes = new Map(nodesWithin(model).map((node) => [node.id, node]));
  const start = nodes.get(model.start ?? "");
  const startArrow = start === undefined ? [] : [`start -> ${arrow(undefined, start, [])}`];
  const body = [
    "compound=true",
    'graph [fontname="Helvetica", style="rounded", color="gray60"]',
    'node [fontname="Helvetica", shape=box, style="rounded", color="gray40"]',
    'edge [fontname="Helvetica", fontsize=10, color="gray40"]',
    "start [shape=point, width=0.15]",
    ...graphLines(model),
    ...startArrow,
    ...[...nodesGraphs(model)].flatMap(({ edges }) => edges.map((edge) => edgeLine(edge, nodes))),
  ];
  return ["digraph {", ...body.map((line) => `  ${line}`), "}", ""].join("\n");
}

function graphLines({ nodes }: GraphModel): readonly string[] {
  return nodes.flatMap((node) => {
    const label = quoted([node.name, ...node.details].join("\n"));
    if (!isCluster(node)) {
      return [`${node.id} [label=${label}${shapes[node.type] ?? ""}]`];
    }
    const inner = node.graphs.flatMap((nested, index) =>
      node.type === "Parallel"
        ? cluster(`${node.id}b${index}`, quoted(`branch ${index + 1}`), graphLines(nested))
        : graphLines(nested),
    );
    return cluster(node.id, label, inner);
  });
}

function cluster(id: string, label: string, inner: readonly string[]): readonly string[] {
  const body = [`label=${label}`, ...inner].map((line) => `  ${line}`);
  return [`subgraph cluster_${id} {`, ...body, "}"];
}

/** What differs from the rounded box that every node is. */
const shapes: Partial<Record<NodeType, string>> = {
  Choice: ', shape=diamond, style=""',
  Wait: ", peripheries=2",
  Succeed: ", color=darkgreen, penwidth=2",
  Fail: ", color=firebrick, penwidth=2",
  Pass: ', style="rounded,dashed"',
};

function edgeLine({ from, to, kind, label }: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): string {
  const attributes = [
    ...(label === "" ? [] : [`label=${quoted(label)}`]),
    ...(kind === "catch" ? ["style=dashed"] : []),
  ];
  const tail = nodes.get(from);
  const head = nodes.get(to ?? "");
  return `${tail === undefined ? from : anchorOf(tail, "last")} -> ${arrow(tail, head, attributes)}`;
}

/** The arrow's end and its attributes. */
function arrow(tail: GraphNode | undefined, head: GraphNode | undefined, attributes: readonly string[]): string {
  const all = [
    ...attributes,
    ...(tail !== undefined && isCluster(tail) ? [`ltail=cluster_${tail.id}`] : []),
    ...(head !== undefined && isCluster(head) ? [`lhead=cluster_${head.id}`] : []),
  ];
  return `${head === undefined ? "missing" : anchorOf(head, "first")}${all.length === 0 ? "" : ` [${all.join(", ")}]`}`;
}

/** A cluster's arrows come in at its first state and leave at one that its graph ends with. */
function anchorOf(node: GraphNode, side: "first" | "last"): string {
  const inner = node.graphs.find(({ nodes }) => nodes.length > 0);
  const state =
    inner?.nodes.find(({ id }) => (side === "first" ? id === inner.start : endsAt(id, inner))) ?? inner?.nodes[0];
  return state === undefined ? node.id : anchorOf(state, side);
}

function endsAt(id: string, { edges }: GraphModel): boolean {
  return edges.every(({ from, kind }) => from !== id || kind === "catch");
}

function isCluster({ graphs }: GraphNode): boolean {
  return graphs.some(({ nodes }) => nodes.length > 0);
}

function nodesGraphs(model: GraphModel): readonly GraphModel[] {
  return [model, ...model.nodes.flatMap(({ graphs }) => graphs.flatMap(nodesGraphs))];
}

function nodesWithin(model: GraphModel): readonly GraphNode[] {
  return nodesGraphs(model).flatMap(({ nodes }) => nodes);
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
