/**
 * JSON text to value and back, as the service reads it: Jackson's error sentences, duplicate keys noticed,
 * depth bounded, and the exact text of numbers kept.
 *
 * A number whose text is not JavaScript's own (`1.0`, `1e3`, `12345678901234567890`) is an ordinary number whose text is
 * remembered by the object or array that holds it. The memory follows identity: sharing a value keeps it,
 * copying an object loses it unless `keepNumberTexts` is called.
 */
import { limits } from "../limits.ts";
import type { JsonArray, JsonObject, JsonValue } from "../json.ts";
import { placeIn } from "../place.ts";
import type { Place } from "../place.ts";

/** Why a text is not JSON, in the words of the parser that AWS uses. */
export interface JsonTextError {
  readonly message: string;
  readonly tooDeep: boolean;
  /** In UTF-16 units, from 0. */
  readonly offset: number;
}

export interface DuplicateKey {
  readonly place: Place;
  readonly offset: number;
}

export type ParsedJson =
  | { readonly value: JsonValue; readonly duplicates: readonly DuplicateKey[]; readonly error?: undefined }
  | { readonly error: JsonTextError; readonly value?: undefined; readonly duplicates?: undefined };

const numberTexts = new WeakMap<object, Map<string, string>>();
let anyNumberText = false;

/** The exact text of the number at `key` of `holder`, where it differs from JavaScript's. */
export function numberTextOf(holder: JsonObject | JsonArray, key: string | number): string | undefined {
  return anyNumberText ? numberTexts.get(holder)?.get(String(key)) : undefined;
}

/** Remembers a number's text; for readers of other notations than JSON. */
export function rememberNumberText(holder: object, key: string | number, text: string): void {
  anyNumberText = true;
  const known = numberTexts.get(holder);
  if (known === undefined) numberTexts.set(holder, new Map([[String(key), text]]));
  else known.set(String(key), text);
}

/** Gives `copy` the number texts of `source` for the members that are still the same number. */
export function keepNumberTexts<Copy extends JsonObject | JsonArray>(source: JsonObject | JsonArray, copy: Copy): Copy {
  const texts = anyNumberText ? numberTexts.get(source) : undefined;
  if (texts === undefined) return copy;
  const before = source as JsonObject;
  const after = copy as JsonObject;
  for (const [key, text] of texts) {
    if (Object.hasOwn(after, key) && Object.is(after[key], before[key])) rememberNumberText(copy, key, text);
  }
  return copy;
}

