/**
 * Text to `Path`. One pass over the text, no backtracking; recursion only where a filter nests, and that is bounded.
 *
 * See ASL specification, "Paths", and the grammar of Jayway JsonPath, which the service uses.
 */
import { Cursor } from "../cursor.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { LinearRegExp } from "../linear-reg-exp.ts";
import type {
  Filter,
  FilterOperand,
  FilterOperator,
  FilterPath,
  Path,
  PathFunctionName,
  PathRoot,
  PathSegment,
} from "./path.ts";

/** How deep filters, with their parentheses and inner paths, may nest. */
export const maxFilterDepth = 64;

/** @returns the path, or where and why the text is none; never throws */
export function parsePath(text: string): Path | ExpressionSyntaxError {
  const cursor = new Cursor(text);
  try {
    const root = parseRoot(cursor);
    const segments = parseSegments(cursor);
    cursor.skipBlanks();
    if (!cursor.atEnd) cursor.fail("'.' or '['");
    return { text, root, segments, definite: isDefinite(segments), reference: segments.every(isReferenceSegment) };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}

/**
 * A reference path, as `ResultPath` and other places that name exactly one node need it.
 * @returns the path, or where and why the text is none; never throws
 */
export function parseReferencePath(text: string): Path | ExpressionSyntaxError {
  const path = parsePath(text);
  if (path instanceof ExpressionSyntaxError || path.reference) return path;
  return new ExpressionSyntaxError(
    text,
    0,
    "found a path that can match several nodes, wanted a reference path: only .name, ['name'] and [index]",
  );
}

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;

function parseRoot(cursor: Cursor): PathRoot {
  cursor.expect("$");
  if (cursor.take("$")) return { kind: "context" };
  const name = cursor.match(variableName);
  return name === undefined ? { kind: "input" } : { kind: "variable", name };
}

function parseSegments(cursor: Cursor): PathSegment[] {
  const segments: PathSegment[] = [];
  for (;;) {
    if (cursor.take("..")) {
      segments.push({ kind: "descendants" });
      if (cursor.char === ".") cursor.fail("a member name, '*' or '['");
      segments.push(cursor.char === "[" ? parseBracket(cursor) : parseDotted(cursor));
    } else if (cursor.take(".")) {
      segments.push(cursor.char === "[" ? parseBracket(cursor) : parseDotted(cursor));
    } else if (cursor.char === "[") {
      segments.push(parseBracket(cursor));
    } else {
      return segments;
    }
    const last = segments.at(-1);
    if (last?.kind === "function") return segments;
  }
}

/** Everything up to the next separator. Jayway is that lenient; `$.delivery-partner` is a recorded case. */
const dottedName = /[^.[\]()\s,*?:@'"&|=<>!~]+/y;
const functionNames = [
  "length",
  "size",
  "keys",
  "min",
  "max",
  "avg",
  "sum",
  "stddev",
  "first",
  "last",
  "index",
] as const satisfies readonly PathFunctionName[];

function parseDotted(cursor: Cursor): PathSegment {
  if (cursor.take("*")) return { kind: "wildcard" };
  const start = cursor.offset;
  const name = cursor.match(dottedName);
  if (name === undefined) return cursor.fail("a member name, '*' or '['");
  if (!cursor.take("(")) return { kind: "member", name };
  const functionName = functionNames.find((known) => known === name);
  if (functionName === undefined) return cursor.fail(`one of the functions ${functionNames.join(", ")}`, start);
  cursor.skipBlanks();
  const index = name === "index" ? parseInteger(cursor) : undefined;
  cursor.skipBlanks();
  cursor.expect(")");
  return { kind: "function", name: functionName, index };
}

function parseBracket(cursor: Cursor): PathSegment {
  cursor.expect("[");
  cursor.skipBlanks();
  const segment =
    cursor.char === "'" || cursor.char === '"'
      ? parseQuotedNames(cursor)
      : cursor.char === "?"
        ? parseFilterSegment(cursor)
        : cursor.take("*")
          ? ({ kind: "wildcard" } as const)
          : parseIndices(cursor);
  cursor.skipBlanks();
  cursor.expect("]");
  return segment;
}

function parseQuotedNames(cursor: Cursor): PathSegment {
  const names: string[] = [];
  do {
    cursor.skipBlanks();
    names.push(parseQuoted(cursor, "a quoted member name"));
    cursor.skipBlanks();
  } while (cursor.take(","));
  return names.length === 1 ? { kind: "member", name: names[0]! } : { kind: "members", names };
}

/** Any other escaped character stands for itself. */
const controlEscapes: { readonly [letter: string]: string | undefined } = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

function parseQuoted(cursor: Cursor, wanted: string): string {
  const quote = cursor.char;
  if (quote !== "'" && quote !== '"') cursor.fail(wanted);
  const start = cursor.offset;
  let value = "";
  for (cursor.offset += 1; !cursor.atEnd; cursor.offset += 1) {
    const char = cursor.char;
    if (char === quote) {
      cursor.offset += 1;
      return value;
    }
    if (char !== "\\") {
      value += char;
      continue;
    }
    cursor.offset += 1;
    const codeUnit = cursor.match(/u[0-9a-fA-F]{4}/y);
    if (codeUnit === undefined) {
      value += controlEscapes[cursor.char] ?? cursor.char;
    } else {
      cursor.offset -= 1;
      value += String.fromCharCode(Number.parseInt(codeUnit.slice(1), 16));
    }
  }
  return cursor.fail(`a closing ${quote} for the one at offset ${start}`);
}

function parseInteger(cursor: Cursor): number {
  const start = cursor.offset;
  const digits = cursor.match(/-?\d+/y);
  if (digits === undefined) return cursor.fail("an integer");
  const value = Number(digits);
  // The service counts with Java's int.
  if (value > 2147483647 || value < -2147483648) cursor.fail("an integer of 32 bits", start);
  return value;
}

/** `[1]`, `[1,2]`, `[from:to]`. A step after a second colon is read and, as Jayway does, has no effect. */
function parseIndices(cursor: Cursor): PathSegment {
  const optionalInteger = (): number | undefined => {
    cursor.skipBlanks();
    const value = /[-\d]/.test(cursor.char) ? parseInteger(cursor) : undefined;
    cursor.skipBlanks();
    return value;
  };
  const first = optionalInteger();
  if (cursor.take(":")) {
    const to = optionalInteger();
    if (cursor.take(":")) optionalInteger();
    if (first === undefined && to === undefined) cursor.fail("a slice with a start or an end, as [1:] or [:2]");
    return { kind: "slice", from: first, to };
  }
  if (first === undefined) return cursor.fail("an index, a slice, a quoted member name, '*' or a filter '?('");
  const indices = [first];
  while (cursor.take(",")) indices.push(optionalInteger() ?? cursor.fail("an integer"));
  return indices.length === 1 ? { kind: "index", index: first } : { kind: "indices", indices };
}

function parseFilterSegment(cursor: Cursor): PathSegment {
  const start = cursor.offset;
  cursor.expect("?");
  cursor.skipBlanks();
  cursor.expect("(");
  const filter = parseOr(cursor);
  cursor.expect(")");
  return { kind: "filter", filter, text: cursor.text.slice(start, cursor.offset) };
}

function parseOr(cursor: Cursor): Filter {
  cursor.depth += 1;
  if (cursor.depth > maxFilterDepth) cursor.fail(`no more than ${maxFilterDepth} nested filters`);
  const terms = [parseAnd(cursor)];
  while (cursor.take("||")) terms.push(parseAnd(cursor));
  cursor.depth -= 1;
  return terms.length === 1 ? terms[0]! : { kind: "or", terms };
}

function parseAnd(cursor: Cursor): Filter {
  const terms = [parseTerm(cursor)];
  while (cursor.take("&&")) terms.push(parseTerm(cursor));
  return terms.length === 1 ? terms[0]! : { kind: "and", terms };
}

function parseTerm(cursor: Cursor): Filter {
  cursor.skipBlanks();
  let negated = false;
  while (cursor.take("!")) {
    negated = !negated;
    cursor.skipBlanks();
  }
  const term = cursor.take("(") ? parseParenthesized(cursor) : parseComparison(cursor);
  cursor.skipBlanks();
  return negated ? { kind: "not", term } : term;
}

function parseParenthesized(cursor: Cursor): Filter {
  const filter = parseOr(cursor);
  cursor.expect(")");
  return filter;
}

/** Longest first: `===` before `==`. */
const symbolOperators = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"] as const;
const wordOperators = [
  "in",
  "nin",
  "subsetof",
  "anyof",
  "noneof",
  "contains",
  "size",
  "empty",
  "exists",
] as const satisfies readonly FilterOperator[];

function parseComparison(cursor: Cursor): Filter {
  const left = parseOperand(cursor);
  cursor.skipBlanks();
  const operator = parseOperator(cursor);
  if (operator === undefined) {
    return left.kind === "path" ? { kind: "exists", operand: left } : cursor.fail("a comparison operator");
  }
  cursor.skipBlanks();
  return { kind: "comparison", operator, left, right: parseOperand(cursor) };
}

function parseOperator(cursor: Cursor): FilterOperator | undefined {
  const symbol = symbolOperators.find((operator) => cursor.take(operator));
  if (symbol !== undefined) return symbol;
  const start = cursor.offset;
  const word = cursor.match(/[A-Za-z]+/y);
  if (word === undefined) return undefined;
  return wordOperators.find((known) => known === word.toLowerCase()) ?? cursor.fail("a comparison operator", start);
}

function parseOperand(cursor: Cursor): FilterOperand {
  const char = cursor.char;
  if (char === "@" || char === "$") return parseFilterPath(cursor);
  if (char === "'" || char === '"') return { kind: "literal", value: parseQuoted(cursor, "a string") };
  if (char === "/") return parsePattern(cursor);
  // Old Jayway takes a bare word for a string; published definitions rely on it (`[?(@.Name==Receipt)]`).
  const word = cursor.match(/(?!(?:true|false|null)\b)[A-Za-z_][\w-]*/y);
  if (word !== undefined) return { kind: "literal", value: word };
  return { kind: "literal", value: parseJsonLiteral(cursor) };
}

function parseFilterPath(cursor: Cursor): FilterPath {
  const from = cursor.take("@") ? "node" : "document";
  if (from === "document") cursor.expect("$");
  const segments = parseSegments(cursor);
  return { kind: "path", from, segments, definite: isDefinite(segments) };
}

function parsePattern(cursor: Cursor): FilterOperand {
  const start = cursor.offset;
  for (cursor.offset += 1; cursor.char !== "/"; cursor.offset += 1) {
    if (cursor.char === "\\") cursor.offset += 1;
    if (cursor.atEnd) cursor.fail(`a closing '/' for the one at offset ${start}`);
  }
  const source = cursor.text.slice(start + 1, cursor.offset);
  cursor.offset += 1;
  // Java's flags; those with no counterpart in JavaScript (x, d, U) have no effect.
  const flags = [...new Set(cursor.match(/[a-z]*/y)?.replaceAll(/[^imsu]/g, ""))].join("");
  try {
    return { kind: "pattern", pattern: new LinearRegExp(new RegExp(`^(?:${source})$`, flags)) };
  } catch {
    return cursor.fail("a regular expression", start);
  }
}

/** A number, `true`, `false`, `null`, or an array or object of JSON, whose strings may have single quotes. */
function parseJsonLiteral(cursor: Cursor): JsonValue {
  const start = cursor.offset;
  const literal =
    cursor.char === "[" || cursor.char === "{"
      ? bracketedJson(cursor)
      : cursor.match(/true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
  try {
    if (literal !== undefined) {
      const value: JsonValue = JSON.parse(literal);
      return value;
    }
  } catch {
    // Balanced, but no JSON: said below.
  }
  return cursor.fail("a path, a number, a string, a pattern, true, false or null", start);
}

/** A balanced `[…]` or `{…}` as text of JSON. */
function bracketedJson(cursor: Cursor): string | undefined {
  let json = "";
  for (let depth = 0; !cursor.atEnd;) {
    const char = cursor.char;
    if (char === "'" || char === '"') {
      json += JSON.stringify(parseQuoted(cursor, "a string"));
      continue;
    }
    json += char;
    cursor.offset += 1;
    if (char === "[" || char === "{") depth += 1;
    if (char === "]" || char === "}") depth -= 1;
    if (depth === 0) return json;
  }
  return undefined;
}

function isDefinite(segments: readonly PathSegment[]): boolean {
  // Several names at the end give one object of them; in the middle the path goes on from each.
  return segments.every(
    (segment, position) =>
      isReferenceSegment(segment) ||
      (segment.kind === "members" && position === segments.length - 1) ||
      segment.kind === "function",
  );
}

function isReferenceSegment(segment: PathSegment): boolean {
  return segment.kind === "member" || segment.kind === "index";
}
