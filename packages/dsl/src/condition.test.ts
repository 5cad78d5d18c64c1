/** Every condition in both query languages; the JSONata is evaluated, since it has to mean what the operator means. */
import { comparisonOperators, compileJsonata, ExpressionSyntaxError, seededRandom } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { expect, test } from "vitest";
import * as dsl from "./index.ts";
import { printCondition } from "./print-condition.ts";
import { scope } from "./scope.ts";

interface Data {
  text: string;
  other: string;
  number: number;
  flag: boolean;
  time: string;
  later: string;
  nothing: null;
  absent?: string;
}

const data = {
  text: "a.b*c",
  other: "b",
  number: 3,
  flag: true,
  time: "2030-01-01T10:00:00+02:00",
  later: "2030-01-01T09:00:00Z",
  nothing: null,
};

const s = scope as unknown as {
  readonly input: dsl.Reference<Data, "input">;
  readonly vars: { readonly limit: dsl.Reference<number> };
};
const { input } = s;

const cases: readonly (readonly [dsl.Condition<unknown, unknown>, JsonValue, boolean])[] = [
  [dsl.isPresent(input.text), { Variable: "$.text", IsPresent: true }, true],
  [dsl.isPresent(input.absent), { Variable: "$.absent", IsPresent: true }, false],
  [dsl.isPresent(input.nothing), { Variable: "$.nothing", IsPresent: true }, true],
  [dsl.isNull(input.nothing), { Variable: "$.nothing", IsNull: true }, true],
  [dsl.isNull(input.text), { Variable: "$.text", IsNull: true }, false],
  [dsl.isString(input.text), { Variable: "$.text", IsString: true }, true],
  [dsl.isString(input.number), { Variable: "$.number", IsString: true }, false],
  [dsl.isNumeric(input.number), { Variable: "$.number", IsNumeric: true }, true],
  [dsl.isNumeric(input.flag), { Variable: "$.flag", IsNumeric: true }, false],
  [dsl.isBoolean(input.flag), { Variable: "$.flag", IsBoolean: true }, true],
  [dsl.isBoolean(input.nothing), { Variable: "$.nothing", IsBoolean: true }, false],
  [dsl.isTimestamp(input.time), { Variable: "$.time", IsTimestamp: true }, true],
  [dsl.isTimestamp(input.text), { Variable: "$.text", IsTimestamp: true }, false],
  [dsl.isTimestamp(input.number), { Variable: "$.number", IsTimestamp: true }, false],
  [dsl.stringEquals(input.text, "a.b*c"), { Variable: "$.text", StringEquals: "a.b*c" }, true],
  [dsl.stringEquals(input.text, input.other), { Variable: "$.text", StringEqualsPath: "$.other" }, false],
  [dsl.stringLessThan(input.text, "b"), { Variable: "$.text", StringLessThan: "b" }, true],
  [dsl.stringGreaterThan(input.text, input.other), { Variable: "$.text", StringGreaterThanPath: "$.other" }, false],
  [dsl.stringLessThanEquals(input.other, "b"), { Variable: "$.other", StringLessThanEquals: "b" }, true],
  [dsl.stringGreaterThanEquals(input.other, "c"), { Variable: "$.other", StringGreaterThanEquals: "c" }, false],
  [dsl.stringMatches(input.text, "a*c"), { Variable: "$.text", StringMatches: "a*c" }, true],
  [dsl.stringMatches(input.text, "a.b\\*c"), { Variable: "$.text", StringMatches: "a.b\\*c" }, true],
  [dsl.stringMatches(input.text, "a.b\\*"), { Variable: "$.text", StringMatches: "a.b\\*" }, false],
  [dsl.stringMatches(input.text, "axb*"), { Variable: "$.text", StringMatches: "axb*" }, false],
  [dsl.stringMatches(input.text, "*/*"), { Variable: "$.text", StringMatches: "*/*" }, false],
  [dsl.numericEquals(input.number, 3), { Variable: "$.number", NumericEquals: 3 }, true],
  [dsl.numericLessThan(input.number, 3), { Variable: "$.number", NumericLessThan: 3 }, false],
  [dsl.numericGreaterThan(input.number, 2), { Variable: "$.number", NumericGreaterThan: 2 }, true],
  [dsl.numericLessThanEquals(input.number, 3), { Variable: "$.number", NumericLessThanEquals: 3 }, true],
  [
    dsl.numericGreaterThanEquals(input.number, s.vars.limit),
    { Variable: "$.number", NumericGreaterThanEqualsPath: "$limit" },
    false,
  ],
  [dsl.booleanEquals(input.flag, true), { Variable: "$.flag", BooleanEquals: true }, true],
  [dsl.booleanEquals(input.flag, input.flag), { Variable: "$.flag", BooleanEqualsPath: "$.flag" }, true],
  [
    dsl.timestampEquals(input.time, "2030-01-01T08:00:00Z"),
    { Variable: "$.time", TimestampEquals: "2030-01-01T08:00:00Z" },
    true,
  ],
  [dsl.timestampLessThan(input.time, input.later), { Variable: "$.time", TimestampLessThanPath: "$.later" }, true],
  [
    dsl.timestampGreaterThan(input.time, input.later),
    { Variable: "$.time", TimestampGreaterThanPath: "$.later" },
    false,
  ],
  [
    dsl.timestampLessThanEquals(input.time, input.time),
    { Variable: "$.time", TimestampLessThanEqualsPath: "$.time" },
    true,
  ],
  [
    dsl.timestampGreaterThanEquals(input.later, input.time),
    { Variable: "$.later", TimestampGreaterThanEqualsPath: "$.time" },
    true,
  ],
  [
    dsl.and(dsl.isPresent(input.text), dsl.not(dsl.isNull(input.text))),
    { And: [{ Variable: "$.text", IsPresent: true }, { Not: { Variable: "$.text", IsNull: true } }] },
    true,
  ],
  [
    dsl.and(dsl.isString(input.number), dsl.or(dsl.isNull(input.text), dsl.isString(input.text))),
    {
      And: [
        { Variable: "$.number", IsString: true },
        {
          Or: [
            { Variable: "$.text", IsNull: true },
            { Variable: "$.text", IsString: true },
          ],
        },
      ],
    },
    false,
  ],
];

test.each(cases)("%# %j", async (condition, rule, holds) => {
  expect(printCondition.JSONPath(condition)).toEqual(rule);
  const { Condition } = printCondition.JSONata(condition);
  const compiled = compileJsonata((Condition as string).slice(2, -2), { field: "Condition", expected: "boolean" });
  if (compiled instanceof ExpressionSyntaxError) throw compiled;
  const variables = new Map<string, JsonValue>([["limit", 4]]);
  const evaluation = { input: data, context: {}, variables, random: seededRandom(1), nowEpochMs: 0 };
  expect(await compiled.evaluate(evaluation)).toBe(holds);
});

test("every comparison operator of the language has its function", () => {
  const functions = new Set(Object.keys(dsl));
  const plain = Object.keys(comparisonOperators).filter((operator) => !operator.endsWith("Path"));
  const missing = plain.filter((operator) => !functions.has(operator[0]?.toLowerCase() + operator.slice(1)));
  expect(missing).toEqual([]);
});
