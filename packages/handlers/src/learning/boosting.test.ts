import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { learnableTable } from "../../test/learnable-table.ts";
import { trainBoostedTrees } from "./boosting.ts";
import type { TrainingProgress } from "./boosting.ts";
import { featureMatrix, labelledMatrix } from "./feature-matrix.ts";
import { auc, logLoss } from "./metrics.ts";
import { predictProbabilities } from "./predict.ts";
import { writeXgboostDocument } from "./xgboost-document.ts";

const train = learnableTable(4000, 1);
const validation = learnableTable(2000, 2);
const sampled = { max_depth: 4, num_round: 30, eta: 0.2, subsample: 0.8, colsample_bytree: 0.7, seed: 7 };

describe("what is learned", () => {
  test("an interaction, a curve and an absence, on rows that were not seen", () => {
    const model = trainBoostedTrees(train, undefined, sampled);
    expect(auc(predictProbabilities(model, validation), validation.labels)).toBeGreaterThan(0.85);
  });

  test("missing values take the side that explains them, in one question", () => {
    const column = Float32Array.of(1, 2, Number.NaN, Number.NaN, 3, 4, Number.NaN, 5);
    const labels = Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 0);
    const table = labelledMatrix(["x"], [column], labels);
    const model = trainBoostedTrees(table, undefined, { num_round: 20, max_depth: 1, min_child_weight: 0, eta: 1 });
    const answers = predictProbabilities(model, featureMatrix(["x"], [Float32Array.of(Number.NaN, 1, 5, 1e30)]));
    expect(answers[0]).toBeGreaterThan(0.9);
    for (const answer of answers.subarray(1)) expect(answer).toBeLessThan(0.1);
  });

  test("values missing only in new rows go with the many", () => {
    const column = Float32Array.from({ length: 100 }, (_, row) => row);
    const labels = Uint8Array.from(column, (value) => (value < 10 ? 1 : 0));
    const model = trainBoostedTrees(labelledMatrix(["x"], [column], labels), undefined, { num_round: 5, max_depth: 1 });
    const answers = predictProbabilities(model, featureMatrix(["x"], [Float32Array.of(Number.NaN, 5, 90)]));
    expect(answers[0]).toBe(answers[2]);
    expect(answers[1]).toBeGreaterThan(answers[2]!);
  });

  test("one label only gives its probability and nothing else", () => {
    const table = { ...train, labels: new Uint8Array(train.rows) };
    const answers = predictProbabilities(trainBoostedTrees(table, undefined, { num_round: 3 }), train);
    expect(Math.max(...answers)).toBeLessThan(1e-5);
  });

  test("a single row trains", () => {
    const table = labelledMatrix(["x"], [Float32Array.of(1)], Uint8Array.of(1));
    expect(trainBoostedTrees(table, undefined, { num_round: 2, subsample: 0.5 }).trees).toHaveLength(2);
  });
});

describe("what the hyper-parameters hold", () => {
  const model = trainBoostedTrees(train, undefined, { ...sampled, max_depth: 3, min_child_weight: 15, gamma: 2 });

  test("no path is longer than max_depth, no child lighter than min_child_weight, no gain below gamma", () => {
    for (const tree of model.trees) {
      expect(tree.left_children.length).toBeLessThan(2 ** 4);
      tree.left_children.forEach((left, node) => {
        if (left < 0) return;
        expect(tree.loss_changes[node]).toBeGreaterThanOrEqual(2);
        expect(Math.min(tree.sum_hessian[left]!, tree.sum_hessian[tree.right_children[node]!]!)).toBeGreaterThan(
          14.999,
        );
      });
    }
  });

  test("children weigh what their parent weighs, and know it", () => {
    for (const tree of model.trees) {
      tree.left_children.forEach((left, node) => {
        if (left < 0) return;
        const right = tree.right_children[node]!;
        expect([tree.parents[left], tree.parents[right]]).toEqual([node, node]);
        expect((tree.sum_hessian[left]! + tree.sum_hessian[right]!) / tree.sum_hessian[node]!).toBeCloseTo(1, 5);
      });
    }
  });

  test("colsample_bytree limits the features of a tree", () => {
    const few = trainBoostedTrees(train, undefined, { ...sampled, colsample_bytree: 0.4 });
    const asked = few.trees.map(
      (tree) => new Set(tree.split_indices.filter((_, node) => tree.left_children[node]! >= 0)),
    );
    expect(Math.max(...asked.map((features) => features.size))).toBe(2);
    expect(new Set(asked.flatMap((features) => Array.from(features))).size).toBe(5);
  });
});

describe("progress and early stopping", () => {
  test("the log-loss that is told is that of the trees so far", () => {
    const told: TrainingProgress[] = [];
    const model = trainBoostedTrees(train, validation, sampled, { onRound: (progress) => told.push(progress) });
    expect(told.map(({ round }) => round)).toEqual(model.trees.map((_, place) => place + 1));
    // Training walks bins, prediction walks values: they agree to the bit.
    for (const round of [1, 10, 30]) {
      const answers = predictProbabilities({ ...model, trees: model.trees.slice(0, round) }, validation);
      expect(told[round - 1]!.validationLogLoss).toBeCloseTo(logLoss(answers, validation.labels), 6);
    }
  });

  test("keeps the trees up to the lowest log-loss and ends after the patience is spent", () => {
    const losses: number[] = [];
    const model = trainBoostedTrees(
      train,
      validation,
      { ...sampled, eta: 0.8, num_round: 500, early_stopping_rounds: 5 },
      { onRound: ({ validationLogLoss }) => losses.push(validationLogLoss!) },
    );
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(model.trees).toHaveLength(best);
    expect(losses).toHaveLength(best + 5);
  });

  test("an aborted signal ends the training with its reason", () => {
    const controller = new AbortController();
    const rounds: number[] = [];
    const training = () =>
      trainBoostedTrees(train, undefined, sampled, {
        signal: controller.signal,
        onRound: ({ round }) => {
          rounds.push(round);
          if (round === 3) controller.abort(new Error("enough"));
        },
      });
    expect(training).toThrow("enough");
    expect(rounds).toEqual([1, 2, 3]);
  });
});

describe("determinism", () => {
  test("one seed gives one model; this is the one, on every machine", () => {
    expect(sha256(7)).toBe("94e14cd2d56335c679ad3720b75655951a796f98af043d7af419578733676557");
  });

  test("another seed gives another model", () => {
    expect(sha256(8)).not.toBe(sha256(7));
  });

  test("a copy of the table gives the same model", () => {
    const twice = trainBoostedTrees(train, undefined, { ...sampled, subsample: 1 });
    const again = trainBoostedTrees(structuredClone(train), undefined, { ...sampled, subsample: 1 });
    expect(again).toEqual(twice);
  });
});

describe("what is refused", () => {
  const empty = labelledMatrix(
    train.names,
    train.names.map(() => new Float32Array(0)),
    new Uint8Array(0),
  );
  test.each([
    ["The training table has no rows", () => trainBoostedTrees(empty, undefined, {})],
    ["The validation table has no rows", () => trainBoostedTrees(train, empty, {})],
    ['"depth" is unknown', () => trainBoostedTrees(train, undefined, { depth: 3 })],
    ['Feature 0 is "x"', () => trainBoostedTrees(train, { ...validation, names: ["x", ...train.names.slice(1)] }, {})],
  ])("%s", (message, training) => {
    expect(training).toThrow(message);
  });
});

function sha256(seed: number): string {
  const model = trainBoostedTrees(train, validation, { ...sampled, seed });
  return createHash("sha256").update(writeXgboostDocument(model)).digest("hex");
}
