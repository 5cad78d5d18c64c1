/** Distributed Maps from end to end, in virtual time, with buckets in memory. */
import type { MapState, State, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import type { ExecutionResult } from "../execution-result.ts";
import { memoryObjects } from "../map-run/memory-objects.ts";
import { runDefinition, startExecution } from "../run-definition.ts";
import type { RunOptions } from "../run-definition.ts";
import { scriptedTasks } from "../tasks/scripted-tasks.ts";

const work = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:1:function:Work", End: true } as const;
const pass = { Type: "Pass", End: true } as const;

function machine(fields: Partial<MapState>, state: State = pass): StateMachineDefinition {
  const processor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "Each",
    States: { Each: state },
  } as const;
  return {
    StartAt: "Run",
    States: { Run: { Type: "Map", ItemProcessor: processor, ...fields, End: true } },
  };
}

interface Ran {
  readonly result: ExecutionResult;
  readonly children: readonly ExecutionResult[];
}

async function run(definition: StateMachineDefinition, options: RunOptions = {}): Promise<Ran> {
  const children: ExecutionResult[] = [];
  const onChildExecution = (child: ExecutionResult): number => children.push(child);
  const result = await runDefinition(definition, { time: "virtual", ...options, onChildExecution });
  return { result, children };
}

const eventTypes = ({ history }: ExecutionResult): readonly string[] =>
  history.events.map(({ id, previousEventId, type }) => `${type} ${id}←${previousEventId}`);

const reader = (key: string, config: object = {}): Partial<MapState> => ({
  ItemReader: {
    Resource: "arn:aws:states:::s3:getObject",
    Parameters: { Bucket: "data", Key: key },
    ReaderConfig: { InputType: "JSONL", ...config },
  },
});

const failing = (items: readonly number[]) =>
  scriptedTasks({ Each: (item: number) => (items.includes(item) ? { error: "Bad" } : { output: item }) });

const writer = (fields: object = {}): Partial<MapState> => ({
  ResultWriter: {
    Resource: "arn:aws:states:::s3:putObject",
    Parameters: { Bucket: "out", Prefix: "runs" },
    ...fields,
  },
});

const once = async () => {
  const { result, children } = await run(machine({}), { input: [1, 2], seed: 5 });
  return [result, ...children].map(({ history }) => history.toHistoryEvents());
};

