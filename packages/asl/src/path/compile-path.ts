/** A `Path` as a function of the scope, compiled once. */
import type { EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { numberTextOf, printJson } from "../text/json-text.ts";
import { parsePath } from "./parse-path.ts";
import type { Path, PathRoot, PathSegment } from "./path.ts";
import { compileDefiniteSegment, compileSegments } from "./read-path.ts";

export interface CompiledPath {
  readonly text: string;
  readonly path: Path;
  /** An indefinite path finds a list; a definite one that finds nothing gives `undefined`. */
  evaluate(scope: EvaluationScope): JsonValue | undefined;
  /** What `$` of the path is: the input, the context object or the variable; `undefined` for an unassigned variable. */
  document(scope: EvaluationScope): JsonValue | undefined;
  /** Why `evaluate` gave `undefined`, in the words of the service: `No results for path: $['NoSuch']`. */
  explainMiss(scope: EvaluationScope): string;
  /** The exact text of the number that `evaluate` found at the end of a definite path, where it is not JavaScript's own. */
  readonly numberText: (scope: EvaluationScope) => string | undefined;
  /**
   * The path broke off at its last segment, an index outside an existing list. A payload template then gets `null`,
   * while everyone else sees a miss.
   */
  endsOutsideList(scope: EvaluationScope): boolean;
}

/** Parses and compiles. @returns the syntax error as a value when there is one */
export function compilePathText(text: string): CompiledPath | ExpressionSyntaxError {
  const path = parsePath(text);
  return path instanceof ExpressionSyntaxError ? path : compilePath(path);
}

export function compilePath(path: Path): CompiledPath {
  const document = documentReader(path.root);
  const last = path.definite ? path.segments.at(-1) : undefined;
  const parent = compileEvaluate({ ...path, segments: path.segments.slice(0, -1) }, document);
  return {
    text: path.text,
    path,
    document,
    evaluate: compileEvaluate(path, document),
    explainMiss: (scope) =>
      path.definite ? explainMiss(path.segments, document(scope)) : `No results for path: ${path.text}`,
    endsOutsideList(scope) {
      const holder = last?.kind === "index" ? parent(scope) : undefined;
      return last?.kind === "index" && isJsonArray(holder) && holder.at(last.index) === undefined;
    },
    numberText(scope) {
      const holder = last?.kind === "index" || last?.kind === "member" ? parent(scope) : undefined;
      if (last?.kind === "member" && isJsonObject(holder)) return numberTextOf(holder, last.name);
      if (last?.kind !== "index" || !isJsonArray(holder)) return undefined;
      return numberTextOf(holder, last.index < 0 ? holder.length + last.index : last.index);
    },
  };
}

type DocumentReader = (scope: EvaluationScope) => JsonValue | undefined;

function documentReader(root: PathRoot): DocumentReader {
  switch (root.kind) {
    case "input":
      return (scope) => scope.input;
    case "context":
      return (scope) => scope.context;
    default:
      return (scope) => scope.variables.get(root.name);
  }
}

function compileEvaluate({ root, segments, definite }: Path, document: DocumentReader): DocumentReader {
  if (segments.length === 0) return document;
  const read = compileSegments(segments, definite);
  // Most paths start at the input, and then there is a document for certain.
  if (root.kind === "input") return (scope) => read(scope.input, scope.input);
  return (scope) => {
    const start = document(scope);
    return start === undefined ? undefined : read(start, start);
  };
}

/** The texts of Jayway JsonPath, which the service passes on (the first two are recorded). */
function explainMiss(segments: readonly PathSegment[], document: JsonValue | undefined): string {
  let place = "$";
  let node = document;
  for (const [position, segment] of segments.entries()) {
    if (node === undefined) break;
    const next = compileDefiniteSegment(segment)(node, document!);
    if (next === undefined) {
      const rest = segments.slice(position).map(printSegment).join("");
      return explainBreak(segment, node, place, rest, position === segments.length - 1);
    }
    place += printSegment(segment);
    node = next;
  }
  return `No results for path: ${place}`;
}

function explainBreak(segment: PathSegment, node: JsonValue, place: string, rest: string, last: boolean): string {
  const isMember = segment.kind === "member" || segment.kind === "members";
  if (isMember && !isJsonObject(node)) {
    return `Expected to find an object with property ${printSegment(segment)} in path ${place} but found '${javaTypeOf(node)}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.`;
  }
  if (segment.kind === "index" && !isJsonArray(node)) {
    return `Filter: ${printSegment(segment)} can only be applied to arrays. Current context is: ${printJson(node)}`;
  }
  return last || !isMember
    ? `No results for path: ${place}${rest}`
    : `Missing property in path ${place}${printSegment(segment)}`;
}

/** The node class that Jackson, the service's JSON library, has for a value. */
function javaTypeOf(value: JsonValue): string {
  const name =
    value === null
      ? "Null"
      : isJsonArray(value)
        ? "Array"
        : typeof value === "string"
          ? "Text"
          : typeof value === "boolean"
            ? "Boolean"
            : Number.isInteger(value)
              ? "Int"
              : "Double";
  return `com.fasterxml.jackson.databind.node.${name}Node`;
}

/** A segment of a definite path in the notation of the messages: `['name']`, `[0]`. */
function printSegment(segment: PathSegment): string {
  switch (segment.kind) {
    case "member":
      return `['${segment.name}']`;
    case "members":
      return `[${segment.names.map((name) => `'${name}'`).join(",")}]`;
    case "index":
      return `[${segment.index}]`;
    case "function":
      return `.${segment.name}()`;
    default:
      throw new Error(`A ${segment.kind} segment is not definite`);
  }
}
