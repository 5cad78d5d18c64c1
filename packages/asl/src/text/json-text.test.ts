import { describe, expect, test } from "vitest";
import { jacksonLocation, keepNumberTexts, lineAndColumn, numberTextOf, parseJson, printJson } from "./json-text.ts";
import type { JsonObject, JsonValue } from "../json.ts";

function read(text: string): JsonValue {
  const parsed = parseJson(text);
  if (parsed.error !== undefined) throw new Error(parsed.error.message);
  return parsed.value;
}

describe("reading", () => {
  test.each([
    "null",
    "true",
    "-0.5e-3",
    '""',
    "[]",
    "{}",
    ' {"a" : [1, 2.5, {"b": null}], "": "x"}\n',
    String.raw`"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`,
    '"\u2028 lone \ud800 surrogate"',
    '{"__proto__":{"x":1},"constructor":2}',
  ])("reads %s as JSON.parse does", (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test("__proto__ is a member, not the prototype", () => {
    const value = read('{"__proto__":{"x":1}}') as JsonObject;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("notices duplicate keys and keeps the last", () => {
    const parsed = parseJson('{"a":1,"b":{"c":1,"c":2}}');
    expect(parsed.value).toEqual({ a: 1, b: { c: 2 } });
    expect(parsed.duplicates?.map(({ place, offset }) => [place.key, offset])).toEqual([["c", 18]]);
  });
});

describe("refusing, in Jackson's words", () => {
  const tokens = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
  test.each([
    ["not a definition", `Unrecognized token 'not': was expecting ${tokens}`, 3],
    ["{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2],
    ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 6],
    ['{"a":1 "b":2}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 8],
    ["[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 4],
    ["[,]", `Unexpected character (',' (code 44)): expected a valid value ${tokens}`, 2],
    [
      '"a\nb"',
      "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
      3,
    ],
    [String.raw`"\x"`, "Unrecognized character escape 'x' (code 120)", 3],
    ['"abc', "Unexpected end-of-input: was expecting closing quote for a string value", 4],
  ])("%j", (text, message, offset) => {
    expect(parseJson(text).error).toEqual({ message, offset, tooDeep: false });
  });

  test("an open object is named with its start", () => {
    expect(parseJson('{"a":{').error?.message).toBe(
      'Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"a":{"; line: 1, column: 6])',
    );
  });

  test.each(["01", "1.", "--1", "+1", "1e", ".5", "nul", "truee", "[1,]", "{} {}", "\u0000"])(
    "%j is no JSON",
    (text) => {
      expect(parseJson(text).error).toBeDefined();
    },
  );

  test("depth has an end", () => {
    expect(parseJson("[".repeat(1000) + "]".repeat(1000)).error).toBeUndefined();
    expect(parseJson("[".repeat(10_000)).error).toMatchObject({ tooDeep: true });
  });
});

describe("the text of numbers", () => {
  test.each(['{"a":1.0,"b":[1e3,-0,0.10],"c":12345678901234567890}', "[1.50]", '{"__proto__":2.0}'])(
    "%s stays",
    (text) => {
      expect(printJson(read(text))).toBe(text);
    },
  );

  test("travels with the object that holds it, and to copies on demand", () => {
    const source = read('{"a":1.0,"b":2.0}') as JsonObject;
    expect(numberTextOf(source, "a")).toBe("1.0");
    expect(printJson({ wrapped: source })).toBe('{"wrapped":{"a":1.0,"b":2.0}}');
    expect(printJson(keepNumberTexts(source, { ...source, b: 3 }))).toBe('{"a":1.0,"b":3}');
  });
});

test("locations are Jackson's, and repeat 500 characters at most", () => {
  expect(jacksonLocation("not a definition", 3)).toBe('[Source: (String)"not a definition"; line: 1, column: 4]');
  expect(jacksonLocation("x".repeat(600), 2)).toBe(
    `[Source: (String)"${"x".repeat(500)}"[truncated 100 chars]; line: 1, column: 3]`,
  );
  expect(lineAndColumn("a\nbc\nd", 3)).toEqual({ line: 2, column: 2 });
});
