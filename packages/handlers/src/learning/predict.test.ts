import { describe, expect, test } from "vitest";
import { goldenAnswers, readGolden } from "../../test/golden-model.ts";
import type { BoostedTrees, RegressionTree } from "./boosted-trees.ts";
import { featureMatrix } from "./feature-matrix.ts";
import { createPredictor, predictMargins, predictProbabilities } from "./predict.ts";
import { readXgboostDocument } from "./xgboost-document.ts";

/** x < 0.5 ? 1 : 2, a missing x going left as told. */
function stump(missingGoesLeft: boolean): RegressionTree {
  return {
    left_children: Int32Array.of(1, -1, -1),
    right_children: Int32Array.of(2, -1, -1),
    parents: Int32Array.of(2_147_483_647, 0, 0),
    split_indices: Int32Array.of(0, 0, 0),
    split_conditions: Float32Array.of(0.5, 1, 2),
    default_left: Uint8Array.of(missingGoesLeft ? 1 : 0, 0, 0),
    base_weights: Float32Array.of(0, 1, 2),
    loss_changes: Float32Array.of(1, 0, 0),
    sum_hessian: Float32Array.of(2, 1, 1),
  };
}

function modelOf(...trees: RegressionTree[]): BoostedTrees {
  return { objective: "binary:logistic", featureNames: ["x"], featureCount: 1, baseScore: 0.5, trees };
}

test.each([
  [0.4, 1],
  [0.5, 2],
  // Below 0.5 as a double, but the nearest float32 is 0.5 itself, and models see float32.
  [0.49999999999, 2],
])("%d falls on the side where XGBoost puts it", (value, margin) => {
  expect(createPredictor(modelOf(stump(true))).margin([value])).toBe(margin);
});

test("missing values go where the node says", () => {
  expect(createPredictor(modelOf(stump(true))).margin([Number.NaN])).toBe(1);
  expect(createPredictor(modelOf(stump(false))).margin([Number.NaN])).toBe(2);
});

test("no trees: every answer is the base score", () => {
  expect(createPredictor(modelOf()).probability([3])).toBe(0.5);
});

test("a table answers as its rows do", () => {
  const predictor = createPredictor(modelOf(stump(true), stump(false)));
  const column = Float32Array.of(0, 1, Number.NaN);
  const matrix = featureMatrix(["x"], [column]);
  expect([...predictor.margins(matrix)]).toEqual([...column].map((value) => predictor.margin([value])));
  expect([...predictor.probabilities(matrix)]).toEqual([...column].map((value) => predictor.probability([value])));
});

describe("against libxgboost", () => {
  const { rows, margins, probabilities } = goldenAnswers();
  test.each(["libxgboost-1.7.4.json", "libxgboost-1.7.4.ubj"] as const)("%s answers the same bits", (name) => {
    const model = readXgboostDocument(readGolden(name));
    const columns = model.featureNames.map((_, feature) => Float32Array.from(rows, (row) => row[feature]!));
    const matrix = featureMatrix(model.featureNames, columns);
    expect(predictMargins(model, matrix)).toEqual(margins);
    expect(predictProbabilities(model, matrix)).toEqual(probabilities);
    expect(rows.map((row) => createPredictor(model).margin(row))).toEqual([...margins]);
  });
});

describe("other features than the model's are refused", () => {
  const columns = [Float32Array.of(1)];
  test.each([
    ['Feature 0 is "y", the model expects "x"', () => predictMargins(modelOf(), featureMatrix(["y"], columns))],
    ["A row of 2 values; the model expects 1", () => createPredictor(modelOf()).margin([1, 2])],
    [
      "A table of 2 features; the model expects 1",
      () => predictMargins({ ...modelOf(), featureNames: [] }, featureMatrix(["a", "b"], [columns[0]!, columns[0]!])),
    ],
  ])("%s", (message, predict) => {
    expect(predict).toThrow(
      expect.objectContaining({ name: "FeatureSchemaMismatchError", message: expect.stringContaining(message) }),
    );
  });

  test("a model without names takes any", () => {
    expect([...predictMargins({ ...modelOf(stump(true)), featureNames: [] }, featureMatrix(["any"], columns))]).toEqual(
      [2],
    );
  });
});
