import { expect, test } from "vitest";
import { InvalidHyperParameterError, resolveHyperParameters } from "./hyper-parameters.ts";

test("what is absent takes XGBoost's default", () => {
  expect(resolveHyperParameters({ max_depth: 4 })).toMatchObject({
    max_depth: 4,
    eta: 0.3,
    subsample: 1,
    colsample_bytree: 1,
    min_child_weight: 1,
    lambda: 1,
    gamma: 0,
  });
});

test.each([
  ["max_depth", 0, "from 1 to 16"],
  ["max_depth", 2.5, "an integer"],
  ["eta", 0, "above 0 to 1"],
  ["eta", Number.NaN, "above 0 to 1"],
  ["subsample", 1.01, "above 0 to 1"],
  ["num_round", 1e9, "from 1 to 10000"],
  ["lambda", -1, "from 0"],
  ["max_bin", 256, "from 2 to 255"],
  ["gamma", Number.POSITIVE_INFINITY, "from 0"],
  ["learning_rate", 0.1, "unknown"],
  ["__proto__", 1, "unknown"],
  ["constructor", 1, "unknown"],
])("%s = %d is refused by name", (name, value, wanted) => {
  const given = Object.fromEntries([[name, value]]);
  expect(() => resolveHyperParameters(given)).toThrow(InvalidHyperParameterError);
  expect(() => resolveHyperParameters(given)).toThrow(
    expect.objectContaining({ parameter: name, message: expect.stringContaining(wanted) }),
  );
});

test("a value that is no number is refused, though the types forbid it", () => {
  const fromJson: Record<string, number> = JSON.parse('{"max_depth":"5"}');
  expect(() => resolveHyperParameters(fromJson)).toThrow('Hyper-parameter "max_depth" is 5; wanted an integer');
});
