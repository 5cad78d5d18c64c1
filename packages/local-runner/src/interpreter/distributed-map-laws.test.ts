/** What holds of every Distributed Map, whatever its items do. */
import type { JsonObject, StateMachineDefinition } from "@stepwright/asl";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExecutionResult } from "../execution-result.ts";
import { memoryObjects } from "../map-run/memory-objects.ts";
import { runDefinition } from "../run-definition.ts";
import { scriptedTasks } from "../tasks/scripted-tasks.ts";
import type { ScriptedReply } from "../tasks/scripted-tasks.ts";
import type { TaskReply, TaskRequest } from "../tasks/task-invoker.ts";

interface Work {
  readonly delayMs: number;
  readonly fails: boolean;
}

const workload = fc.record({
  items: fc.array(fc.record({ delayMs: fc.nat(50), fails: fc.boolean() }), { maxLength: 12 }),
  maxConcurrency: fc.nat(4),
  toleratedFailureCount: fc.nat(4),
  batchSize: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  stopAtMs: fc.option(fc.nat(100), { nil: undefined }),
});

type Workload = typeof workload extends fc.Arbitrary<infer Value> ? Value : never;

function answer({ delayMs, fails }: Work): ScriptedReply {
  return fails ? { error: "Bad", delayMs } : { output: delayMs, delayMs };
}

async function run({ batchSize, items, maxConcurrency, stopAtMs, toleratedFailureCount }: Workload) {
  const map = {
    Type: "Map",
    MaxConcurrency: maxConcurrency,
    ToleratedFailureCount: toleratedFailureCount,
    ...(batchSize === undefined ? {} : { ItemBatcher: { MaxItemsPerBatch: batchSize } }),
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Work",
      States: { Work: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } },
    },
    End: true,
  };
  const stopping = { Type: "Wait", Seconds: (stopAtMs ?? 0) / 1000, Next: "Stop" };
  const parallel = {
    Type: "Parallel",
    Branches: [
      { StartAt: "Run", States: { Run: map } },
      // A sibling's failure ends the Map at any moment.
      ...(stopAtMs === undefined ? [] : [{ StartAt: "Later", States: { Later: stopping, Stop: { Type: "Fail" } } }]),
    ],
    End: true,
  };
  const children: ExecutionResult[] = [];
  const result = await runDefinition(
    { StartAt: "Both", States: { Both: parallel } } as unknown as StateMachineDefinition,
    {
      input: items,
      tasks: scriptedTasks({
        Work: (input: Work | { Items: Work[] }) => answer("Items" in input ? input.Items[0]! : input),
      }),
      time: "virtual",
      onChildExecution: (child) => children.push(child),
    },
  );
  return { result, children };
}

/** How many ran at the same time at most. */
function mostAtOnce(children: readonly ExecutionResult[]): number {
  const moments = children.map(({ startedAtEpochMs }) => startedAtEpochMs);
  return Math.max(
    0,
    ...moments.map(
      (now) => children.filter((child) => child.startedAtEpochMs <= now && child.stoppedAtEpochMs > now).length,
    ),
  );
}

test("concurrency is bounded, every child is told once, and the counts add up", async () => {
  await fc.assert(
    fc.asyncProperty(workload, async (given) => {
      const { children, result } = await run(given);
      const [mapRun] = result.mapRuns;
      const { executionCounts, itemCounts, status } = mapRun!;
      expect(mostAtOnce(children)).toBeLessThanOrEqual(
        given.maxConcurrency === 0 ? children.length : given.maxConcurrency,
      );
      const started = executionCounts.total - executionCounts.pending;
      expect(new Set(children.map(({ executionArn }) => executionArn)).size).toBe(started);
      expect(children).toHaveLength(started);
      const { aborted, failed, pending, running, succeeded, total } = itemCounts;
      expect(succeeded + failed + aborted + pending).toBe(total);
      expect(running).toBe(0);
      expect(status).not.toBe("RUNNING");
      expect(result.status === "SUCCEEDED" && failed > given.toleratedFailureCount).toBe(false);
    }),
    { numRuns: 150, seed: 7 },
  );
});

const selectors = {
  none: {},
  path: { ItemSelector: { "id.$": "$$.Map.Item.Value.id", "fails.$": "$$.Map.Item.Value.fails" } },
  jsonata: { QueryLanguage: "JSONata", ItemSelector: "{% $merge([$states.context.Map.Item.Value, {'more': true}]) %}" },
} as const;

const exported = fc.record({
  fails: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  maxConcurrency: fc.nat(3),
  toleratedFailureCount: fc.nat(2),
  batchSize: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  /** How long a child takes, beside the selection of the next items. */
  hops: fc.nat(40),
  selector: fc.constantFrom(...(Object.keys(selectors) as (keyof typeof selectors)[])),
});

test("the result files tell of each item once, however the Map Run ends", async () => {
  await fc.assert(
    fc.asyncProperty(exported, async ({ batchSize, fails, hops, maxConcurrency, selector, toleratedFailureCount }) => {
      const isJsonata = selector === "jsonata";
      const map = {
        Type: "Map",
        MaxConcurrency: maxConcurrency,
        ToleratedFailureCount: toleratedFailureCount,
        ...selectors[selector],
        ...(batchSize === undefined ? {} : { ItemBatcher: { MaxItemsPerBatch: batchSize } }),
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Work",
          States: { Work: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } },
        },
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          [isJsonata ? "Arguments" : "Parameters"]: { Bucket: "out", Prefix: "p" },
        },
        End: true,
      };
      const buckets: Record<string, Record<string, string>> = {};
      await runDefinition({ StartAt: "Run", States: { Run: map } } as unknown as StateMachineDefinition, {
        input: fails.map((isBad, id) => ({ id, fails: isBad })),
        tasks: {
          async invoke({ input }: TaskRequest): Promise<TaskReply> {
            for (let hop = 0; hop < hops; hop += 1) await Promise.resolve();
            const isBad = idsOf(input as JsonObject).some((id) => fails[id]);
            return isBad ? { status: "failed", error: "Bad" } : { status: "succeeded", output: 0 };
          },
        },
        time: "virtual",
        objects: memoryObjects(buckets),
      });
      const files = Object.entries(buckets["out"]!).filter(([key]) => !key.endsWith("/manifest.json"));
      const records = files.flatMap(([, text]) => JSON.parse(text) as JsonObject[]);
      const ids = records.flatMap(({ Input }) => idsOf(JSON.parse(Input as string) as JsonObject));
      expect(ids.toSorted((a, b) => a - b)).toEqual([...fails.keys()]);
    }),
    { numRuns: 150, seed: 7 },
  );
});

function idsOf(input: JsonObject): readonly number[] {
  const items = (input["Items"] ?? [input]) as readonly { readonly id: number }[];
  return items.map(({ id }) => id);
}
