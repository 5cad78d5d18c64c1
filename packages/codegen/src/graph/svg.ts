/**
 * A definition as an SVG picture that stands alone: no script, no font, no link. Its colours follow the viewer's light
 * or dark theme. The same definition gives the same bytes on every machine.
 */
import type { JsonValue } from "@stepwright/asl";
import { graphModelOf } from "./graph-model.ts";
import { boxPaddingPx, choiceSlantPx, detailFontPx, detailLinePx, layOut, titleFontPx, titleLinePx } from "./layout.ts";
import type { GraphLayout, PlacedEdge, PlacedNode, Point } from "./layout.ts";

const marginPx = 16;

/** @param title  read out by screen readers */
export async function printSvg(definition: JsonValue | object, title = "State machine"): Promise<string> {
  const layout = await layOut(graphModelOf(definition));
  const width = layout.width + 2 * marginPx;
  const height = layout.height + 2 * marginPx;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${style}</style>`,
    `<defs>${arrowHead("head")}${arrowHead("catch-head")}</defs>`,
    `<rect class="page" width="${width}" height="${height}" rx="10"/>`,
    `<g transform="translate(${marginPx} ${marginPx})">`,
    ...indented(graphLines(layout)),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Custom properties alone differ between the themes. */
const style = `
svg{--page:#ffffff;--ink:#1b2430;--soft:#5b6776;--line:#7b8794;--fill:#f7f9fb;--box:#eef2f66b;--edge:#c3ccd6;--task:#c85a11;--flow:#5a4fcf;--good:#1a7f43;--bad:#c0342b;--wait:#0b6e99}
@media(prefers-color-scheme:dark){svg{--page:#12171d;--ink:#e6ebf1;--soft:#9aa7b5;--line:#7d8a98;--fill:#1c232c;--box:#1a21296b;--edge:#3a4653;--task:#f0995a;--flow:#a79ff5;--good:#5cc487;--bad:#f0857d;--wait:#5db8de}}
text{font-family:ui-sans-serif,system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:var(--ink);text-anchor:middle}
.title{font-size:${titleFontPx}px;font-weight:600}
.detail,.label{font-size:${detailFontPx}px;fill:var(--soft)}
.label{paint-order:stroke;stroke:var(--page);stroke-width:7px;stroke-linejoin:round}
.page{fill:var(--page)}
.node{fill:var(--fill);stroke:var(--edge);stroke-width:1.2}
.box{fill:var(--box)}
.branch{fill:none;stroke:var(--edge);stroke-dasharray:2 3}
.Task{stroke:var(--task)}.Choice,.Parallel,.Map{stroke:var(--flow)}.Wait{stroke:var(--wait)}.Succeed{stroke:var(--good);stroke-width:2}.Fail{stroke:var(--bad);stroke-width:2}.Pass{stroke-dasharray:5 3}
.edge{fill:none;stroke:var(--line);stroke-width:1.3}
.catch{stroke:var(--bad);stroke-dasharray:4 3}
.head,.dot{fill:var(--line)}
.catch-head{fill:var(--bad)}
`;

function graphLines({ start, nodes, edges }: GraphLayout): readonly string[] {
  return [
    ...nodes.flatMap(nodeLines),
    ...edges.map(({ kind, points }) => {
      const head = kind === "catch" ? "catch-head" : "head";
      return `<path class="edge ${kind}" d="${pathOf(points)}" marker-end="url(#${head})"/>`;
    }),
    ...(start === undefined ? [] : [`<circle class="dot" cx="${start.x}" cy="${start.y}" r="6"/>`]),
    // Last, so that no arrow crosses a word.
    ...edges.flatMap(labelLines),
  ];
}

function nodeLines({ node, x, y, width, height, title, details, graphs }: PlacedNode): readonly string[] {
  const isBox = graphs.length > 0;
  const middle = Math.round(width / 2);
  const baseline = boxPaddingPx / 2 + titleLinePx - 3;
  const detailsTop = baseline + (title.length - 1) * titleLinePx;
  const branches = node.type === "Parallel" ? graphs : [];
  return [
    `<g transform="translate(${x} ${y})">`,
    ...indented([
      `<title>${escape([`${node.name} (${node.type})`, ...node.details].join("\n"))}</title>`,
      outline(node.type, width, height, isBox ? " box" : ""),
      ...title.map((line, index) => textLine("title", middle, baseline + index * titleLinePx, line)),
      ...details.map((line, index) => textLine("detail", middle, detailsTop + (index + 1) * detailLinePx, line)),
      ...branches.map(
        (branch) =>
          `<rect class="branch" x="${branch.x - 4}" y="${branch.y - 2}" width="${branch.layout.width + 8}" height="${height - branch.y - 6}" rx="8"/>`,
      ),
      ...graphs.flatMap((inner) => [
        `<g transform="translate(${inner.x} ${inner.y})">`,
        ...indented(graphLines(inner.layout)),
        "</g>",
      ]),
    ]),
    "</g>",
  ];
}

function outline(type: string, width: number, height: number, extra: string): string {
  if (type === "Choice") {
    const s = choiceSlantPx;
    const half = height / 2;
    return `<path class="node Choice" d="M${s} 0H${width - s}L${width} ${half} ${width - s} ${height}H${s}L0 ${half}z"/>`;
  }
  const isRound = type === "Succeed" || type === "Fail" || type === "Wait";
  return `<rect class="node ${type}${extra}" width="${width}" height="${height}" rx="${isRound ? height / 2 : 8}"/>`;
}

function labelLines({ label }: PlacedEdge): readonly string[] {
  if (label === undefined) {
    return [];
  }
  const { x, y, height, lines } = label;
  const top = y - height / 2;
  return lines.map((line, index) => textLine("label", x, top + (index + 1) * detailLinePx - 3, line));
}

function arrowHead(name: string): string {
  return `<marker id="${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="${name}" d="M0 0.8 8 4 0 7.2z"/></marker>`;
}

function textLine(className: string, x: number, y: number, text: string): string {
  return `<text class="${className}" x="${x}" y="${y}">${escape(text)}</text>`;
}

/** Straight at both ends, rounded at every bend: each bend is the control point between two middles. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) {
    return "";
  }
  const bends = rest.map((bend, index) => {
    const next = rest[index + 1];
    const end = next === undefined ? last : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q${bend.x} ${bend.y} ${end.x} ${end.y}`;
  });
  return [`M${first.x} ${first.y}`, ...(bends.length === 0 ? [`L${last.x} ${last.y}`] : bends)].join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return Array.from(text.toWellFormed(), (character) => entities[character] ?? printable(character)).join("");
}

/** Control characters are no XML, not even as entities. */
function printable(character: string): string {
  const code = character.charCodeAt(0);
  return (code < 0x20 && !"\t\n\r".includes(character)) || code > 0xff_fd ? "\ufffd" : character;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
