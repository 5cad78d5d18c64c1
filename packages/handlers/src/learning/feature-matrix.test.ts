import { expect, test } from "vitest";
import { assertSameFeatures, featureMatrix, labelledMatrix, matrixRow } from "./feature-matrix.ts";

const columns = [Float32Array.of(1, 2), Float32Array.of(3, Number.NaN)];

test("a row comes in the order of the columns, missing values included", () => {
  expect([...matrixRow(featureMatrix(["a", "b"], columns), 1)]).toEqual([2, Number.NaN]);
});

test("a table passes structuredClone", () => {
  const matrix = labelledMatrix(["a", "b"], columns, Uint8Array.of(0, 1));
  expect(structuredClone(matrix)).toEqual(matrix);
});

test.each([
  ["2 columns for 1 names", () => featureMatrix(["a"], columns)],
  ['"a" stands twice', () => featureMatrix(["a", "a"], columns)],
  [
    'Column "b" has 1 rows, the first column has 2',
    () => featureMatrix(["a", "b"], [columns[0]!, new Float32Array(1)]),
  ],
  ["1 labels for 2 rows", () => labelledMatrix(["a", "b"], columns, new Uint8Array(1))],
  ["Label 7 at row 1: wanted 0 or 1", () => labelledMatrix(["a", "b"], columns, Uint8Array.of(0, 7))],
  ["Row 2 of a table with 2 rows", () => matrixRow(featureMatrix(["a", "b"], columns), 2)],
])("what does not fit is refused: %s", (message, make) => {
  expect(make).toThrow(message);
});

test.each([
  [["a", "c"], 'Feature 1 is "c", the model expects "b" (2 features found, 2 expected).'],
  [["a"], 'Feature 1 is nothing, the model expects "b" (1 features found, 2 expected).'],
  [["a", "b", "c"], 'Feature 2 is "c", the model expects nothing (3 features found, 2 expected).'],
])("other features than %j are named", (found, message) => {
  expect(() => assertSameFeatures(found, ["a", "b"])).toThrow(
    expect.objectContaining({ name: "FeatureSchemaMismatchError", message }),
  );
});
