/**
 * A definition as a Mermaid flowchart: nested graphs as boxes, retries in the state's label, catches as dotted arrows.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
import type { JsonValue } from "@stepwright/asl";
import { graphModelOf } from "./graph-model.ts";
import type { GraphEdge, GraphModel, GraphNode, NodeType } from "./graph-model.ts";

/** @returns the text of a `.mmd` file; the same definition gives the same bytes */
export function printMermaid(definition: JsonValue | object): string {
  const model = graphModelOf(definition);
  if (model.nodes.length === 0) {
    return "flowchart TD\n";
  }
  const body = [...graphLines(model), `start(( )) --> ${model.start ?? "missing"}`, ...edgeLines(model)];
  return ["flowchart TD", ...body.map((line) => `  ${line}`), ""].join("\n");
}

function graphLines({ nodes }: GraphModel): readonly string[] {
  return nodes.flatMap((node) => {
    const { id, graphs, type } = node;
    if (graphs.length === 0) {
      const [open, close] = shapes[type];
      return [`${id}${open}"${labelOf(node)}"${close}`];
    }
    const inner = graphs.flatMap((nested, index) =>
      type === "Parallel"
        ? [`subgraph ${id}b${index}["branch ${index + 1}"]`, ...indented(graphLines(nested)), "end"]
        : graphLines(nested),
    );
    return [`subgraph ${id}["${labelOf(node)}"]`, ...indented(inner), "end"];
  });
}

function edgeLines({ nodes, edges }: GraphModel): readonly string[] {
  return nodes.flatMap(({ id, graphs }) => [
    ...edges.filter(({ from }) => from === id).map(edgeLine),
    ...graphs.flatMap(edgeLines),
  ]);
}

function edgeLine({ from, to = "missing", kind, label }: GraphEdge): string {
  return `${from} ${kind === "catch" ? "-.->" : "-->"}${label === "" ? "" : `|"${escape(label)}"|`} ${to}`;
}

type Shape = readonly [open: string, close: string];

const shapes: Readonly<Record<NodeType, Shape>> = {
  Task: ["[", "]"],
  Parallel: ["[", "]"],
  Map: ["[", "]"],
  Unknown: ["[", "]"],
  Choice: ["{", "}"],
  Wait: ["([", "])"],
  Succeed: ["(((", ")))"],
  Fail: ["(((", ")))"],
  Pass: ["[/", "/]"],
};

function labelOf({ name, details }: GraphNode): string {
  return [escape(name), ...details.map((line) => `<small>${escape(line)}</small>`)].join("<br/>");
}

/** Mermaid reads entities without `&`: `#quot;` is a quotation mark. */
function escape(text: string): string {
  return text.replaceAll(/["#&<>]/g, (character) => `#${character.codePointAt(0)};`);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
