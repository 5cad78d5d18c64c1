import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scopeOf } from "../../test/scope.ts";
import { EvaluationFailure, type EvaluationScope } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { compileJsonata, type CompiledJsonata } from "./compile-jsonata.ts";

function compiled(text: string): CompiledJsonata {
  const expression = compileJsonata(text, { field: "Output" });
  if (expression instanceof ExpressionSyntaxError) throw new Error(`${text}: ${expression.message}`);
  return expression;
}

const scope = scopeOf({
  input: { a: { b: 1, "x y": 2 }, list: [1, { c: 2 }, [3]], one: [{ c: 1 }], none: [], empty: {}, text: "t", zero: 0 },
  variables: { v: { w: [true] }, n: 2.5 },
});

describe("an expression of the simple kind", () => {
  it.each<[string, JsonValue]>([
    ["$states.input.a.b", 1],
    ["$states.input.a.`x y`", 2],
    ["$states.input.list", [1, { c: 2 }, [3]]],
    ["$states.input.list[0]", 1],
    ["$states.input.list[1].c", 2],
    ["$states.input.a[0].b", 1],
    ["$states.input.one", [{ c: 1 }]],
    ["$states.input.none", []],
    ["$v.w", [true]],
    ["$v.w[-1]", true],
    ["$n * 2 + 1 - -1", 7],
    ["$states.input.text & $n & null & true & $nope", "t2.5nulltrue"],
    ["$states.input.zero or $states.input.empty or 'x'", true],
    ["$states.input.a = {'b': 1, 'x y': 2}", true],
    ["$nope = $nope", false],
    ["$nope != 1", false],
    ["$n > 2 and 'a' < 'b'", true],
    ["$n > 9 ? 1 : $exists($nope) ? 2 : 3", 3],
    ["[1, [2], $states.input.list, $nope]", [1, [2], 1, { c: 2 }, [3]]],
    ["{'k': [$n], 'u': $nope}", { k: [2.5] }],
    ["$not($states.input.zero)", true],
    ["($n; ($n + 1) * 2)", 7],
    ["$count($states.input.list) + $count($nope)", 3],
  ])("%s is answered at once", (text, expected) => {
    expect(compiled(text).evaluateSync?.(scope)).toStrictEqual(expected);
  });

  it.each([
    "$states.input.list.c",
    "$states.input.list[2]",
    "$states.input.one.c",
    "1 + 'a'",
    "1 < 'a'",
    "1 / 0",
    "$states.input.list and true",
    "'' & $states.input.a",
    "-'a'",
    "$not($nope)",
  ])("%s is left to the library", (text) => {
    expect(compiled(text).evaluateSync?.(scope)).toBeUndefined();
  });

  it.each([
    "$sum($v)",
    "$v[]",
    "$v.w[$n]",
    "$v^(a)",
    "$v.{'a': 1}",
    "{$v: 1}",
    "{'a': 1, 'a': 2}",
    "$v ~> $sum",
    "$v.*",
    "$",
    "[1..2]",
  ])("%s is of another kind", (text) => {
    expect(compiled(text).evaluateSync).toBeUndefined();
  });

  it("a workflow variable hides a function", async () => {
    const shadowed = scopeOf({ variables: { count: 1 } });
    expect(compiled("$count([1])").evaluateSync?.(shadowed)).toBeUndefined();
    expect(await compiled("$count([1])").evaluate(shadowed)).toMatchObject({ cause: expect.stringContaining("T1006") });
  });
});

/** Texts of expressions over a few short names, so that most of them find something. */
const expressions = fc.letrec<{ expression: string; path: string }>((tie) => ({
  path: fc
    .tuple(
      fc.constantFrom("$states.input", "$states", "$x", "$y", "$states.result", "$nope"),
      fc.array(fc.constantFrom(".a", ".b", ".input", ".`a`", "[0]", "[-1]", "[1]", ".constructor"), { maxLength: 4 }),
    )
    .map(([start, steps]) => start + steps.join("")),
  expression: fc.oneof(
    { depthSize: "small" },
    tie("path"),
    fc.constantFrom("0", "1", "-2", "2.5", "1e300", "0.1", "''", "'a'", "true", "false", "null", "[]", "{}"),
    fc
      .tuple(
        tie("expression"),
        fc.constantFrom("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&", "and", "or"),
        tie("expression"),
      )
      .map(([left, operator, right]) => `${left} ${operator} (${right})`),
    fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `${a} ? ${b}`),
    fc.array(tie("expression"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(tie("expression"), { maxLength: 3 })
      .map((items) => `{${items.map((item, index) => `'k${index}': ${item}`).join(", ")}}`),
    fc.tuple(fc.constantFrom("$exists", "$not", "$count"), tie("expression")).map(([name, item]) => `${name}(${item})`),
  ),
})).expression;

const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<JsonValue>(null, true, false, 0, 1, -1, 0.30000000000000004, 1e21, "", "a", "b", [], {}),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "input"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

const scopes: fc.Arbitrary<EvaluationScope> = fc
  .record({ input: values, result: values, x: values, y: values })
  .map(({ input, result, x, y }) => scopeOf({ input, result, variables: { x, y } satisfies JsonObject }));

describe("the synchronous evaluator", () => {
  it("agrees with the library wherever it answers", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(expressions, scopes, async (text, random) => {
        const expression = compiled(text);
        const atOnce = expression.evaluateSync?.(random);
        if (atOnce === undefined) return;
        answered += 1;
        const slowly = await expression.evaluate(random);
        expect(atOnce instanceof EvaluationFailure).toBe(slowly instanceof EvaluationFailure);
        expect(atOnce).toEqual(slowly);
      }),
      { numRuns: 3000, seed: 20_261_123 },
    );
    expect(answered).toBeGreaterThan(1000);
  });
});
