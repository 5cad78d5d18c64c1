/** The machines that are measured, each with its input and the same work written by hand. */
import type { JsonObject, JsonValue, StateMachineDefinition } from "@stepwright/asl";

export interface MeasuredMachine {
  readonly title: string;
  readonly definition: StateMachineDefinition;
  readonly input: JsonValue;
  /** How many of `unit` one run does. */
  readonly count: number;
  readonly unit: "executions" | "states" | "tasks";
  /** By state name. */
  readonly tasks: Readonly<Record<string, (event: JsonValue) => Promise<JsonValue>>>;
  readonly byHand: () => unknown;
}

const mapItems = 10_000;
const loopTurns = 5000;
const models = 100;

const steps = ["Ingest", "Preprocess", "Train", "Evaluate"] as const;
const branches = ["Register", "Deploy"] as const;
const taskNames = [...steps, ...branches, "Notify"];

function task(name: string, next: string | undefined): JsonObject {
  const retry = [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 2 }];
  const Resource = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  return { Type: "Task", Resource, Retry: retry, ...(next === undefined ? { End: true } : { Next: next }) };
}

/** As the batch retraining machine: per model four tasks, two at a time, one more. */
const pipeline = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      ItemsPath: "$.models",
      MaxConcurrency: 3,
      ItemProcessor: {
        StartAt: "Ingest",
        States: {
          ...Object.fromEntries(steps.map((name, i) => [name, task(name, steps[i + 1] ?? "Both")])),
          Both: {
            Type: "Parallel",
            Branches: branches.map((name) => ({ StartAt: name, States: { [name]: task(name, undefined) } })),
            Next: "Notify",
          },
          Notify: task("Notify", undefined),
        },
      },
      End: true,
    },
  },
};

const same = async (event: JsonValue): Promise<JsonValue> => event;

async function pipelineByHand(): Promise<unknown> {
  const results: JsonValue[] = [];
  const queue = Array.from({ length: models }, (_, n) => n);
  const worker = async (): Promise<void> => {
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      let event: JsonValue = { n };
      for (let step = 0; step < steps.length; step += 1) event = await same(event);
      results[n] = await same(await Promise.all([same(event), same(event)]));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
}

export const machines: readonly MeasuredMachine[] = [
  {
    title: "3 Pass states",
    definition: {
      StartAt: "A",
      States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "C" }, C: { Type: "Pass", End: true } },
    },
    input: { a: 1 },
    count: 1,
    unit: "executions",
    tasks: {},
    byHand: () => ["A", "B", "C"].reduce<JsonValue>((value) => value, { a: 1 }),
  },
  {
    title: `Map of ${mapItems} Pass states`,
    definition: {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemsPath: "$.items",
          ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
          End: true,
        },
      },
    },
    input: { items: Array.from({ length: mapItems }, (_, i) => ({ i })) },
    count: mapItems,
    unit: "states",
    tasks: {},
    byHand: () => Array.from({ length: mapItems }, (_, i) => ({ i })),
  },
  {
    title: `loop of ${2 * loopTurns} Choice and Pass states`,
    definition: {
      StartAt: "Check",
      States: {
        Check: {
          Type: "Choice",
          Choices: [{ Variable: "$.n", NumericGreaterThanEquals: loopTurns, Next: "Done" }],
          Default: "Add",
        },
        Add: { Type: "Pass", Parameters: { "n.$": "States.MathAdd($.n, 1)" }, Next: "Check" },
        Done: { Type: "Succeed" },
      },
    },
    input: { n: 0 },
    count: 2 * loopTurns,
    unit: "states",
    tasks: {},
    byHand() {
      let value = { n: 0 };
      while (value.n < loopTurns) value = { n: value.n + 1 };
      return value;
    },
  },
  {
    title: `${models} models through 7 tasks each, 3 at a time`,
    definition: pipeline as unknown as StateMachineDefinition,
    input: { models: Array.from({ length: models }, (_, n) => ({ n })) },
    count: models * taskNames.length,
    unit: "tasks",
    tasks: Object.fromEntries(taskNames.map((name) => [name, same])),
    byHand: pipelineByHand,
  },
];