describe("children", () => {
  test("have histories of their own, and the parent's shows the Map Run alone", async () => {
    const { result, children } = await run(machine({}), { input: ["a", "b"] });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: ["a", "b"] });
    expect(eventTypes(result)).toEqual([
      "ExecutionStarted 1←0",
      "MapStateEntered 2←0",
      "MapStateStarted 3←2",
      "MapRunStarted 4←3",
      "MapRunSucceeded 5←4",
      "MapStateSucceeded 6←5",
      "MapStateExited 7←4",
      "ExecutionSucceeded 8←7",
    ]);
    expect(children.map(eventTypes)).toEqual(
      ["a", "b"].map(() => [
        "ExecutionStarted 1←0",
        "PassStateEntered 2←0",
        "PassStateExited 3←2",
        "ExecutionSucceeded 4←3",
      ]),
    );
    expect(result.mapRuns).toMatchObject([
      { status: "SUCCEEDED", itemCounts: { total: 2, succeeded: 2, pending: 0, running: 0, resultsWritten: 2 } },
    ]);
    expect(result.statistics.statesEntered).toBe(3);
  });

  test("are named after the machine and the label, and see themselves in the context object", async () => {
    const inner = { ...pass, Parameters: { "id.$": "$$.Execution.Id", "input.$": "$$.Execution.Input" } };
    const { result } = await run(machine({ Label: "Models" }, inner), { input: [7], stateMachineName: "Train" });
    expect(result).toMatchObject({
      output: [{ id: expect.stringMatching(/:execution:Train\/Models:[\da-f-]{36}$/) as string, input: 7 }],
    });
    expect(result.mapRuns[0]?.mapRunArn).toMatch(/:mapRun:Train\/Models:[\da-f-]{36}$/);
  });

  test("run at most MaxConcurrency at a time", async () => {
    let running = 0;
    let most = 0;
    const tasks = {
      Work: async (item: number) => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return item * 2;
      },
    };
    const input = Array.from({ length: 20 }, (_, n) => n);
    const { result } = await run(machine({ MaxConcurrency: 3 }, work), { input, tasks, time: "real" });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: input.map((n) => n * 2) });
    expect(most).toBe(3);
  });

  test("wait and retry in the parent's time", async () => {
    const retried = { ...work, Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 60 }] };
    const tasks = scriptedTasks({ Each: (_input, { attempt }) => (attempt === 0 ? { error: "Busy" } : { output: 1 }) });
    const { result, children } = await run(machine({}, retried), { input: [1, 2, 3], tasks });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: [1, 1, 1] });
    expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(60_000);
    expect(children.map(({ stoppedAtEpochMs }) => stoppedAtEpochMs)).toEqual(Array(3).fill(result.stoppedAtEpochMs));
  });

  test("ask a scripted task anew, each for itself", async () => {
    const retried: State = { ...work, Retry: [{ ErrorEquals: ["Busy"] }] };
    const tasks = scriptedTasks({ Each: [{ error: "Busy" }, { output: "done" }] });
    const { result } = await run(machine({}, retried), { input: [1, 2, 3], tasks });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: ["done", "done", "done"] });
  });

  test("can run Distributed Maps of their own", async () => {
    const inner = machine({ ItemsPath: "$.list" }).States["Run"] as MapState;
    const processor = { ...inner.ItemProcessor!, StartAt: "Inner", States: { Inner: inner } };
    const { result, children } = await run(machine({ ItemProcessor: processor }), {
      input: [{ list: [1, 2] }, { list: [] }, { list: [3] }],
    });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: [[1, 2], [], [3]] });
    expect(children).toHaveLength(6);
  });

  test("are aborted when the execution is stopped", async () => {
    const children: ExecutionResult[] = [];
    const running = startExecution(machine({}, work), {
      input: [1, 2],
      tasks: scriptedTasks({ Each: { unanswered: true } }),
      onChildExecution: (child) => children.push(child),
      onEvent: ({ type }) => {
        if (type === "MapRunStarted") queueMicrotask(() => running.stop("Stop"));
      },
    });
    expect(await running.ended).toMatchObject({ status: "ABORTED", mapRuns: [{ status: "ABORTED" }] });
    expect(children.map(({ status }) => status)).toEqual(["ABORTED", "ABORTED"]);
  });
});

describe("failures", () => {
  test("of one child fail the run, and its siblings are aborted", async () => {
    const tasks = scriptedTasks({ Each: (item: number) => (item === 0 ? { error: "Bad" } : { unanswered: true }) });
    const { result } = await run(machine({}, work), { input: [0, 1, 2], tasks });
    expect(result).toMatchObject({
      status: "FAILED",
      error: "States.ExceedToleratedFailureThreshold",
      cause: "The specified tolerated failure threshold was exceeded",
      mapRuns: [{ status: "FAILED", itemCounts: { failed: 1, aborted: 2 } }],
    });
    expect(eventTypes(result).slice(3)).toEqual([
      "MapRunStarted 4←3",
      "MapRunFailed 5←4",
      "MapStateFailed 6←5",
      "ExecutionFailed 7←6",
    ]);
  });

  test.each([
    [{ ToleratedFailureCount: 2 }, [0, 1], "SUCCEEDED"],
    [{ ToleratedFailureCount: 1 }, [0, 1], "FAILED"],
    [{ ToleratedFailurePercentage: 50 }, [0, 1], "SUCCEEDED"],
    [{ ToleratedFailurePercentage: 49 }, [0, 1], "FAILED"],
    [{ ToleratedFailureCount: 3, ToleratedFailurePercentage: 10 }, [0, 1], "FAILED"],
  ])("%j with %j of four failed: %s", async (fields, bad, status) => {
    const { result } = await run(machine(fields, work), { input: [0, 1, 2, 3], tasks: failing(bad) });
    expect(result).toMatchObject(status === "SUCCEEDED" ? { status, output: [2, 3] } : { status });
  });

  test("can be caught", async () => {
    const definition = machine(
      { Catch: [{ ErrorEquals: ["States.ExceedToleratedFailureThreshold"], Next: "Caught" }] },
      work,
    );
    const caught = { ...definition, States: { ...definition.States, Caught: pass } };
    const { result } = await run(caught, { input: [0], tasks: failing([0]) });
    expect(result).toMatchObject({
      status: "SUCCEEDED",
      output: { Error: "States.ExceedToleratedFailureThreshold" },
    });
  });

  test("of the reader fail the run with AWS's words", async () => {
    const objects = memoryObjects({ data: { "a.json": "1" } });
    const { result } = await run(machine(reader("a.json", { InputType: "JSON" })), { objects });
    expect(result).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: "Attempting to map over non-iterable node.",
    });
  });

  test("a dataset without a place to read it from is a refused call", async () => {
    await expect(run(machine(reader("a.json")))).rejects.toThrow('State "Run" has an ItemReader');
  });
});

