import { describe, expect, it } from "vitest";
import { scopeOf, type ScopeParts } from "../../test/scope.ts";
import { EvaluationFailure } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { compileJsonata, jsonataIn, type CompiledJsonata, type JsonTypeName } from "./compile-jsonata.ts";

function compiled(text: string, field = "Output", expected?: JsonTypeName): CompiledJsonata {
  const expression = compileJsonata(text, { field, ...(expected === undefined ? {} : { expected }) });
  if (expression instanceof ExpressionSyntaxError) throw new Error(expression.message);
  return expression;
}

const evaluate = (text: string, parts: ScopeParts = {}) => compiled(text).evaluate(scopeOf(parts));
const causeOf = async (text: string, parts: ScopeParts = {}) => {
  const result = await evaluate(text, parts);
  return result instanceof EvaluationFailure ? result.cause : result;
};

describe("an expression", () => {
  it("reads $states and the workflow's variables", async () => {
    const parts: ScopeParts = {
      input: { a: [1, 2] },
      context: { Execution: { Name: "e" } },
      result: { r: 1 },
      errorOutput: { Error: "E" },
      variables: { x: { y: 3 } },
    };
    expect(await evaluate("$sum($states.input.a) + $x.y", parts)).toBe(6);
    expect(await evaluate("$states.context.Execution.Name & '-' & $states.errorOutput.Error", parts)).toBe("e-E");
    expect(await evaluate("$states.result", parts)).toEqual({ r: 1 });
    expect(await evaluate("$states", { input: 1, context: 2 })).toEqual({ input: 1, context: 2 });
  });

  it("answers in plain JSON", async () => {
    const result = await evaluate("$states.input.list.{'name': n}", { input: { list: [{ n: 1 }, { n: 2 }] } });
    expect(result).toStrictEqual([{ name: 1 }, { name: 2 }]);
    expect(result).not.toHaveProperty("sequence");
    expect(await evaluate("$states.input.list.{'name': n}", { input: { list: [{ n: 1 }] } })).toStrictEqual({
      name: 1,
    });
    expect(await evaluate("[$states.input.list.n]", { input: { list: [{ n: 1 }] } })).toStrictEqual([1]);
  });

  it.each<[string, JsonValue]>([
    ["$partition([0,1,2,3], 3)", [[0, 1, 2], [3]]],
    ["$partition([0], 1)", [[0]]],
    ["$partition([0,1], 1.9)", [[0], [1]]],
    ["$range(0, 10, 3)", [0, 3, 6, 9]],
    ["$range(1, 9, 9)", 1],
    ["$range(3, 0, -1)", [3, 2, 1, 0]],
    ["$hash('input data', 'SHA-1')", "aaff4a450a104cd177d28d18d74485e8cae074b7"],
    ["$parse('{\"a\":[1]}').a[0]", 1],
    ["$millis()", Date.UTC(2026, 0, 1)],
    ["$now()", "2026-01-01T00:00:00.000Z"],
    ["$now('[Y0001]')", "2026"],
    ["$distinct([1, '1', 1, [2], [2], {'a':1,'b':2}, {'b':2,'a':1}])", [1, "1", [2], { a: 1, b: 2 }]],
    ["$pad('ab', 5, '-+')", "ab-+-"],
    ["$pad('ab', -4)", "  ab"],
    ["['a', 'b'].$pad(3, '-')", ["a--", "b--"]],
    ["$map(['a', 'b'], $pad(?, -2))", [" a", " b"]],
    ["$contains('hello$world', /^hello\\$/)", true],
    ["$contains('hello$world', /^hello\\ /)", false],
    ["$match('ab12cd3', /[a-z]+(\\d+)/).groups", ["12", "3"]],
    ["$replace('a-b-c', /-/, '+')", "a+b+c"],
    ["$split('a1b22c', /\\d+/)", ["a", "b", "c"]],
    ["$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "Smith, John"],
    ["$contains('foobar', /foo(?=bar)/)", true],
    ["$map([1,2], $string)", ["1", "2"]],
    ["($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))", 3_628_800],
  ])("%s", async (text, expected) => {
    expect(await evaluate(text)).toEqual(expected);
  });

  it("may give a variable a new value for itself", async () => {
    expect(await evaluate("$x := $x + 1", { variables: { x: 1 } })).toBe(2);
    expect(await evaluate("($x := $x + 1; $x * 2)", { variables: { x: 1 } })).toBe(4);
  });

  it("draws from the scope's randomness and no other", async () => {
    const text = "[$uuid(), $random(), $random(7), $shuffle([1..10])]";
    const result = await evaluate(text);
    expect(await evaluate(text)).toEqual(result);
    expect(await evaluate(text, { seed: 2 })).not.toEqual(result);
    expect(await evaluate("$sort($shuffle([1..5]))")).toEqual([1, 2, 3, 4, 5]);
    expect(await evaluate("$random(7) = $random(7)")).toBe(true);
  });

  it("leaves its input as it was, even where the library would mark it", async () => {
    const input: JsonValue = { list: [1], none: [], some: [[], [2]] };
    const frozen = Object.freeze({ ...input, list: Object.freeze([1]), none: Object.freeze([]) });
    expect(await evaluate("$states.input.list[]", { input: frozen })).toEqual([1]);
    expect(await evaluate("$states.input.none{'a': $}", { input: frozen })).toEqual({});
    expect(await evaluate("$count($states.input.some.{'n': 1})", { input })).toBe(2);
    expect(JSON.stringify(input)).toBe('{"list":[1],"none":[],"some":[[],[2]]}');
    expect(input).not.toHaveProperty("list.keepSingleton");
  });

  it("reads own members only", async () => {
    expect(await causeOf("$states.input.constructor")).toContain("returned nothing");
    expect(await causeOf("$states.input.a.__proto__", { input: { a: {} } })).toContain("returned nothing");
    expect(await causeOf("$constructor")).toContain("returned nothing");
  });
});

describe("a failure", () => {
  it("says that nothing was found", async () => {
    expect(await compiled(" $doesNotExist ", "Output/result").evaluate(scopeOf())).toEqual(
      new EvaluationFailure(
        "States.QueryEvaluationError",
        "The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
        "Output/result",
      ),
    );
  });

  it.each<[string, string]>([
    ["'string'", `Expected 'array', but was 'string' for value: "string"`],
    ["1", "Expected 'array', but was 'number' for value: 1"],
    ["null", "Expected 'array', but was 'null' for value: null"],
    ["true", "Expected 'array', but was 'boolean' for value: true"],
    ["{'foo': 'bar'}", `Expected 'array', but was 'object' for value: {"foo":"bar"}`],
  ])("names the unexpected type of %s", async (text, found) => {
    const expected = `The JSONata expression '${text}' specified for the field 'Items' returned an unexpected result type. ${found}`;
    const expression = compiled(text, "Items", "array");
    expect(await expression.evaluate(scopeOf())).toMatchObject({ cause: expected });
    expect(expression.evaluateSync?.(scopeOf())).toMatchObject({ cause: expected });
  });

  it.each(["$fn := function($x){$x}", "/a/", "[function(){1}]", "{'f': $sum}"])("%s is no JSON", async (text) => {
    expect(await causeOf(text)).toBe(
      `The JSONata expression '${text}' specified for the field 'Output' returned an unsupported result type.`,
    );
  });

  it.each([
    ["$randomSeeded($states.input)", "T1006: Attempted to invoke a non-function"],
    ["$eval('1')", "T1006: Attempted to invoke a non-function"],
    ["1 + 'a'", 'T2002: The right side of the "+" operator must evaluate to a number'],
    ["$range(0, 5000, 1)", 'T0410: Argument 2 of function "range" does not match function signature'],
    ["$hash('a', 'CRC')", "wanted one of MD5"],
    ["$error('mine')", "D3137: mine"],
  ])("%s passes the library's error on", async (text, message) => {
    const cause = await causeOf(text);
    expect(cause).toContain(`specified for the field 'Output' threw an error during evaluation. `);
    expect(cause).toContain(message);
  });

  it("is what partitioning nothing gives", async () => {
    expect(await causeOf("$partition([], 2)")).toContain("returned nothing");
  });
});

describe("a hostile expression", () => {
  it.each([
    ["($f := function() { $f() }; $f())", "stopped after"],
    ["($f := function($n) { 1 + $f($n + 1) }; $f(0))", "D1011"],
    ["[1..100000000]", "D201"],
    ["[1..100000].([1..100000])", "stopped after"],
    [
      "($a := function($n) { $join($map([1..$n], function() { 'a' })) }; $contains($a(30), /^(a+)+$/) & $contains($a(3000) & '!', /^(a+)+$/))",
      "truefalse",
    ],
    ["($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f('a', 28)))", "too long"],
    ["$pad('', 1000000000)", "T0410"],
    ["$count($distinct([1..100000].{'a': $}))", "100000"],
    ["[$error('x'), ($f := function() { $f() }; $f())]", "x"],
  ])("%s comes to an end", async (text, expected) => {
    expect(JSON.stringify(await causeOf(text))).toContain(expected);
  });

  it("nested too deep is a syntax error", () => {
    for (const text of ["(".repeat(10_000), "[".repeat(10_000), `${"-".repeat(100_000)}1`, "$f(".repeat(10_000)]) {
      expect(compileJsonata(text, { field: "Output" })).toBeInstanceOf(ExpressionSyntaxError);
    }
  });
});

describe("a syntax error", () => {
  it("is a value that says where", () => {
    expect(compileJsonata("1 +", { field: "Output" })).toMatchObject({
      text: "1 +",
      message: "S0207: Unexpected end of expression",
    });
    expect(compileJsonata("$a b", { field: "Output" })).toMatchObject({ offset: 4 });
  });
});

describe("what an expression reads", () => {
  it.each([
    ["$a + $b.c + $a", { variables: ["a", "b"] }],
    ["$sum($x)", { variables: ["x"], functions: ["sum"] }],
    ["$map($x, $string)", { variables: ["x", "string"], functions: ["map"] }],
    ["($y := 1; $y + $z)", { variables: ["z"] }],
    ["$x := $x + 1", { variables: ["x"] }],
    ["($x := 1; $y := $x)", { variables: [] }],
    ["function($p) { $p + $q }", { variables: ["q"] }],
    ["($f := function($n) { $f($n) }; $f(1))", { variables: [], functions: [] }],
    ["$states.input.a + $states.context.b", { statesFields: ["input", "context"], variables: [] }],
    ["$states", { statesFields: ["*"] }],
    ["$keys($states)", { statesFields: ["*"] }],
    [
      "$states.input.items[price > $limit].{'n': name, 's': $states.result}",
      { statesFields: ["input", "result"], variables: ["limit"], rootReferences: [] },
    ],
    ["$states.input.a@$i.b[$i = 1]", { variables: [] }],
    ["name", { rootReferences: ["name"] }],
    ["$", { rootReferences: ["$"] }],
    ["$$.a", { rootReferences: ["$$"] }],
    ["$states.input.list.$", { rootReferences: [] }],
    ["$states.input.a[$ = 1]", { rootReferences: [] }],
    ["{'k': name}", { rootReferences: ["name"] }],
  ])("%s", (text, expected) => {
    expect(compiled(text).references).toMatchObject(expected);
  });
});

it("a string is an expression only between its exact delimiters", () => {
  expect(jsonataIn("{% $x %}")).toBe(" $x ");
  expect(jsonataIn(" {% $x %}")).toBeUndefined();
  expect(jsonataIn("{%}")).toBeUndefined();
});
