/**
 * A definition as a Mermaid flowchart: nested graphs as boxes, retries in the state's label, catches as dotted arrows.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
import { isJsonArray, isJsonObject, walkGraphs } from "@stepwright/asl";
import type { JsonObject, JsonValue, WalkedGraph, WalkedState } from "@stepwright/asl";

/** @returns the text of a `.mmd` file; the same definition gives the same bytes */
export function printMermaid(definition: JsonValue | object): string {
  const [root] = walkGraphs(definition);
  if (root === undefined) {
    return "flowchart TD\n";
  }
  const ids = new Map<WalkedState, string>();
  numberStates(root, ids);
  const body = [...graphLines(root, ids), `start(( )) --> ${entryOf(root, ids)}`, ...edges(root, ids)];
  return ["flowchart TD", ...body.map((line) => `  ${line}`), ""].join("\n");
}

type Ids = ReadonlyMap<WalkedState, string>;

function numberStates(graph: WalkedGraph, ids: Map<WalkedState, string>): void {
  for (const state of graph.states) {
    ids.set(state, `s${ids.size}`);
    state.graphs.forEach((inner) => numberStates(inner, ids));
  }
}

function graphLines(graph: WalkedGraph, ids: Ids): readonly string[] {
  return graph.states.flatMap((state) => {
    const id = ids.get(state) ?? "";
    if (state.graphs.length === 0) {
      return [`${id}${shapeOf(state)}`];
    }
    const inner = state.graphs.flatMap((nested, index) =>
      nested.role === "Branch"
        ? [`subgraph ${id}b${index}["branch ${index + 1}"]`, ...indented(graphLines(nested, ids)), "end"]
        : graphLines(nested, ids),
    );
    return [`subgraph ${id}["${labelOf(state)}"]`, ...indented(inner), "end"];
  });
}

function edges(graph: WalkedGraph, ids: Ids): readonly string[] {
  return graph.states.flatMap((state) => [
    ...transitions(state).map(
      ({ to, label, dotted }) =>
        `${ids.get(state)} ${dotted ? "-.->" : "-->"}${label === "" ? "" : `|"${escape(label)}"|`} ${idOf(graph, to, ids)}`,
    ),
    ...state.graphs.flatMap((inner) => edges(inner, ids)),
  ]);
}

interface DrawnTransition {
  readonly to: string;
  readonly label: string;
  readonly dotted: boolean;
}

function transitions({ value }: WalkedState): readonly DrawnTransition[] {
  return [
    ...arrow(value["Next"], "", false),
    ...objectsOf(value["Choices"]).flatMap((rule) => arrow(rule["Next"], conditionOf(rule), false)),
    ...arrow(value["Default"], "otherwise", false),
    ...objectsOf(value["Catch"]).flatMap((catcher) => arrow(catcher["Next"], errorsOf(catcher), true)),
  ];
}

function arrow(to: JsonValue | undefined, label: string, dotted: boolean): readonly DrawnTransition[] {
  return typeof to === "string" ? [{ to, label, dotted }] : [];
}

type Shape = readonly [open: string, close: string];

const shapes: Readonly<Record<string, Shape>> = {
  Choice: ["{", "}"],
  Wait: ["([", "])"],
  Succeed: ["(((", ")))"],
  Fail: ["(((", ")))"],
  Pass: ["[/", "/]"],
};

function shapeOf(state: WalkedState): string {
  const type = state.value["Type"];
  const [open, close] = (typeof type === "string" && Object.hasOwn(shapes, type) ? shapes[type] : undefined) ?? [
    "[",
    "]",
  ];
  return `${open}"${labelOf(state)}"${close}`;
}

function labelOf({ name, value }: WalkedState): string {
  const details = [mapDetail(value), ...objectsOf(value["Retry"]).map(retryDetail)].filter((line) => line !== "");
  return [escape(name), ...details.map((line) => `<small>${escape(line)}</small>`)].join("<br/>");
}

function mapDetail(value: JsonObject): string {
  if (value["Type"] !== "Map") {
    return "";
  }
  const most = value["MaxConcurrency"];
  return typeof most === "number" && most > 0 ? `for each item, ${most} at a time` : "for each item";
}

function retryDetail(retrier: JsonObject): string {
  const attempts = typeof retrier["MaxAttempts"] === "number" ? retrier["MaxAttempts"] : 3;
  return `↻ ${attempts}× ${errorsOf(retrier)}`;
}

function errorsOf(handler: JsonObject): string {
  const errors = handler["ErrorEquals"];
  return isJsonArray(errors) ? errors.filter((name) => typeof name === "string").join(", ") : "";
}

/** A short form of a Choice rule: `$.total > 10` as `$.total NumericGreaterThan 10`. */
function conditionOf(rule: JsonObject): string {
  if (typeof rule["Condition"] === "string") {
    return rule["Condition"].replaceAll(/^\{%\s*|\s*%\}$/g, "");
  }
  for (const [word, join] of [
    ["And", " and "],
    ["Or", " or "],
  ] as const) {
    if (isJsonArray(rule[word])) {
      return objectsOf(rule[word]).map(conditionOf).join(join);
    }
  }
  if (isJsonObject(rule["Not"])) {
    return `not (${conditionOf(rule["Not"])})`;
  }
  const operator = Object.keys(rule).find((key) => !["Variable", "Next", "Comment", "Assign", "Output"].includes(key));
  return operator === undefined ? "" : `${textOf(rule["Variable"])} ${operator} ${JSON.stringify(rule[operator])}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function entryOf(graph: WalkedGraph, ids: Ids): string {
  const start = graph.value["StartAt"];
  return typeof start === "string" ? idOf(graph, start, ids) : "missing";
}

function idOf(graph: WalkedGraph, name: string, ids: Ids): string {
  const state = graph.states.find((candidate) => candidate.name === name);
  return (state === undefined ? undefined : ids.get(state)) ?? "missing";
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** Mermaid reads entities without `&`: `#quot;` is a quotation mark. */
function escape(text: string): string {
  return text.replaceAll(/["#&<>]/g, (character) => `#${character.codePointAt(0)};`);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
