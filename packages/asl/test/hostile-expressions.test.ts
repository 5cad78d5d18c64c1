/** Nothing that somebody writes as an expression, or sends as data, makes the language throw or hang. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EvaluationFailure, type EvaluationScope } from "../src/evaluation.ts";
import { ExpressionSyntaxError } from "../src/expression-syntax-error.ts";
import { compileIntrinsicText } from "../src/intrinsic/compile-intrinsic.ts";
import type { JsonValue } from "../src/json.ts";
import { compileJsonata } from "../src/jsonata/compile-jsonata.ts";
import { compilePathText } from "../src/path/compile-path.ts";
import { parseReferencePath } from "../src/path/parse-path.ts";
import { writeAtPath } from "../src/path/write-at-path.ts";
import { compileTemplate, TemplateError } from "../src/template/compile-template.ts";
import { scopeOf } from "./scope.ts";

/** Pieces of the grammars, the traps of JavaScript objects, and what JSON.parse can give but nobody expects. */
const pieces = [
  Array.from("$.[]()*?:,@'\"/\\&|!=<>~{}#^%-+0123456789abc \n"),
  ["..", "$$", "[?(@.a", ")]", "==", "=~", " in ", "&&", "||", "['", "']", "[*]", "[-1:", "[0,1]", ".length()"],
  ["States.Format(", "States.Array(", "States.UUID()", "States.MathAdd(1, ", "'{}'", "'a'", "1e400", "true", "null"],
  [
    "$states.input",
    "$states",
    "$sum(",
    "$map(",
    "function($x){",
    "$x",
    "[1..",
    "~>",
    ":=",
    "and ",
    " ? ",
    "{'k':",
    ";",
  ],
  ["__proto__", "constructor", "prototype", "toString", "\u0000", "\uD800", "\uDFFF", "é", "🙂", "length"],
].flat();

const texts = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => `$${parts.join("")}`),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const names = fc.constantFrom("a", "b", "__proto__", "constructor", "prototype", "length", "k.$", "k", "");
const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<JsonValue>(null, true, 0, -0, 1e308, 1.5, "", "a", "\uD800", "$.a", "{% $states.input %}"),
    fc.array(tie("value"), { maxLength: 4 }),
    // As JSON.parse makes them: `__proto__` is a member.
    fc.array(fc.tuple(names, tie("value")), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
})).value;

const scopes: fc.Arbitrary<EvaluationScope> = fc
  .tuple(values, values)
  .map(([input, x]) => scopeOf({ input, context: x, variables: { x, a: input } }));

const runs = { numRuns: 10_000 };

/** Printing proves that a result is JSON all through. */
const isEvaluated = (result: unknown) => result instanceof EvaluationFailure || JSON.stringify(result) !== undefined;

function readsAsPath(text: string, scope: EvaluationScope): boolean {
  const path = compilePathText(text);
  if (path instanceof ExpressionSyntaxError) return path.offset <= text.length && path.message !== "";
  const found = path.evaluate(scope);
  return found === undefined ? path.explainMiss(scope) !== "" : isEvaluated(found);
}

function takesWrites(text: string, { input }: EvaluationScope): boolean {
  const path = parseReferencePath(text);
  return path instanceof ExpressionSyntaxError || isEvaluated(writeAtPath(path, input, 1));
}

function evaluatesAsCall(text: string, scope: EvaluationScope): boolean {
  const call = compileIntrinsicText(text);
  return call instanceof ExpressionSyntaxError ? call.message !== "" : isEvaluated(call.evaluate(scope));
}

function evaluatesAsTemplate(value: JsonValue, scope: EvaluationScope): boolean {
  const template = compileTemplate(value);
  return template instanceof TemplateError ? template.message !== "" : isEvaluated(template.evaluate(scope));
}

async function evaluatesAsJsonata(text: string, scope: EvaluationScope): Promise<boolean> {
  const expression = compileJsonata(text, { field: "Output" });
  if (expression instanceof ExpressionSyntaxError) return expression.message !== "";
  return isEvaluated(await expression.evaluate(scope));
}

describe("hostile text and data", { timeout: 30_000 }, () => {
  it.each([
    ["paths", readsAsPath],
    ["places to write to", takesWrites],
    ["intrinsic functions", evaluatesAsCall],
  ])("as %s", (_what, holds) => {
    fc.assert(
      fc.property(texts, scopes, (text, scope) => {
        expect(holds(text, scope)).toBe(true);
      }),
      runs,
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("as templates", () => {
    fc.assert(
      fc.property(values, scopes, (value, scope) => {
        expect(evaluatesAsTemplate(value, scope)).toBe(true);
      }),
      runs,
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("as JSONata", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(texts, scopes, async (text, scope) => {
        expect(await evaluatesAsJsonata(text, scope)).toBe(true);
      }),
      runs,
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("ten thousand levels deep", async () => {
    let deep: JsonValue = 1;
    for (let level = 0; level < 10_000; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
    const scope = scopeOf({ input: deep });
    const format = compileIntrinsicText("States.Format('{}', $)");
    const merge = compileIntrinsicText("States.ArrayContains(States.Array($), $)");
    const jsonata = compileJsonata("$states.input.**", { field: "Output" });
    for (const call of [format, merge, jsonata]) {
      if (call instanceof ExpressionSyntaxError) throw new Error(call.message);
      expect(await call.evaluate(scope)).toBeDefined();
    }
  });

  it.each<[string, (length: number) => string]>([
    ["members", (length) => `$${".a".repeat(length / 2)}`],
    ["a name", (length) => `$['${"x".repeat(length)}']`],
    ["a literal", (length) => `$[?(@.a == '${"x".repeat(length)}')]`],
    ["an ambiguous pattern", (length) => `$[?(@.a =~ /${"(x|y)*".repeat(length / 6)}/)]`],
    ["indices", (length) => `$[${"0,".repeat(length / 2)}0]`],
    ["descents", (length) => `$${"..a".repeat(length / 3)}`],
  ])("a path with a mebibyte of %s", (_what, textOf) => {
    expect(readsAsPath(textOf(1024 * 1024), scopeOf({ input: { a: [1] } }))).toBe(true);
  });

  it("a call with a mebibyte of arguments", () => {
    expect(evaluatesAsCall(`States.Array(${"1,".repeat(512 * 1024)}1)`, scopeOf())).toBe(true);
  });
});
