import { expect, test } from "vitest";
import { sourceAt } from "./diagnose.ts";

const at = (line: number) => ({ file: "m.ts", line, column: 1 });
const sourceMap = {
  "/States/Both": at(1),
  "/States/Both/Branches[0]/States/Left": at(2),
  "/States/Bot": at(3),
};

test.each([
  ["/States/Both", 1],
  ["/States/Both/Retry[0]/ErrorEquals", 1],
  ["/States/Both/Branches[0]", 1],
  ["/States/Both/Branches[0]/States/Left/Next", 2],
  ["/States/Bot/Next", 3],
])("%s was written in line %i", (location, line) => {
  expect(sourceAt(location, sourceMap)?.line).toBe(line);
});

test("what lies in no state has no line", () => {
  expect(sourceAt("/StartAt", sourceMap)).toBeUndefined();
  expect(sourceAt(undefined, sourceMap)).toBeUndefined();
});
