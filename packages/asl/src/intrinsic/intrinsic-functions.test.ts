import { describe, expect, it } from "vitest";
import { scopeOf } from "../../test/scope.ts";
import { EvaluationFailure } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { compileIntrinsicText } from "./compile-intrinsic.ts";
import { intrinsicFunctions } from "./intrinsic-functions.ts";

function evaluate(text: string, input: JsonValue = {}, context: JsonValue = {}) {
  const compiled = compileIntrinsicText(text);
  if (compiled instanceof ExpressionSyntaxError) throw new Error(compiled.message);
  return compiled.evaluate(scopeOf({ input, context }));
}

const call = (name: string, ...values: JsonValue[]) =>
  evaluate(`States.${name}(${values.map((_, index) => `$[${index}]`).join(", ")})`, values);

it("there are 18 functions", () => {
  expect(Object.keys(intrinsicFunctions)).toHaveLength(18);
});

describe("what the functions answer", () => {
  it.each<[string, JsonValue[], JsonValue]>([
    ["Array", ["", 1, null], ["", 1, null]],
    ["Array", [], []],
    ["ArrayPartition", [[0, 1, 2], 2], [[0, 1], [2]]],
    ["ArrayPartition", [[], 4], []],
    ["ArrayPartition", [[0, 1, 2], 1.5], [[0, 1], [2]]],
    ["ArrayContains", [[1, { a: [2] }], { a: [2] }], true],
    ["ArrayContains", [[1], "1"], false],
    ["ArrayRange", [0, 10, 3], [0, 3, 6, 9]],
    ["ArrayRange", [1, 9, 9], [1]],
    ["ArrayRange", [3, 0, -1], [3, 2, 1, 0]],
    ["ArrayRange", [3, 0, 1], []],
    ["ArrayGetItem", [[1, 2, 3], 1], 2],
    ["ArrayLength", [[1, 2, 3]], 3],
    [
      "ArrayUnique",
      [[null, null, 1, 1.1, 1, [], [], { a: 1, b: 2 }, { b: 2, a: 1 }, "1"]],
      [null, 1, 1.1, [], { a: 1, b: 2 }, "1"],
    ],
    ["Base64Encode", ["Data to encode"], "RGF0YSB0byBlbmNvZGU="],
    ["Base64Decode", ["RGF0YSB0byBlbmNvZGU="], "Data to encode"],
    ["Base64Decode", [""], ""],
    ["Hash", ["input data", "SHA-1"], "aaff4a450a104cd177d28d18d74485e8cae074b7"],
    ["Hash", ["input data", "MD5"], "812f45842bc6d66ee14572ce20db8e86"],
    ["JsonMerge", [{ a: { x: 1 }, b: 2 }, { a: { y: 1 } }, false], { a: { y: 1 }, b: 2 }],
    ["StringToJson", ['{"a":[1]}'], { a: [1] }],
    ["StringToJson", [""], null],
    ["StringToJson", [" "], null],
    ["StringToJson", ["-0"], 0],
    ["JsonToString", [{ Arg1: 1, Arg2: [] }], '{"Arg1":1,"Arg2":[]}'],
    ["JsonToString", ["HelloWorld"], '"HelloWorld"'],
    ["MathAdd", [1.49, 1.5], 3],
    ["MathAdd", [-0.5, 0], 0],
    ["MathAdd", [-1.5, -1.51], -3],
    ["MathAdd", [-2.5, 0], -2],
    ["StringSplit", ["This.is+a,test=string", ".+,="], ["This", "is", "a", "test", "string"]],
    ["StringSplit", [",,,,", ","], []],
    ["StringSplit", [" ", ","], [" "]],
    ["Format", ["{} and {}", 1.1, null], "1.1 and null"],
    ["Format", ["{}", { Arg1: 1, Arg2: [], Arg3: ["x", { y: true }] }], "{Arg1=1, Arg2=[], Arg3=[x, {y=true}]}"],
    ["Format", [String.raw`\{\} {}`, 1], "{} 1"],
    ["Format", ["{}", 12_345_678.5], "1.23456785E7"],
  ])("%s %j", (name, values, expected) => {
    expect(call(name, ...values)).toEqual(expected);
  });

  it.each<[string, JsonValue[], string]>([
    ["ArrayPartition", [[1], 0], "at least 1"],
    ["ArrayPartition", ["x", 1], "wanted an array"],
    ["ArrayRange", [0, 1000, 1], "at most 1000"],
    ["ArrayRange", [0, 9, 0], "step 0"],
    ["ArrayGetItem", [[1], 1], "from 0 to 0"],
    ["ArrayLength", [{}], "wanted an array"],
    ["Base64Decode", ["%"], "Base64"],
    ["Base64Encode", ["x".repeat(10_001)], "10001 characters"],
    ["Hash", ["x", "CRC"], "SHA-512"],
    ["JsonMerge", [{}, {}, true], "wanted false"],
    ["JsonMerge", [{}, [], false], "wanted an object"],
    ["StringToJson", ["{"], "not JSON"],
    ["MathAdd", [2_147_483_647, 1], "32 bits"],
    ["MathAdd", ["1", 1], "wanted a number"],
    ["MathRandom", [5, 5], "below the end"],
    ["Format", ["{} {}", 1], "1 arguments for 2 placeholders"],
    ["Format", [1], "wanted a string"],
  ])("%s refuses what it cannot take (%#)", (name, values, message) => {
    const failure = call(name, ...values);
    expect(failure).toBeInstanceOf(EvaluationFailure);
    expect(failure).toMatchObject({ error: "States.IntrinsicFailure", cause: expect.stringContaining(message) });
  });

  it("draw from the given randomness only", () => {
    const uuid = evaluate("States.UUID()");
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(evaluate("States.UUID()")).toBe(uuid);
    expect(call("MathRandom", 0, 999, 3)).toBe(call("MathRandom", 0, 999, 3));
    for (let seed = 0; seed < 100; seed += 1) expect([1, 2]).toContain(call("MathRandom", 1, 3, seed));
  });
});