describe("batches", () => {
  test("hold MaxItemsPerBatch items and the batch's own input", async () => {
    const batcher = { MaxItemsPerBatch: 2, BatchInput: { "day.$": "$.day" } };
    const { result } = await run(machine({ ItemsPath: "$.items", ItemBatcher: batcher }), {
      input: { day: "Monday", items: [1, 2, 3] },
    });
    expect(result).toMatchObject({
      output: [
        { BatchInput: { day: "Monday" }, Items: [1, 2] },
        { BatchInput: { day: "Monday" }, Items: [3] },
      ],
      mapRuns: [{ itemCounts: { total: 3 }, executionCounts: { total: 2 } }],
    });
  });

  test("stay below MaxInputBytesPerBatch", async () => {
    const { children } = await run(machine({ ItemBatcher: { MaxInputBytesPerBatch: 40 } }), {
      input: Array.from({ length: 30 }, (_, n) => n),
    });
    const bytes = children.map((child) => JSON.stringify(child.status === "SUCCEEDED" ? child.output : null).length);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(40);
    expect(bytes.length).toBeLessThan(6);
  });

  test("count their items as failed", async () => {
    const definition = machine({ ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 }, work);
    const { result } = await run(definition, { input: [1, 2], tasks: scriptedTasks({ Each: { error: "Bad" } }) });
    expect(result.status).toBe("FAILED");
  });
});

