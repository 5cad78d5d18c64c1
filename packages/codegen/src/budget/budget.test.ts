import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { budgetOf } from "./budget.ts";

const task = (members: object = {}) => ({ Type: "Task", Resource: "${FunctionArn}", ...members });
const retry = (maxAttempts: number, intervalSeconds = 1) => ({
  Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: maxAttempts, IntervalSeconds: intervalSeconds, BackoffRate: 2 }],
});
const machine = (states: Readonly<Record<string, object>>, members: object = {}) => ({
  ...members,
  StartAt: Object.keys(states)[0],
  States: states,
});

describe("the retraining pipeline", () => {
  const file = new URL("../../../../apps/retrain-pipeline/test/batch-retrain.expected.asl.json", import.meta.url);
  const definition: object = JSON.parse(readFileSync(file, "utf8"));

  test("writes 41 events a model, and 83 when every task is tried three times", () => {
    const [one, two, fits, breaks] = [1, 2, 609, 610].map(
      (models) => budgetOf(definition, { items: { BatchRetrainModels: models } }).historyEvents,
    );
    expect(Number(two?.least) - Number(one?.least)).toBe(41);
    expect(Number(two?.most) - Number(one?.most)).toBe(83);
    expect(fits?.least).toBeLessThanOrEqual(25_000);
    expect(breaks?.least).toBeGreaterThan(25_000);
  });

  test("makes 8 transitions a model, paid by the thousand", () => {
    const { transitions, priceUsd } = budgetOf(definition, { items: { "*": 1000 } });
    expect(transitions).toEqual({ least: 2 + 8 * 1000, most: 2 + 22 * 1000 });
    expect(priceUsd.least).toBeCloseTo(0.200_05);
  });

  test("lasts at most as long as its functions may, retries included", () => {
    // Six tasks one after the other, since two run beside each other: 3 attempts of 900 s, and the delays between.
    const delays = 3 * (3 + 6 + 0) + (5 + 10) + (5 + 10) + (2 + 4);
    expect(budgetOf(definition).durationSeconds).toBe(6 * 3 * 900 + delays);
    expect(budgetOf(definition, { items: { "*": 4 } }).durationSeconds).toBe(2 * (6 * 3 * 900 + delays));
    expect(budgetOf(definition, { functionTimeoutSeconds: () => 10 }).durationSeconds).toBe(6 * 3 * 10 + delays);
  });
});

describe("history events", () => {
  test("count the way with the most, Catchers included", () => {
    const definition = machine({
      Try: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Tell" }], Next: "Done" }),
      Tell: task({ Next: "Done" }),
      Done: { Type: "Succeed" },
    });
    expect(budgetOf(definition).historyEvents).toEqual({ least: 2 + 5 + 2, most: 2 + 5 + 5 + 2 });
  });

  test("count a job's submission", () => {
    const definition = machine({ Job: { ...task({ End: true }), Resource: "arn:aws:states:::glue:startJobRun.sync" } });
    expect(budgetOf(definition).historyEvents.most).toBe(2 + 6);
  });

  test("of a Distributed Map's children are histories of their own", () => {
    const definition = machine({
      Each: {
        Type: "Map",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          ...machine({ A: task({ Next: "B" }), B: task({ End: true }) }),
        },
        End: true,
      },
    });
    const { historyEvents, transitions } = budgetOf(definition, { items: { Each: 10_000 } });
    expect(historyEvents.most).toBe(2 + 5 + 5);
    expect(transitions.most).toBe(1 + 2 * 10_000);
  });

  test("of a loop have no bound, and the loop is told", () => {
    const definition = machine({
      Wait: { Type: "Wait", Seconds: 5, Next: "Ready?" },
      "Ready?": {
        Type: "Choice",
        Choices: [{ Variable: "$.ready", BooleanEquals: true, Next: "Done" }],
        Default: "Wait",
      },
      Done: { Type: "Succeed" },
    });
    expect(budgetOf(definition)).toEqual({
      historyEvents: { least: 2 + 6, most: Infinity },
      transitions: { least: 3, most: Infinity },
      priceUsd: { least: expect.closeTo(0.000_075), most: Infinity },
      durationSeconds: Infinity,
      unbounded: ["Wait can come again, in a loop"],
    });
  });
});

describe("the duration", () => {
  test.each<[string, object, object, number]>([
    ["of a wait", { Type: "Wait", Seconds: 90, End: true }, {}, 90],
    ["of a task with a timeout", task({ TimeoutSeconds: 30, ...retry(2, 5), End: true }), {}, 3 * 30 + 5 + 10],
    [
      "of a callback",
      { ...task({ End: true }), Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" },
      {},
      Infinity,
    ],
    ["of a call", { ...task({ End: true }), Resource: "arn:aws:states:::sqs:sendMessage" }, {}, 60],
    ["below the machine's own timeout", { Type: "Wait", SecondsPath: "$.s", End: true }, { TimeoutSeconds: 7 }, 7],
  ])("%s", (_, state, members, seconds) => {
    expect(budgetOf(machine({ One: state }, members)).durationSeconds).toBe(seconds);
  });

  test("names what bounds nothing", () => {
    const activity = { ...task({ Next: "Later" }), Resource: "arn:aws:states:eu-west-1:123456789012:activity:a" };
    const definition = machine({ Act: activity, Later: { Type: "Wait", TimestampPath: "$.t", End: true } });
    expect(budgetOf(definition).unbounded).toEqual([
      "Act has no TimeoutSeconds",
      "Later waits for a time that it finds at run time",
    ]);
  });

  test("of delays stops growing at MaxDelaySeconds", () => {
    const retrier = { ErrorEquals: ["E"], IntervalSeconds: 10, BackoffRate: 10, MaxAttempts: 4, MaxDelaySeconds: 50 };
    const definition = machine({ One: task({ TimeoutSeconds: 0, Retry: [retrier], End: true }) });
    expect(budgetOf(definition).durationSeconds).toBe(10 + 3 * 50);
  });

  test("of an express machine is five minutes, and its transitions cost nothing", () => {
    const definition = machine({ One: task({ End: true }) });
    expect(budgetOf(definition, { type: "EXPRESS" })).toMatchObject({ durationSeconds: 300, priceUsd: { most: 0 } });
  });
});

test("what is no definition costs nothing", () => {
  expect(budgetOf([])).toMatchObject({ historyEvents: { most: 0 }, durationSeconds: 0 });
});
