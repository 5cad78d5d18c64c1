import { expect, test } from "vitest";
import { captureCallSite, locateCallSite } from "./call-site.ts";

test("the caller of the method is located, not the method", () => {
  const method = () => captureCallSite(method);
  expect(locateCallSite(method())?.file).toBe(import.meta.filename);
});

test("the limit of stack frames is left as it was", () => {
  const limit = Error.stackTraceLimit;
  captureCallSite(undefined);
  expect(Error.stackTraceLimit).toBe(limit);
});

test.each([
  ["a module", "Error\n    at file:///src/a%20b.ts:3:5", { file: "/src/a b.ts", line: 3, column: 5 }],
  ["a function", "Error\n    at build (file:///src/a.ts:30:15)", { file: "/src/a.ts", line: 30, column: 15 }],
  ["a path", "Error\n    at Object.<anonymous> (/src/a (1).ts:1:2)", { file: "/src/a (1).ts", line: 1, column: 2 }],
  ["an async function", "Error\n    at async file:///src/a.ts:7:1", { file: "/src/a.ts", line: 7, column: 1 }],
])("the frame of %s", (_name, stack, place) => {
  expect(locateCallSite({ stack })).toEqual(place);
});

test("code without a file has no place", () => {
  expect(locateCallSite({ stack: "Error\n    at <anonymous>" })).toBeUndefined();
  expect(locateCallSite({})).toBeUndefined();
});
