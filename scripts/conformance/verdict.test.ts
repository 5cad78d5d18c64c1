import { expect, test } from "vitest";
import { judge } from "./verdict.ts";

const conformanceCase = { id: "labels-01", kind: "validation", group: "g" };
const differing = { kind: "ran", actual: {}, differences: [{ path: "$.message", expected: 1, actual: 2 }] } as const;

test("a difference is a failure, and a regression when the baseline has the case", () => {
  expect(judge(conformanceCase, differing, new Set(), [])).toMatchObject({ status: "failed", regressed: false });
  expect(judge(conformanceCase, differing, new Set(["labels-01"]), [])).toMatchObject({
    status: "failed",
    regressed: true,
  });
});

test("a known exception excuses its own places only", () => {
  const exception = { idStartsWith: "labels-", reason: "r", differsAt: ["$.message"] };
  expect(judge(conformanceCase, differing, new Set(), [exception])).toMatchObject({ status: "exception", reason: "r" });
  const elsewhere = { ...exception, differsAt: ["$.Error"] };
  expect(judge(conformanceCase, differing, new Set(), [elsewhere])).toMatchObject({ status: "failed" });
});

test("what was supported and is not any more is a regression", () => {
  const outcome = { kind: "unsupported", reason: "not yet" } as const;
  expect(judge(conformanceCase, outcome, new Set(["labels-01"]), [])).toMatchObject({
    status: "unsupported",
    regressed: true,
  });
  expect(judge(conformanceCase, { ...differing, differences: [] }, new Set(), [])).toMatchObject({ status: "passed" });
});
