import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeOf } from "../../test/scope.ts";
import { EvaluationFailure } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { parseJson, printJson } from "../text/json-text.ts";
import { compilePath } from "./compile-path.ts";
import { parseReferencePath } from "./parse-path.ts";
import type { Path } from "./path.ts";
import { writeAtPath } from "./write-at-path.ts";

function reference(text: string): Path {
  const path = parseReferencePath(text);
  if (path instanceof ExpressionSyntaxError) throw new Error(path.message);
  return path;
}

const write = (text: string, rawInput: JsonValue, value: JsonValue) => writeAtPath(reference(text), rawInput, value);

describe("writing at a reference path", () => {
  it.each<[string, JsonValue, JsonValue]>([
    ["$", { a: 1 }, 7],
    ["$.b", { a: 1 }, { a: 1, b: 7 }],
    ["$.a", { a: 1 }, { a: 7 }],
    ["$.b.c.d", { a: 1 }, { a: 1, b: { c: { d: 7 } } }],
    ["$.a[1].b", { a: [0, { c: 1 }] }, { a: [0, { c: 1, b: 7 }] }],
    ["$.a[-1]", { a: [0, 1] }, { a: [0, 7] }],
  ])("%s into %j", (path, rawInput, expected) => {
    expect(write(path, rawInput, 7)).toEqual(expected);
  });

  it("copies the way to the place and shares the rest", () => {
    const rawInput = Object.freeze({ kept: Object.freeze({ x: 1 }), changed: Object.freeze({ y: 2 }) });
    const written = write("$.changed.z", rawInput, 3);
    expect(written).toEqual({ kept: { x: 1 }, changed: { y: 2, z: 3 } });
    expect(written).toHaveProperty("kept", rawInput.kept);
    expect(rawInput).toEqual({ kept: { x: 1 }, changed: { y: 2 } });
  });

  it.each<[string, JsonValue]>([
    ["$.a", "text"],
    ["$.a", 1],
    ["$.a", [1]],
    ["$.a", null],
    ["$.a.b", { a: 1 }],
    ["$.a.b", { a: null }],
    ["$.a[0]", { a: [] }],
    ["$.a[0]", {}],
    ["$[0]", { 0: 1 }],
  ])("%s does not fit into %j", (path, rawInput) => {
    expect(write(path, rawInput, 7)).toEqual(
      new EvaluationFailure(
        "States.ResultPathMatchFailure",
        `Unable to apply ReferencePath ${path} to input ${JSON.stringify(rawInput)}`,
      ),
    );
  });

  it("takes __proto__ for a name like any other", () => {
    expect(JSON.stringify(write("$.__proto__.polluted", {}, true))).toBe('{"__proto__":{"polluted":true}}');
    expect(write("$.constructor", {}, 1)).toEqual({ constructor: 1 });
    expect("polluted" in {}).toBe(false);
  });

  it("keeps the text of the numbers beside it", () => {
    const parsed = parseJson('{"a":1.0,"b":{"c":2.0},"d":3.0}');
    const written = write("$.b.x", parsed.error === undefined ? parsed.value : null, 1);
    expect(written instanceof EvaluationFailure ? written : printJson(written)).toBe(
      '{"a":1.0,"b":{"c":2.0,"x":1},"d":3.0}',
    );
  });

  it("makes the path find what was written", () => {
    const names = fc.constantFrom("a", "b", "__proto__", "x y", "constructor", "'");
    const objects = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof({ depthSize: "small" }, fc.constant<JsonValue>(1), fc.dictionary(names, tie("value"))),
    })).value;
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 4 }), objects, fc.jsonValue(), (way, rawInput, value) => {
        const path = reference(`$${way.map((name) => `['${name.replaceAll("'", String.raw`\'`)}']`).join("")}`);
        const before = JSON.stringify(rawInput);
        const json: JsonValue = JSON.parse(JSON.stringify(value));
        const input = writeAtPath(path, rawInput, json);
        expect(JSON.stringify(rawInput)).toBe(before);
        if (input instanceof EvaluationFailure) return;
        expect(compilePath(path).evaluate(scopeOf({ input }))).toEqual(json);
      }),
    );
  });
});
