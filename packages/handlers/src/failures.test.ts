import { expect, test } from "vitest";
import { asPipelineError, failureKind, PipelineError } from "./failures.ts";
import { InvalidHyperParameterError } from "./learning/index.ts";

test("a failure is known by its name, whoever threw it", () => {
  expect(failureKind(new PipelineError("StaleDataError", ""))).toBe("skip");
  expect(failureKind(new InvalidHyperParameterError("eta", ""))).toBe("fail");
  expect(failureKind(new PipelineError("UnknownModelError", ""))).toBe("refuse");
});

test("what no table knows may pass, and keeps its cause", () => {
  const cause = Object.assign(new Error("reset"), { name: "constructor" });
  expect(failureKind(cause)).toBe("retry");
  expect(failureKind("a text")).toBe("retry");
  expect(asPipelineError(cause)).toMatchObject({ name: "TransientDependencyError", message: "reset", cause });
  expect(asPipelineError("a text")).toMatchObject({ name: "TransientDependencyError", message: "a text" });
});

test("a named failure is passed on as it is", () => {
  const error = new PipelineError("SmokeTestFailed", "differs");
  expect(asPipelineError(error)).toBe(error);
});
