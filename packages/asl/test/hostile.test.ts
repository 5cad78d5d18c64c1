/**
 * Hostile input: whatever comes in, the validator, the text readers and the parsers of paths, intrinsic calls and JSONata
 * answer in their own words and in time, and never throw. More than 10,000 inputs a run, from a fixed seed.
 */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  compileJsonata,
  fieldsOf,
  parseDefinitionText,
  parseIntrinsic,
  parseJson,
  parsePath,
  stateTypes,
  validateDefinition,
  validateText,
} from "../src/index.ts";
import type { JsonValue } from "../src/index.ts";

// What hangs fails by this; a machine under load must not.
vi.setConfig({ testTimeout: 60_000 });

const seed = 20_260_705;

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "\ud800",
    "\udfff\ud800",
    "",
    "$",
    "$$",
    "{%",
    "%}",
  ),
  fc.constantFrom("{% $states.input %}", "${__proto__}", "States.Format('{}', $.a)", "$.a", "States.ALL", "1e400"),
);

const oddValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    oddText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(oddText, tie("value"), { maxKeys: 4, noNullPrototype: false }),
  ),
})).value;

const stateFields = [...new Set(stateTypes.flatMap((type) => [...fieldsOf(type).keys()]))];

/** Objects that look enough like states to get past the first checks. */
const oddState = fc
  .tuple(fc.constantFrom(...stateTypes), fc.dictionary(fc.constantFrom(...stateFields), oddValue, { maxKeys: 8 }))
  .map(([type, fields]): JsonValue => ({ ...fields, Type: type }));

const oddGraph: fc.Arbitrary<JsonValue> = fc.record({
  StartAt: oddText,
  QueryLanguage: fc.oneof(fc.constantFrom("JSONata", "JSONPath"), oddValue),
  States: fc.dictionary(oddText, fc.oneof(oddState, oddValue), { maxKeys: 5 }),
});

const oddDefinition: fc.Arbitrary<JsonValue> = fc
  .tuple(oddGraph, oddGraph, oddValue)
  .map(([outer, inner, extra]): JsonValue => {
    const { States: states, ...rest } = outer as Record<string, JsonValue>;
    const parallel = { Type: "Parallel", Branches: [inner, extra], End: true };
    return {
      ...rest,
      States: {
        ...(states as Record<string, JsonValue>),
        nested: parallel,
        map: { Type: "Map", ItemProcessor: inner },
      },
    };
  });

/** Text near a grammar: its tokens in any order. */
const near = (...tokens: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof(fc.constantFrom(...tokens), oddText), { maxLength: 12 }).map((parts) => parts.join(""));

const paths = near(
  "$",
  "$$",
  "$v",
  ".",
  "..",
  "a",
  "[",
  "]",
  "*",
  "?(",
  "@",
  "==",
  "'x'",
  "1",
  ":",
  ",",
  "-",
  ")",
  "&&",
  "=~ /a/",
);
const calls = near("States.Format(", "States.Array(", ")", "'{}'", ",", "$.a", "1", " ", "\\'", "null");
const expressions = near(
  "$states",
  ".input",
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  ":=",
  "function($x)",
  "?",
  ":",
  "~>",
  "/a/",
  "'s'",
  "*",
  "^",
  "1..9",
);
const jsonTexts = near("{", "}", "[", "]", '"a"', ":", ",", "1", "-", "e5", "true", "null", '"\\u', "\\", "\n", " ");
const yamlTexts = near("a: ", "- ", "&x ", "*x", "!Sub ", "{", "}", "\n", "  ", "|", ">", "'", "? ", "<<: ", "---");

describe("nothing but its own answers", () => {
  test.each<[string, fc.Arbitrary<JsonValue>, (input: never) => unknown]>([
    ["validateDefinition, any value", oddValue, (value) => validateDefinition(value)],
    ["validateDefinition, near definitions", oddDefinition, (value) => validateDefinition(value, { type: "EXPRESS" })],
    ["validateText", jsonTexts, (text) => validateText(text, { format: "json" })],
    ["parseDefinitionText, YAML", yamlTexts, (text) => parseDefinitionText(text, { format: "yaml" })],
    ["parsePath", paths, parsePath],
    ["parseIntrinsic", calls, parseIntrinsic],
    ["compileJsonata", expressions, (text) => compileJsonata(text, { field: "Output" })],
  ])("%s", (_name, input, run) => {
    fc.assert(
      fc.property(input, (value) => {
        expect(run(value as never)).toBeDefined();
      }),
      { seed, numRuns: 1600 },
    );
  });

  test("what JSON.parse refuses, parseJson refuses, and what it reads, parseJson reads alike", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          jsonTexts,
          oddValue.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const ours = parseJson(text);
          expect(ours.error === undefined ? { value: ours.value } : "no JSON").toEqual(readByEngine(text));
        },
      ),
      { seed, numRuns: 2000 },
    );
  });
});

function readByEngine(text: string): { readonly value: JsonValue } | "no JSON" {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return "no JSON";
  }
}

function nested(levels: number, open: string, close: string): string {
  return open.repeat(levels) + close.repeat(levels);
}

describe("sizes", () => {
  test.each([
    ["lists", nested(10_000, "[", "]")],
    ["objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["rules", `{"Choices":[${'{"Not":'.repeat(10_000)}1${"}".repeat(10_000)}]}`],
  ])("10,000 levels of %s in the text", (_name, text) => {
    expect(validateText(text, { format: "json" })).toMatchObject([{ code: "TOO_DEEPLY_NESTED" }]);
  });

  test("10,000 levels in the value, and branches within branches up to the limit", () => {
    let deep: JsonValue = 1;
    for (let level = 0; level < 10_000; level++) deep = { a: deep };
    expect(validateDefinition({ StartAt: "A", States: { A: { Type: "Pass", Result: deep } } })).toMatchObject([
      { code: "TOO_DEEPLY_NESTED" },
    ]);
    let graph: JsonValue = { StartAt: "end", States: { end: { Type: "Succeed" } } };
    for (let level = 0; level < 240; level++) {
      const name = `level ${level}`;
      graph = { StartAt: name, States: { [name]: { Type: "Parallel", Branches: [graph], End: true } } };
    }
    expect(validateDefinition(graph)).toEqual([]);
  });

  test("10,000 levels of paths, calls and expressions", () => {
    expect(parsePath(`$${"[0]".repeat(10_000)}`)).toBeDefined();
    expect(parsePath(`$[?(${"(".repeat(10_000)}`)).toBeDefined();
    expect(parseIntrinsic(nested(10_000, "States.Array(", ")"))).toBeDefined();
    expect(compileJsonata(nested(10_000, "[", "]"), { field: "Output" })).toBeDefined();
  });

  test("a definition of more than 1 MiB is judged", () => {
    const states = Object.fromEntries(
      Array.from({ length: 8000 }, (_, index) => [
        `state ${index}`,
        { Type: "Pass", Parameters: { "a.$": `$.a[${index}]` }, Next: `state ${index + 1}`, Comment: "x".repeat(50) },
      ]),
    );
    const text = JSON.stringify({ StartAt: "state 0", States: { ...states, "state 8000": { Type: "Succeed" } } });
    expect(text.length).toBeGreaterThan(1_048_576);
    expect(validateText(text, { format: "json" })).toMatchObject([{ code: "DEFINITION_LIMIT_EXCEEDED" }]);
  });
});
