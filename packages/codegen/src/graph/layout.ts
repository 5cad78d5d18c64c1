/**
 * Where everything of a picture stands. Each graph is laid out on its own by dagre, innermost first, and is then
 * one big node of the graph around it: transitions never cross a box's border, so nothing is lost by that.
 */
import type { GraphEdge, GraphModel, GraphNode } from "./graph-model.ts";
import { breakLines, textWidth } from "./text-lines.ts";

/** Pixels. `x` and `y` are relative to the graph's own corner. */
export interface GraphLayout extends Size {
  readonly start: Point | undefined;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedNode extends Size, Point {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly details: readonly string[];
  /** Relative to the node's corner. */
  readonly graphs: readonly (Point & { readonly layout: GraphLayout })[];
}

export interface PlacedEdge {
  readonly kind: GraphEdge["kind"] | "start";
  readonly points: readonly Point[];
  /** The label's middle; absent when there is none. */
  readonly label?: Point & Size & { readonly lines: readonly string[] };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const titleFontPx = 13;
export const detailFontPx = 11;
export const titleLinePx = 18;
export const detailLinePx = 15;
export const boxPaddingPx = 12;
const startRadiusPx = 6;
const boldFactor = 1.2;

/** What a Choice has as points and the others as round ends is no room for words. */
const pointedTypes = new Set<GraphNode["type"]>(["Choice", "Wait", "Succeed", "Fail"]);

/** How straight an arrow is kept: the ordinary way through a machine runs down the picture. */
const weights: Readonly<Record<PlacedEdge["kind"], number>> = { start: 8, next: 8, rule: 2, default: 1, catch: 1 };

export async function layOut(model: GraphModel): Promise<GraphLayout> {
  // Read only when a picture is drawn.
  const dagre = (await import("@dagrejs/dagre")) as unknown as Dagre;
  return layOutGraph(model, dagre);
}

function layOutGraph(model: GraphModel, dagre: Dagre): GraphLayout {
  if (model.nodes.length === 0) {
    return { width: 0, height: 0, start: undefined, nodes: [], edges: [] };
  }
  const graph = new dagre.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 34, edgesep: 16, marginx: 4, marginy: 4 });
  const sized = model.nodes.map((node) => sizeNode(node, dagre));
  for (const { node, width, height } of sized) {
    graph.setNode(node.id, { width, height });
  }
  if (model.start !== undefined) {
    graph.setNode("start", { width: 2 * startRadiusPx, height: 2 * startRadiusPx });
  }
  const arrows = arrowsOf(model);
  arrows.forEach(({ from, to, kind, lines }, index) => {
    const size = lines.length === 0 ? {} : { ...labelSize(lines), labelpos: "c" };
    graph.setEdge(from, to, { ...size, weight: weights[kind] }, String(index));
  });
  dagre.layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const cornerOf = (id: string, size: Size): Point => {
    const { x, y } = graph.node(id);
    return { x: Math.round(x - size.width / 2), y: Math.round(y - size.height / 2) };
  };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    start: model.start === undefined ? undefined : rounded(graph.node("start")),
    nodes: sized.map((size) => ({ ...size, ...cornerOf(size.node.id, size) })),
    edges: arrows.map(({ from, to, kind, lines }, index) => {
      const { points: drawn, x = 0, y = 0 } = graph.edge(from, to, String(index));
      const own = from === to ? sized.find(({ node }) => node.id === from) : undefined;
      const points = own === undefined ? drawn : loopPoints(graph.node(from), own, x);
      const label = { lines, ...labelSize(lines), ...rounded({ x, y }) };
      return { kind, points: points.map(rounded), ...(lines.length === 0 ? {} : { label }) };
    }),
  };
}

/** From a state back to itself, on its right, where dagre keeps room for the label; its own points cross the state. */
function loopPoints({ x, y }: Point, { width }: Size, labelX: number): readonly Point[] {
  const right = x + width / 2;
  return [
    { x: right, y: y - 8 },
    { x: labelX, y: y - 18 },
    { x: labelX, y: y + 18 },
    { x: right, y: y + 8 },
  ];
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: PlacedEdge["kind"];
  readonly lines: readonly string[];
}

/** Transitions of one kind between the same two states are drawn as one arrow, each with a line of the label. */
function arrowsOf({ start, edges }: GraphModel): readonly Arrow[] {
  const merged = new Map<string, Arrow>();
  for (const { from, to, kind, label } of edges) {
    if (to === undefined) continue;
    const key = `${from} ${to} ${kind}`;
    const lines = label === "" ? [] : breakLines(label, 30, 3);
    merged.set(key, { from, to, kind, lines: [...(merged.get(key)?.lines ?? []), ...lines] });
  }
  const entry = start === undefined ? [] : [{ from: "start", to: start, kind: "start", lines: [] } as const];
  return [...entry, ...merged.values()];
}

type SizedNode = Omit<PlacedNode, "x" | "y">;

function sizeNode(node: GraphNode, dagre: Dagre): SizedNode {
  const title = breakLines(node.name, 40, 3);
  const details = node.details.flatMap((detail) => breakLines(detail, 46, 2));
  const sides = pointedTypes.has(node.type) ? 2 * choiceSlantPx : 0;
  const textWidthPx = Math.max(
    ...title.map((line) => textWidth(line, titleFontPx) * boldFactor),
    ...details.map((line) => textWidth(line, detailFontPx)),
  );
  const headHeight = title.length * titleLinePx + details.length * detailLinePx + boxPaddingPx + 4;
  const headWidth = Math.ceil(textWidthPx) + 2 * boxPaddingPx + sides;
  const layouts = node.graphs.map((graph) => layOutGraph(graph, dagre));
  if (layouts.length === 0) {
    return { node, title, details, width: Math.max(96, headWidth), height: headHeight, graphs: [] };
  }
  const innerWidth = layouts.reduce((sum, layout) => sum + layout.width, 0) + (layouts.length - 1) * (2 * boxPaddingPx);
  const width = Math.max(headWidth, innerWidth + 2 * boxPaddingPx);
  const height = headHeight + Math.max(...layouts.map((layout) => layout.height)) + boxPaddingPx;
  let x = Math.round((width - innerWidth) / 2);
  const graphs = layouts.map((layout) => {
    const placed = { x, y: headHeight, layout };
    x += layout.width + 2 * boxPaddingPx;
    return placed;
  });
  return { node, title, details, width, height, graphs };
}

/** How far a Choice's sides stand out. */
export const choiceSlantPx = 14;

function labelSize(lines: readonly string[]): Size {
  const width = Math.max(0, ...lines.map((line) => textWidth(line, detailFontPx))) + 10;
  return { width, height: lines.length * detailLinePx + 2 };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}

/** The part of dagre that is used; its own types do not resolve under `NodeNext`. */
interface Dagre {
  readonly Graph: new (options: { readonly multigraph: boolean }) => DagreGraph;
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(label: Readonly<Record<string, unknown>>): void;
  setNode(id: string, size: Size): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  graph(): Partial<Size>;
  node(id: string): Point;
  edge(from: string, to: string, name: string): Partial<Point> & { readonly points: readonly Point[] };
}