describe("results", () => {
  test("are written with a manifest that lists them", async () => {
    const buckets: Record<string, Record<string, string>> = {};
    const tasks = scriptedTasks({ Each: (item: number) => (item === 1 ? { error: "Bad" } : { output: { item } }) });
    const { result } = await run(machine({ ...writer(), ToleratedFailureCount: 1 }, work), {
      input: [0, 1, 2],
      tasks,
      objects: memoryObjects(buckets),
    });
    const files = buckets["out"]!;
    const manifestKey = Object.keys(files).find((key) => key.endsWith("/manifest.json"))!;
    const { mapRunArn } = result.mapRuns[0]!;
    expect(result).toMatchObject({
      output: { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: "out", Key: manifestKey } },
    });
    const folder = manifestKey.replace("/manifest.json", "");
    expect(JSON.parse(files[manifestKey]!)).toEqual({
      DestinationBucket: "out",
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: files[`${folder}/FAILED_0.json`]!.length }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: files[`${folder}/SUCCEEDED_0.json`]!.length }],
      },
    });
    expect(JSON.parse(files[`${folder}/SUCCEEDED_0.json`]!)).toMatchObject([
      { Input: "0", Output: '{"item":0}', Status: "SUCCEEDED" },
      { Input: "2", Output: '{"item":2}', Status: "SUCCEEDED" },
    ]);
    expect(JSON.parse(files[`${folder}/FAILED_0.json`]!)).toMatchObject([
      { Input: "1", Error: "Bad", Status: "FAILED" },
    ]);
  });

  test("of a run that fails tell what was aborted and what was not begun", async () => {
    const buckets: Record<string, Record<string, string>> = {};
    const tasks = scriptedTasks({ Each: (item: number) => (item === 1 ? { error: "Bad" } : { unanswered: true }) });
    const { result } = await run(machine({ ...writer(), MaxConcurrency: 2 }, work), {
      input: [0, 1, 2, 3],
      tasks,
      objects: memoryObjects(buckets),
    });
    expect(result).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
    const written = (name: string): unknown =>
      JSON.parse(Object.entries(buckets["out"]!).find(([key]) => key.endsWith(`/${name}`))![1]);
    expect(written("FAILED_0.json")).toMatchObject([
      { Input: "1", Status: "FAILED" },
      { Input: "0", Status: "ABORTED" },
    ]);
    const pending = { InputDetails: { Included: true }, Status: "PENDING" };
    expect(written("PENDING_0.json")).toEqual([
      { Input: "2", ...pending },
      { Input: "3", ...pending },
    ]);
    expect(written("manifest.json")).toMatchObject({ ResultFiles: { PENDING: [{}], SUCCEEDED: [] } });
  });

  test("are shaped by the WriterConfig", async () => {
    const buckets: Record<string, Record<string, string>> = {};
    const config = { WriterConfig: { Transformation: "FLATTEN", OutputType: "JSONL" } };
    await run(machine(writer(config)), { input: [[1, 2], 3], objects: memoryObjects(buckets) });
    const [, lines] = Object.entries(buckets["out"]!).find(([key]) => key.endsWith("SUCCEEDED_0.jsonl"))!;
    expect(lines).toBe("1\n2\n3\n");
  });

  test("without an export they are the state's result, shaped too", async () => {
    const flat = { ResultWriter: { WriterConfig: { Transformation: "FLATTEN", OutputType: "JSON" } } } as const;
    expect((await run(machine(flat), { input: [[1, 2], 3] })).result).toMatchObject({ output: [1, 2, 3] });
  });

  test("that are too large end the execution", async () => {
    const { result } = await run(machine({}, { ...pass, Result: "long enough" }), {
      input: Array(30).fill("x"),
      limits: { maxPayloadBytes: 150 },
    });
    expect(result).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });
});

test("an export that is not finished has its files closed, and no manifest", async () => {
  const buckets: Record<string, Record<string, string>> = {};
  const stop = new AbortController();
  const lines = Array.from({ length: 3000 }, (_, n) => n).join("\n");
  const store = memoryObjects({ data: { k: lines } });
  let opened = 0;
  let closed = 0;
  const counting: typeof store = {
    ...store,
    async write(bucket, key) {
      const written = await memoryObjects(buckets).write(bucket, key);
      opened += 1;
      return { ...written, close: async () => written.close().finally(() => (closed += 1)) };
    },
  };
  let children = 0;
  const result = await runDefinition(machine({ ...reader("k"), ...writer() }), {
    objects: counting,
    signal: stop.signal,
    onChildExecution() {
      children += 1;
      if (children === 2500) stop.abort();
    },
  });
  expect(result.status).toBe("ABORTED");
  await expect.poll(() => closed).toBe(1);
  expect(opened).toBe(1);
  expect(Object.keys(buckets["out"] ?? {}).filter((key) => key.endsWith("manifest.json"))).toEqual([]);
});

test("results that cannot be written fail the Map Run, though items are still to be read", async () => {
  const lines = Array.from({ length: 3000 }, (_, n) => n).join("\n");
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" });
  const objects = {
    ...memoryObjects({ data: { k: lines } }),
    write: async () => ({ write: () => Promise.reject(full), close: async () => 0 }),
  };
  const { result } = await run(machine({ ...reader("k"), ...writer() }), { objects });
  expect(result).toMatchObject({ status: "FAILED", error: "States.ResultWriterFailed", cause: full.message });
});

test("the same seed gives the same names and histories", async () => {
  expect(await once()).toEqual(await once());
});

test("a selector sees the item, its key and its source", async () => {
  const objects = memoryObjects({ data: { "models.json": '{"fraud":{"v":1}}' } });
  const selector = { ItemSelector: { "item.$": "$$.Map.Item" } };
  const { result } = await run(machine({ ...reader("models.json", { InputType: "JSON" }), ...selector }), { objects });
  expect(result).toMatchObject({
    output: [{ item: { Index: 0, Value: { v: 1 }, Key: "fraud", Source: "S3://data/models.json" } }],
  });
});
