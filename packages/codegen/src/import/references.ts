/** Paths of a definition as the builder's references, where they print back to the very same text. */
import type { Code } from "./code.ts";
import { isIdentifier } from "./code.ts";
import type { Place, Wanted } from "./place.ts";
import { demand, scalarPlace, unknownPlace } from "./place.ts";

/** What a callback of a state may refer to, and what is known of it. */
export interface Readable {
  readonly input?: Place;
  readonly result?: Place;
  /** What a state gives, in its `OutputPath`. */
  readonly output?: Place;
  readonly errorOutput?: Place;
  readonly vars: ReadonlyMap<string, Place>;
  /** Inside a Map's `itemSelector`: of one item. */
  readonly item?: Place;
  /** In what a Task is sent that waits for its token. */
  readonly hasToken?: boolean;
}

/** Remembers what a module needs of `@stepwright/dsl`. */
export type UseWord = (word: string) => void;

export interface Expressed {
  readonly code: Code;
  readonly place: Place;
}

type RootName = "input" | "result" | "errorOutput" | "output";

interface ParsedPath {
  readonly root: RootName | "context" | { readonly variable: string };
  readonly keys: readonly (string | number)[];
}

/** Names that a reference does not answer, because JavaScript asks every object for them. */
const unanswered = new Set(["then", "toJSON", "constructor"]);

export function expressPath(
  text: string,
  readable: Readable,
  use: UseWord,
  wanted: Wanted = "anything",
  narrows = false,
): Expressed | undefined {
  const path = parsePlainPath(text, readable);
  return path === undefined ? undefined : expressParsed(path, readable, use, wanted, narrows);
}

function expressParsed(
  { root, keys }: ParsedPath,
  readable: Readable,
  use: UseWord,
  wanted: Wanted,
  narrows: boolean,
): Expressed | undefined {
  const names = keys.filter((key) => typeof key === "string");
  const followable = names.length === keys.length && !names.some((key) => unanswered.has(key) || /^\d+$/.test(key));
  if (typeof root === "object") {
    const place = readable.vars.get(root.variable);
    const found = followable && place ? demand(place, names, wanted, narrows) : undefined;
    return found && { code: `s.vars${names.reduce(member, member("", root.variable))}`, place: found };
  }
  if (root === "context") {
    const found = followable ? contextPlace(names, readable) : undefined;
    const known = found && demand(found.place, found.rest, wanted, narrows);
    if (known !== undefined) return { code: names.reduce(member, "s.context"), place: known };
  } else {
    const place = readable[root];
    if (place === undefined) return undefined;
    const found = followable ? demand(place, names, wanted, narrows) : undefined;
    if (found !== undefined) return { code: names.reduce(member, `s.${root}`), place: found };
  }
  use("untyped");
  return {
    code: `untyped(${[`s.${root}`, ...keys.map((key) => JSON.stringify(key))].join(", ")})`,
    place: unknownPlace,
  };
}

function member(from: string, key: string): string {
  return isIdentifier(key) ? `${from}.${key}` : `${from}[${JSON.stringify(key)}]`;
}

const contextTexts: ReadonlySet<string> = new Set([
  "Execution.Id",
  "Execution.Name",
  "Execution.RoleArn",
  "Execution.StartTime",
  "StateMachine.Id",
  "StateMachine.Name",
  "State.Name",
  "State.EnteredTime",
]);

function contextPlace(
  keys: readonly string[],
  { item, hasToken }: Readable,
): { place: Place; rest: readonly string[] } | undefined {
  const name = keys.join(".");
  if (contextTexts.has(name) || (hasToken && name === "Task.Token")) {
    return { place: scalarPlace("string"), rest: [] };
  }
  if (item !== undefined && name === "Map.Item.Index") {
    return { place: scalarPlace("number"), rest: [] };
  }
  const isItem = keys[0] === "Map" && keys[1] === "Item" && keys[2] === "Value";
  return item !== undefined && isItem ? { place: item, rest: keys.slice(3) } : undefined;
}

/** A path that the builder would print as it stands. In JSONPath `$` is what the field reads. */
function parsePlainPath(text: string, readable: Readable): ParsedPath | undefined {
  const parts =
    /^(\$\$|\$[A-Za-z_][A-Za-z0-9_]*|\$)((?:\.[A-Za-z_][A-Za-z0-9_]*|\['(?:[^'\\]|\\['\\])+'\]|\[\d+\])*)$/.exec(text);
  if (parts === null) return undefined;
  const [, start = "", tail = ""] = parts;
  const keys = Array.from(tail.matchAll(/\.([A-Za-z0-9_]+)|\['((?:[^'\\]|\\['\\])+)'\]|\[(\d+)\]/g), (match) =>
    match[3] === undefined ? (match[1] ?? (match[2] ?? "").replaceAll(/\\(['\\])/g, "$1")) : Number(match[3]),
  );
  if (keys.map(printKey).join("") !== tail) return undefined;
  if (start === "$$") return { root: "context", keys };
  if (start.length > 1) return { root: { variable: start.slice(1) }, keys };
  const root = (["output", "result", "errorOutput", "input"] as const).find((name) => readable[name] !== undefined);
  return root && { root, keys };
}

function printKey(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return isIdentifier(key) ? `.${key}` : `['${key.replaceAll(/['\\]/g, "\\$&")}']`;
}

/** A string of a JSONata state. `undefined` for text that is no expression, or not spaced as the builder prints it. */
export function expressJsonata(
  text: string,
  readable: Readable,
  use: UseWord,
  wanted: Wanted = "anything",
): Expressed | undefined {
  const expression = /^\{% ([^]*) %\}$/.exec(text)?.[1];
  if (expression === undefined) return undefined;
  const path = parseJsonataPath(expression);
  if (path !== undefined) {
    const expressed = expressParsed(path, readable, use, wanted, false);
    if (expressed !== undefined) return expressed;
  }
  use("jsonata");
  const type = wanted === "anything" ? "" : `<${wanted === "array" ? "unknown[]" : wanted}>`;
  const quoted = expression.replaceAll(/[\\`]|\$(?=\{)/g, "\\$&").replaceAll("\r", String.raw`\r`);
  const place: Place = wanted === "anything" || wanted === "array" ? unknownPlace : { kind: "literal", type: wanted };
  return { code: `jsonata${type}\`${quoted}\``, place };
}

const jsonataWords = new Set(["and", "or", "in", "true", "false", "null", "function"]);

function parseJsonataPath(text: string): ParsedPath | undefined {
  const parts =
    /^\$(?:states\.(input|result|errorOutput|context)|([A-Za-z_][A-Za-z0-9_]*))((?:\.[A-Za-z_][A-Za-z0-9_]*)*)$/.exec(
      text,
    );
  if (parts === null) return undefined;
  const [, root, variable, tail = ""] = parts;
  const keys = tail.split(".").slice(1);
  if (keys.some((key) => jsonataWords.has(key))) return undefined;
  if (variable === "states") return undefined;
  return { root: variable === undefined ? (root as RootName) : { variable }, keys };
}
