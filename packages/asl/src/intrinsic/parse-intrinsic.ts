/** Text to `IntrinsicCall`. See ASL specification, "Intrinsic Functions". */
import { Cursor } from "../cursor.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { parsePath } from "../path/parse-path.ts";
import { intrinsicFunctions, isIntrinsicName } from "./intrinsic-functions.ts";
import type { IntrinsicArgument, IntrinsicCall } from "./intrinsic.ts";

/** How many calls may stand inside one another within the outermost (DOC). */
export const maxNestedIntrinsics = 10;

/** @returns the call, or where and why the text is none; never throws. The function exists and takes as many arguments. */
export function parseIntrinsic(text: string): IntrinsicCall | ExpressionSyntaxError {
  const cursor = new Cursor(text);
  try {
    const call = parseCall(cursor);
    cursor.skipBlanks();
    return cursor.atEnd ? call : cursor.fail("nothing after the closing ')'");
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}

function parseCall(cursor: Cursor): IntrinsicCall {
  const start = cursor.offset;
  const name = cursor.match(/States\.[A-Za-z0-9]+/y);
  if (name === undefined || !isIntrinsicName(name)) return cursor.fail("the name of an intrinsic function", start);
  if (cursor.depth > maxNestedIntrinsics) cursor.fail(`at most ${maxNestedIntrinsics} nested functions`, start);
  cursor.depth += 1;
  cursor.skipBlanks();
  cursor.expect("(");
  const values = parseArguments(cursor);
  cursor.depth -= 1;
  const { minArguments, maxArguments } = intrinsicFunctions[name];
  if (values.length < minArguments || values.length > maxArguments) {
    const bounds = minArguments === maxArguments ? `${minArguments}` : `${minArguments} to ${maxArguments}`;
    const message = `found ${values.length} arguments of ${name}, wanted ${bounds.replace(" to Infinity", " or more")}`;
    throw new ExpressionSyntaxError(cursor.text, start, message);
  }
  return { kind: "call", text: cursor.text.slice(start, cursor.offset), name, arguments: values };
}

function parseArguments(cursor: Cursor): IntrinsicArgument[] {
  const values: IntrinsicArgument[] = [];
  cursor.skipBlanks();
  if (cursor.take(")")) return values;
  do {
    cursor.skipBlanks();
    values.push(parseArgument(cursor));
    cursor.skipBlanks();
  } while (cursor.take(","));
  cursor.expect(")");
  return values;
}

function parseArgument(cursor: Cursor): IntrinsicArgument {
  if (cursor.char === "'") return parseString(cursor);
  if (cursor.char === "$") return parsePathArgument(cursor);
  if (cursor.startsWith("States.")) return parseCall(cursor);
  const literal = cursor.match(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])/y);
  if (literal === undefined)
    return cursor.fail("a string in single quotes, a number, true, false, null, a path or a call");
  const number = Number(literal);
  return { kind: "literal", value: Number.isNaN(number) ? literals[literal]! : number };
}

const literals: { readonly [text: string]: boolean | null } = { true: true, false: false, null: null };

function parseString(cursor: Cursor): IntrinsicArgument {
  const start = cursor.offset;
  let value = "";
  for (cursor.offset += 1; !cursor.atEnd; cursor.offset += 1) {
    const char = cursor.char;
    if (char === "'") {
      const escaped = cursor.text.slice(start + 1, cursor.offset);
      cursor.offset += 1;
      return { kind: "literal", value, escaped };
    }
    if (char === "\\") {
      cursor.offset += 1;
      // Any other escape is refused; recorded for \" (a definition with it cannot be created).
      if (!["'", "{", "}", "\\"].includes(cursor.char)) cursor.fail("one of ' { } \\ after the \\");
    }
    value += cursor.char;
  }
  return cursor.fail(`a closing ' for the one at offset ${start}`);
}

/** A path goes on to the next comma or parenthesis outside of its own brackets and quotes. */
function parsePathArgument(cursor: Cursor): IntrinsicArgument {
  const start = cursor.offset;
  let depth = 0;
  let quote = "";
  for (; !cursor.atEnd; cursor.offset += 1) {
    const char = cursor.char;
    if (quote !== "") {
      if (char === "\\") cursor.offset += 1;
      else if (char === quote) quote = "";
    } else if (depth === 0 && (char === "," || char === ")")) break;
    else if (char === "[" || char === "(") depth += 1;
    else if (char === "]" || char === ")") depth -= 1;
    else if (depth > 0 && (char === "'" || char === '"')) quote = char;
  }
  const path = parsePath(cursor.text.slice(start, cursor.offset).trimEnd());
  if (path instanceof ExpressionSyntaxError) {
    throw new ExpressionSyntaxError(cursor.text, start + path.offset, path.message);
  }
  return { kind: "path", path };
}