/** `JSON.stringify` that prints the remembered texts of numbers. */
export function printJson(value: JsonValue, indent?: number): string {
  // The engine prints without a callback many times faster, and to any depth.
  if (!anyNumberText) return JSON.stringify(value, undefined, indent);
  try {
    return JSON.stringify(value, printNumber, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return JSON.stringify(value, undefined, indent);
  }
}

function printNumber(this: unknown, key: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  const text = numberTexts.get(this as object)?.get(key);
  return text === undefined ? value : rawJson(text);
}

// In every Node that the package supports; TypeScript's ES2024 library does not know it yet.
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** Called for every member, with the offsets of its key (of its value in a list) and its value. */
export type OnMember = (holder: object, key: string | number, keyOffset: number, valueOffset: number) => void;

/**
 * Reads one JSON value that fills the whole text.
 * @param onMember for those who need positions; costs time
 */
export function parseJson(text: string, onMember?: OnMember): ParsedJson {
  const reader = createReader(text, onMember);
  try {
    return { value: reader.readDocument(), duplicates: reader.duplicates };
  } catch (failure) {
    if (failure instanceof UnreadableJson) return { error: failure.details };
    throw failure;
  }
}

/** Leaves the reader's recursion; never seen outside this file. */
class UnreadableJson extends Error {
  readonly details: JsonTextError;
  constructor(details: JsonTextError) {
    super(details.message);
    this.details = details;
  }
}

const literals: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// What needs no attention inside a string: from the blank on, without the quote and the backslash.
const plainPattern = /[ !#-[\]-\uffff]*/y;
const tokenPattern = /[\p{ID_Continue}$]*/uy;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

function createReader(text: string, onMember: OnMember | undefined) {
  const duplicates: DuplicateKey[] = [];
  let at = 0;
  let depth = 0;

  function fail(message: string, offset = at, tooDeep = false): never {
    throw new UnreadableJson({ message, offset, tooDeep });
  }

  function unexpected(expected: string): never {
    if (at >= text.length) fail("Unexpected end-of-input: expected a value");
    const code = text.codePointAt(at) ?? 0;
    const shown = code < 0x20 ? `(CTRL-CHAR, code ${code})` : `'${String.fromCodePoint(code)}' (code ${code})`;
    return fail(`Unexpected character (${shown}): ${expected}`, at + 1);
  }

  function skipBlanks(): void {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      at++;
    }
  }

  function match(pattern: RegExp): string {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? "";
  }

  function readDocument(): JsonValue {
    skipBlanks();
    const root: { value?: JsonValue } = {};
    const value = readValue(undefined, root, "value");
    skipBlanks();
    if (at < text.length) unexpected("expected the end of the text after the JSON value");
    return value;
  }

  function readValue(place: Place | undefined, holder: object, key: string | number): JsonValue {
    switch (text[at]) {
      case "{":
        return nested(() => readObject(place));
      case "[":
        return nested(() => readArray(place));
      case '"':
        return readString();
      default:
        return readScalar(holder, key);
    }
  }

  function nested<Value>(read: () => Value): Value {
    if (++depth > limits.nestingLevels.value) {
      fail(`Document nesting depth (${depth}) exceeds the maximum allowed (${limits.nestingLevels.value})`, at, true);
    }
    const value = read();
    depth--;
    return value;
  }

  function readObject(place: Place | undefined): JsonObject {
    const start = at++;
    const object: Record<string, JsonValue> = {};
    skipBlanks();
    if (text[at] === "}") {
      at++;
      return object;
    }
    for (;;) {
      const keyOffset = at;
      if (text[at] !== '"') {
        if (at >= text.length) endOfInput("Object", start);
        unexpected("was expecting double-quote to start field name");
      }
      const key = readString();
      skipBlanks();
      if (text[at] !== ":") {
        if (at >= text.length) endOfInput("Object", start);
        unexpected("was expecting a colon to separate field name and value");
      }
      at++;
      skipBlanks();
      const here = placeIn(place, key);
      if (Object.hasOwn(object, key)) duplicates.push({ place: here, offset: keyOffset });
      onMember?.(object, key, keyOffset, at);
      const value = readValue(here, object, key);
      // Assignment would set the prototype instead of a member.
      if (key === "__proto__") {
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      } else object[key] = value;
      skipBlanks();
      const next = text[at];
      if (next === "}") {
        at++;
        return object;
      }
      if (next !== ",") {
        if (at >= text.length) endOfInput("Object", start);
        unexpected("was expecting comma to separate Object entries");
      }
      at++;
      skipBlanks();
    }
  }

  function readArray(place: Place | undefined): JsonArray {
    const start = at++;
    const array: JsonValue[] = [];
    skipBlanks();
    if (text[at] === "]") {
      at++;
      return array;
    }
    for (;;) {
      const index = array.length;
      onMember?.(array, index, at, at);
      array.push(readValue(placeIn(place, index), array, index));
      skipBlanks();
      const next = text[at];
      if (next === "]") {
        at++;
        return array;
      }
      if (next !== ",") {
        if (at >= text.length) endOfInput("Array", start);
        unexpected("was expecting comma to separate Array entries");
      }
      at++;
      skipBlanks();
    }
  }

  function endOfInput(opened: "Object" | "Array", start: number): never {
    return fail(
      `Unexpected end-of-input: expected close marker for ${opened} (start marker at ${jacksonLocation(text, start)})`,
    );
  }

  function readString(): string {
    at++;
    let value = "";
    for (;;) {
      const plain = match(plainPattern);
      value += plain;
      at += plain.length;
      const stop = text[at];
      if (stop === '"') {
        at++;
        return value;
      }
      if (stop === undefined) fail("Unexpected end-of-input: was expecting closing quote for a string value");
      if (stop !== "\\") {
        fail(
          `Illegal unquoted character ((CTRL-CHAR, code ${stop.charCodeAt(0)})): has to be escaped using backslash to be included in string value`,
          at + 1,
        );
      }
      value += readEscape();
    }
  }

  function readEscape(): string {
    const letter = text[at + 1];
    if (letter === undefined) fail("Unexpected end-of-input in character escape sequence");
    if (letter === "u") {
      const digits = text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail("expected a hex-digit for character escape sequence", at + 2);
      at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const value = escapes[letter];
    if (value === undefined) fail(`Unrecognized character escape '${letter}' (code ${letter.charCodeAt(0)})`, at + 2);
    at += 2;
    return value;
  }

  function readScalar(holder: object, key: string | number): JsonValue {
    const digits = match(numberPattern);
    if (digits !== "") {
      at += digits.length;
      if (/[\d.]/.test(text[at] ?? "")) {
        fail(`Invalid numeric value: '${digits}${text[at]}' is not a number`, at + 1);
      }
      const value = Number(digits);
      if (String(value) !== digits) rememberNumberText(holder, key, digits);
      return value;
    }
    const token = match(tokenPattern);
    const literal = literals.get(token);
    if (literal !== undefined) {
      at += token.length;
      return literal;
    }
    if (token === "")
      unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
    return fail(
      `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
      at + token.length,
    );
  }

  return { duplicates, readDocument };
}

/** How Jackson names a place in a text, the first 500 characters of which it repeats. */
export function jacksonLocation(text: string, offset: number): string {
  const shown = text.length > 500 ? `"${text.slice(0, 500)}"[truncated ${text.length - 500} chars]` : `"${text}"`;
  const { line, column } = lineAndColumn(text, offset);
  return `[Source: (String)${shown}; line: ${line}, column: ${column}]`;
}

/** Both from 1. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", lineStart)) {
    line++;
    lineStart = next + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
