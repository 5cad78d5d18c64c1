/** The formats of a picture, each with its printer and its files' ending. */
import type { JsonValue } from "@stepwright/asl";
import type { GraphFormat } from "../config.ts";
import { printDot } from "./dot.ts";
import { printMermaid } from "./mermaid.ts";
import { printSvg } from "./svg.ts";

interface GraphPrinter {
  readonly extension: string;
  readonly print: (definition: JsonValue | object, title: string) => string | Promise<string>;
}

export const graphPrinters: Readonly<Record<GraphFormat, GraphPrinter>> = {
  mermaid: { extension: ".mmd", print: printMermaid },
  dot: { extension: ".dot", print: printDot },
  svg: { extension: ".svg", print: printSvg },
};

/** @param title  the machine's name, which an SVG tells screen readers */
export async function printGraph(definition: JsonValue | object, format: GraphFormat, title: string): Promise<string> {
  return graphPrinters[format].print(definition, title);
}
