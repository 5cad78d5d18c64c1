import { expect, test } from "vitest";
import type { ConformanceCase } from "./case.ts";
import { differencesBetween, normalise } from "./compare.ts";

const plain: ConformanceCase = { id: "a", kind: "validation", group: "g" };

test("answers are brought into the form of recordings", () => {
  const recorded: ConformanceCase = {
    ...plain,
    replacements: [
      { regex: "arn:aws:", replacement: "arn:<partition>:" },
      { literal: "us-east-1", replacement: "<region>" },
    ],
  };
  const answer = { input: '{"a":{"b":"{}"}}', list: ["{}"], timestamp: 12.5, arn: "arn:aws:states:us-east-1:1:x" };
  expect(normalise(answer, recorded)).toEqual({
    input: { a: { b: "{}" } },
    list: ["{}"],
    timestamp: "timestamp",
    arn: "arn:<partition>:states:<region>:1:x",
  });
});

test("every difference is told with its place", () => {
  expect(differencesBetween({ a: 1, c: [1, 2] }, { a: 2, b: null, c: [1] }, plain)).toEqual([
    { path: "$.a", expected: 2, actual: 1 },
    { path: "$.b", expected: null, actual: undefined },
    { path: "$.c.length", expected: 1, actual: 2 },
  ]);
  expect(differencesBetween({ extra: 1 }, {}, plain)).toEqual([{ path: "$.extra", expected: undefined, actual: 1 }]);
  expect(differencesBetween("text", ["text"], plain)).toHaveLength(1);
});

test.each([
  ["date", "2030-01-01T00:00:00Z"],
  ["<uuid:1>", "0f1e"],
  ["arn:<partition>:states:<region>:1:execution:<ArnPart_0idx>", "arn:aws:states:eu-west-1:1:execution:anything"],
  ["RequestId", "5"],
])("the placeholder %s stands for %s", (recorded, actual) => {
  const withWords = { ...plain, otherTransformers: [{ replacement: "RequestId" }] };
  expect(differencesBetween(actual, recorded, withWords)).toEqual([]);
});

test("a placeholder does not excuse the text around it", () => {
  expect(differencesBetween("at /b", "at /a", plain)).toHaveLength(1);
  expect(differencesBetween("sns:x", "sqs:<resource:1>", plain)).toHaveLength(1);
});
