import * as fc from "fast-check";
import type { EvaluationFailure } from "@stepwright/asl";
import type { ChoiceCondition, JsonValue } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { compileCondition, compilePattern } from "./choice.ts";
import { SeededRandom } from "./random.ts";

function holds(condition: ChoiceCondition, input: JsonValue): boolean | EvaluationFailure {
  return compileCondition(condition)({
    input,
    context: {},
    variables: new Map(),
    random: new SeededRandom(0),
    nowEpochMs: 0,
  });
}

describe("comparisons", () => {
  test("another type than the operator's is false, not an error", () => {
    expect(holds({ Variable: "$.a", NumericEquals: 1 }, { a: "1" })).toBe(false);
    expect(holds({ Variable: "$.a", StringEquals: "1" }, { a: 1 })).toBe(false);
    expect(holds({ Variable: "$.a", BooleanEquals: false }, { a: null })).toBe(false);
    expect(holds({ Variable: "$.a", TimestampEquals: "2024-01-01T00:00:00Z" }, { a: "yesterday" })).toBe(false);
  });

  test("strings compare by code units, timestamps by instants", () => {
    expect(holds({ Variable: "$.a", StringLessThan: "a" }, { a: "B" })).toBe(true);
    expect(
      holds({ Variable: "$.a", TimestampEquals: "2024-01-01T01:00:00+01:00" }, { a: "2024-01-01T00:00:00Z" }),
    ).toBe(true);
  });

  test("a path operand is read from the input", () => {
    expect(holds({ Variable: "$.a", NumericGreaterThanEqualsPath: "$.b" }, { a: 2, b: 2 })).toBe(true);
    expect(holds({ Variable: "$.a", NumericGreaterThanPath: "$.b" }, { a: 2, b: 2 })).toBe(false);
  });

  test("a path that finds nothing fails in AWS's words, wherever it stands", () => {
    const miss = "Invalid path '$.nope': The choice state's condition path references an invalid value.";
    for (const condition of [
      { Variable: "$.nope", IsNull: true },
      { Not: { Variable: "$.nope", StringEquals: "x" } },
      { Variable: "$.a", NumericEqualsPath: "$.nope" },
    ] satisfies ChoiceCondition[]) {
      expect(holds(condition, { a: 1 })).toMatchObject({ error: "States.Runtime", cause: miss });
    }
  });

  test("IsPresent guards what stands behind it", () => {
    const guarded = {
      And: [
        { Variable: "$.a", IsPresent: true },
        { Variable: "$.a", NumericEquals: 1 },
      ],
    };
    expect(holds(guarded, {})).toBe(false);
    expect(holds(guarded, { a: 1 })).toBe(true);
    expect(holds({ Variable: "$.a", IsPresent: true }, { a: null })).toBe(true);
    expect(holds({ Variable: "$.__proto__", IsPresent: true }, {})).toBe(false);
  });
});

describe("StringMatches", () => {
  test("an asterisk is any run; a backslash makes it one character", () => {
    expect(compilePattern("log-*.txt")("log-.txt")).toBe(true);
    expect(compilePattern("log-*.txt")("log-1.tx")).toBe(false);
    expect(compilePattern("a*a")("a")).toBe(false);
    expect(compilePattern("a\\*b")("a*b")).toBe(true);
    expect(compilePattern("a\\*b")("axb")).toBe(false);
    expect(compilePattern("?")("x")).toBe(false);
  });

  test("agrees with a regular expression", () => {
    const piece = fc.constantFrom("a", "b", "ab", "*");
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }),
        (pieces, text) => {
          const expected = new RegExp(`^${pieces.map((p) => (p === "*" ? ".*" : p)).join("")}$`).test(text);
          expect(compilePattern(pieces.join(""))(text)).toBe(expected);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});