const nested = (levels: number) => "States.Array(".repeat(levels) + ")".repeat(levels);

describe("a call", () => {
  it("nests, and its strings have four escapes", () => {
    const text = "States.ArrayGetItem(States.StringSplit($$.Name, '-'), States.MathAdd(States.Array(1, 2)[0], -1))";
    expect(compileIntrinsicText(text)).toBeInstanceOf(ExpressionSyntaxError);
    expect(
      evaluate("States.ArrayGetItem(States.StringSplit($$.Name, '-'), States.MathAdd(1, -1))", {}, { Name: "a-b" }),
    ).toBe("a");
    expect(evaluate(String.raw`States.Array('\'', '\{', '\}', '\\')`)).toEqual(["'", "{", "}", "\\"]);
    expect(evaluate("States.Array(true, false, null, -1.5e2)")).toEqual([true, false, null, -150]);
    expect(
      evaluate(String.raw`States.Format('\{{}\} {bucket}', $['a,b)'][?(@.x == ')')][0].y)`, {
        "a,b)": [{ x: ")", y: 1 }],
      }),
    ).toBe("{[]} {bucket}");
  });

  it("names the outermost call and the path that found nothing", () => {
    expect(evaluate("States.Array(States.Format('{}', $.nope))", { other: 1 })).toEqual(
      new EvaluationFailure(
        "States.Runtime",
        `The function 'States.Array(States.Format('{}', $.nope))' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'`,
      ),
    );
  });

  it.each([
    ["States.Format('{}', $.a", "found the end at offset 23, wanted ')'", 23],
    ["States.Nope()", "the name of an intrinsic function", 0],
    ["States.UUID(1)", "found 1 arguments of States.UUID, wanted 0", 0],
    ["States.MathRandom(1)", "wanted 2 to 3", 0],
    ["States.Array(abc)", "a path or a call", 13],
    ["States.Array($.a[)", "an index", 17],
    ["States.Array() x", "nothing after", 15],
    ["States.Array('a)", "a closing '", 16],
    [String.raw`States.Array('\n')`, String.raw`' { } \ `, 15],
    ["Array()", "the name of an intrinsic function", 0],
    ["States.Array(01)", "a path or a call", 13],
  ])("%s is no call", (text, message, offset) => {
    const error = compileIntrinsicText(text);
    expect(error).toBeInstanceOf(ExpressionSyntaxError);
    expect(error).toMatchObject({ message: expect.stringContaining(message), offset });
  });

  it("nests ten deep and no deeper", () => {
    expect(evaluate(nested(11))).toEqual([[[[[[[[[[[]]]]]]]]]]]);
    expect(compileIntrinsicText(nested(12))).toBeInstanceOf(ExpressionSyntaxError);
    expect(compileIntrinsicText(nested(10_000))).toBeInstanceOf(ExpressionSyntaxError);
  });
});
