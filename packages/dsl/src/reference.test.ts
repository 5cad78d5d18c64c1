import { compileIntrinsicText, ExpressionSyntaxError, intrinsicFunctions } from "@stepwright/asl";
import { expect, test } from "vitest";
import { nodeOf } from "./expression.ts";
import { States } from "./intrinsic.ts";
import { jsonata } from "./jsonata.ts";
import { printJsonata } from "./print-jsonata.ts";
import { printPath } from "./print-path.ts";
import { at, createReference, field } from "./reference.ts";
import type { Reference } from "./reference.ts";

interface Data {
  list: { name: string }[];
  pair: [string, number];
  "odd key": { "it's": string };
  and: number;
  then: string;
  total: number;
}
const input = createReference("input") as unknown as Reference<Data, "input">;

test.each([
  [input, "$", "$states.input"],
  [at(input.list, -1).name, "$.list[-1].name", "$states.input.list[-1].name"],
  [input.pair[1], "$.pair[1]", "$states.input.pair[1]"],
  [input["odd key"]["it's"], "$['odd key']['it\\'s']", "$states.input.`odd key`.`it's`"],
  [input.and, "$.and", "$states.input.`and`"],
  [field(input, "then"), "$.then", "$states.input.then"],
  [createReference("context", ["Execution", "Id"]), "$$.Execution.Id", "$states.context.Execution.Id"],
  [createReference({ variable: "best" }, ["auc"]), "$best.auc", "$best.auc"],
])("%# prints in both query languages", (reference, path, expression) => {
  expect(printPath(reference)).toBe(path);
  expect(printJsonata(reference)).toBe(expression);
});

test("a reference is no promise, has no JSON and answers no symbol", async () => {
  expect((input as { then?: unknown }).then).toBeUndefined();
  expect(await Promise.resolve(input)).toBe(input);
  expect(Reflect.get(input, Symbol.iterator)).toBeUndefined();
  expect(nodeOf(input)).toEqual({ kind: "path", root: "input", keys: [] });
});

test("jsonata prints references as paths and everything else as literals", () => {
  const expression = jsonata<number>`$sum(${input.list}.n) + ${3} & ${'a"b'} & ${[1, input.and]} & ${{ "a b": null }}`;
  expect(printJsonata(expression)).toBe(
    '$sum($states.input.list.n) + 3 & "a\\"b" & [1, $states.input.`and`] & {"a b": null}',
  );
});

const calls: Readonly<Record<keyof typeof States, [unknown, string]>> = {
  Array: [States.Array(input.total, 2), "States.Array($.total, 2)"],
  ArrayPartition: [States.ArrayPartition(input.list, 4), "States.ArrayPartition($.list, 4)"],
  ArrayContains: [States.ArrayContains(input.list, "it's {}"), "States.ArrayContains($.list, 'it\\'s \\{\\}')"],
  ArrayRange: [States.ArrayRange(1, input.total, 2), "States.ArrayRange(1, $.total, 2)"],
  ArrayGetItem: [States.ArrayGetItem(input.list, 0), "States.ArrayGetItem($.list, 0)"],
  ArrayLength: [States.ArrayLength(input.list), "States.ArrayLength($.list)"],
  ArrayUnique: [States.ArrayUnique(input.list), "States.ArrayUnique($.list)"],
  Base64Encode: [States.Base64Encode("x"), "States.Base64Encode('x')"],
  Base64Decode: [States.Base64Decode("x"), "States.Base64Decode('x')"],
  Hash: [States.Hash(input.list, "SHA-256"), "States.Hash($.list, 'SHA-256')"],
  JsonMerge: [States.JsonMerge(input, input["odd key"]), "States.JsonMerge($, $['odd key'], false)"],
  StringToJson: [States.StringToJson("{}"), "States.StringToJson('\\{\\}')"],
  JsonToString: [States.JsonToString(input), "States.JsonToString($)"],
  MathRandom: [States.MathRandom(1, 6), "States.MathRandom(1, 6)"],
  MathAdd: [States.MathAdd(input.total, -1), "States.MathAdd($.total, -1)"],
  StringSplit: [States.StringSplit("a,b", ","), "States.StringSplit('a,b', ',')"],
  UUID: [States.UUID(), "States.UUID()"],
  Format: [
    States.Format("{} it's {}", States.UUID(), States.ArrayLength(input.list)),
    "States.Format('{} it\\'s {}', States.UUID(), States.ArrayLength($.list))",
  ],
};

test.each(Object.entries(calls))("States.%s prints a call that the language accepts", (_name, [call, text]) => {
  expect(printPath(call)).toBe(text);
  expect(compileIntrinsicText(text)).not.toBeInstanceOf(ExpressionSyntaxError);
});

test("every intrinsic function of the language is there", () => {
  expect(
    Object.keys(States)
      .map((name) => `States.${name}`)
      .toSorted(),
  ).toEqual(Object.keys(intrinsicFunctions).toSorted());
});
