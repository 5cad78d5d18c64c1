import { expect, test } from "vitest";
import { activeConditions } from "./active-conditions.ts";

test("finds the conditions in every form that Node accepts", () => {
  const execArgv = ["--no-warnings", "--conditions=development", "-C", "source", "--conditions", "last"];
  expect(activeConditions(execArgv, "-C=first --inspect")).toEqual(["first", "development", "source", "last"]);
  expect(activeConditions([], "")).toEqual([]);
});
