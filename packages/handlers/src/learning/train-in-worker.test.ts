import { describe, expect, test } from "vitest";
import { learnableTable } from "../../test/learnable-table.ts";
import { trainBoostedTrees } from "./boosting.ts";
import { trainInWorker } from "./train-in-worker.ts";
import { writeXgboostDocument } from "./xgboost-document.ts";

const train = learnableTable(2000, 1);
const validation = learnableTable(500, 2);
const parameters = { num_round: 20, max_depth: 3, subsample: 0.8, early_stopping_rounds: 5, seed: 3 };
const endless = { ...parameters, num_round: 10_000, early_stopping_rounds: 0 };

test("a worker trains the same bytes as this thread, and tells each round", async () => {
  const here: number[] = [];
  const there: number[] = [];
  const expected = trainBoostedTrees(train, validation, parameters, {
    onRound: ({ validationLogLoss }) => here.push(validationLogLoss!),
  });
  const model = await trainInWorker(train, validation, parameters, {
    onRound: ({ validationLogLoss }) => there.push(validationLogLoss!),
  });
  expect(writeXgboostDocument(model)).toBe(writeXgboostDocument(expected));
  expect(there).toEqual(here);
});

test("several workers train at once without disturbing each other", async () => {
  const expected = trainBoostedTrees(train, undefined, parameters);
  const models = await Promise.all([1, 2, 3].map(() => trainInWorker(train, undefined, parameters)));
  for (const model of models) expect(model).toEqual(expected);
});

describe("the tables", () => {
  test("are copied: the caller keeps them", async () => {
    await trainInWorker(train, validation, parameters);
    expect(train.columns[0]).toHaveLength(2000);
  });

  test("move when they are handed over", async () => {
    const mine = structuredClone(train);
    const model = await trainInWorker(mine, undefined, parameters, { handOver: true });
    expect(mine.columns[0]).toHaveLength(0);
    expect(model).toEqual(trainBoostedTrees(train, undefined, parameters));
  });

  test("may be views of one buffer", async () => {
    const buffer = new ArrayBuffer(train.rows * 4 * train.columns.length);
    const columns = train.columns.map((column, place) => {
      const view = new Float32Array(buffer, place * train.rows * 4, train.rows);
      view.set(column);
      return view;
    });
    const model = await trainInWorker({ ...structuredClone(train), columns }, undefined, parameters, {
      handOver: true,
    });
    expect(model).toEqual(trainBoostedTrees(train, undefined, parameters));
  });
});

describe("what ends a training", () => {
  test("a bad hyper-parameter, before a worker starts", async () => {
    await expect(trainInWorker(train, validation, { eta: 2 })).rejects.toMatchObject({
      name: "InvalidHyperParameterError",
      parameter: "eta",
    });
  });

  test("an error in the worker, with its name and message", async () => {
    const other = { ...validation, names: ["x", ...validation.names.slice(1)] };
    await expect(trainInWorker(train, other, parameters)).rejects.toMatchObject({
      name: "FeatureSchemaMismatchError",
      message: expect.stringContaining('Feature 0 is "x"'),
    });
  });

  test("an aborted signal, with its reason", async () => {
    const controller = new AbortController();
    const training = trainInWorker(train, undefined, endless, {
      signal: controller.signal,
      onRound: ({ round }) => {
        if (round === 2) controller.abort(new Error("enough"));
      },
    });
    await expect(training).rejects.toThrow("enough");
  });

  test("a signal that was aborted before", async () => {
    await expect(trainInWorker(train, undefined, endless, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("a listener that throws", async () => {
    await expect(trainInWorker(train, undefined, endless, { onRound: refuse })).rejects.toThrow("listener");
  });

  test("a worker that is not there, or ends without a model", async () => {
    const missing = new URL("./no-such-worker.ts", import.meta.url);
    await expect(trainInWorker(train, undefined, parameters, { workerUrl: missing })).rejects.toThrow("no-such-worker");
    const silent = new URL("data:text/javascript,process.exit(3)");
    await expect(trainInWorker(train, undefined, parameters, { workerUrl: silent })).rejects.toThrow("code 3");
  });
});

function refuse(): never {
  throw new Error("listener");
}
