import type { Branch, JsonValue, MapState, State, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { ExecutionResult } from "./execution-result.ts";
import { compileDefinition, runDefinition, runMachine, startExecution } from "./run-definition.ts";
import type { RunOptions } from "./run-definition.ts";
import { scriptedTasks } from "./tasks/scripted-tasks.ts";
import type { TaskRequest } from "./tasks/task-invoker.ts";
import type { TaskScript } from "./tasks/scripted-tasks.ts";

function machine(states: Record<string, State>, more: Partial<StateMachineDefinition> = {}): StateMachineDefinition {
  return { StartAt: Object.keys(states)[0]!, States: states, ...more };
}

const task = (more: Partial<Extract<State, { Type: "Task" }>> = {}): State => ({
  Type: "Task",
  Resource: "${WorkFunctionArn}",
  ...("Next" in more ? {} : { End: true }),
  ...more,
});
const pass: State = { Type: "Pass", End: true };

function map(states: Record<string, State>, more: Partial<MapState> = {}): MapState {
  const ends = "Next" in more ? undefined : ({ End: true } as const);
  return { Type: "Map", ItemProcessor: { StartAt: Object.keys(states)[0]!, States: states }, ...ends, ...more };
}

const run = (definition: StateMachineDefinition, script: TaskScript = {}, options: RunOptions = {}) =>
  runDefinition(definition, { time: "virtual", tasks: scriptedTasks(script), ...options });

/** The history as `id ← previous Type`. */
const chain = ({ history }: ExecutionResult) =>
  history.events.map(({ id, previousEventId, type }) => `${id}←${previousEventId} ${type}`);

function branch(name: string): Branch {
  return { StartAt: name, States: { [name]: pass } };
}

describe("chains of events", () => {
  test("a retried task is scheduled again after its failure, without being entered again", async () => {
    const result = await run(machine({ Work: task({ Retry: [{ ErrorEquals: ["Busy"] }] }) }), {
      Work: [{ error: "Busy", cause: "full" }, { output: 1 }],
    });
    expect(chain(result)).toEqual([
      "1←0 ExecutionStarted",
      "2←0 TaskStateEntered",
      "3←2 LambdaFunctionScheduled",
      "4←3 LambdaFunctionStarted",
      "5←4 LambdaFunctionFailed",
      "6←5 LambdaFunctionScheduled",
      "7←6 LambdaFunctionStarted",
      "8←7 LambdaFunctionSucceeded",
      "9←8 TaskStateExited",
      "10←9 ExecutionSucceeded",
    ]);
    expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(1000);
  });

  test("Parallel goes on after the last event of its branches", async () => {
    const result = await run(machine({ Both: { Type: "Parallel", Branches: [branch("A"), branch("B")], End: true } }));
    expect(chain(result).slice(2)).toEqual([
      "3←2 ParallelStateStarted",
      "4←3 PassStateEntered",
      "5←4 PassStateExited",
      "6←3 PassStateEntered",
      "7←6 PassStateExited",
      "8←7 ParallelStateSucceeded",
      "9←7 ParallelStateExited",
      "10←9 ExecutionSucceeded",
    ]);
    expect(result).toMatchObject({ output: [{}, {}] });
  });

  test("the first failure of a Map aborts the other iterations", async () => {
    const definition = machine({
      Each: map({ Work: task() }, { Catch: [{ ErrorEquals: ["Bad"], Next: "Caught" }] }),
      Caught: pass,
    });
    const result = await run(
      definition,
      { Work: (n: number) => (n === 1 ? { error: "Bad" } : { unanswered: true }) },
      { input: [0, 1, 2] },
    );
    expect(result).toMatchObject({ status: "SUCCEEDED", output: { Error: "Bad", Cause: null } });
    const failed = result.history.events.find(({ type }) => type === "LambdaFunctionFailed")!.id;
    expect(chain(result).slice(failed)).toEqual([
      `${failed + 1}←${failed} MapIterationFailed`,
      `${failed + 2}←${failed} TaskStateAborted`,
      `${failed + 3}←${failed} MapIterationAborted`,
      `${failed + 4}←${failed} TaskStateAborted`,
      `${failed + 5}←${failed} MapIterationAborted`,
      `${failed + 6}←${failed} TaskStateAborted`,
      `${failed + 7}←${failed} MapStateFailed`,
      `${failed + 8}←${failed + 7} MapStateExited`,
      `${failed + 9}←${failed + 8} PassStateEntered`,
      `${failed + 10}←${failed + 9} PassStateExited`,
      `${failed + 11}←${failed + 10} ExecutionSucceeded`,
    ]);
  });

  test("an empty Map succeeds without an iteration", async () => {
    expect(chain(await run(machine({ Each: map({ P: pass }) }), {}, { input: [] })).slice(2, 5)).toEqual([
      "3←2 MapStateStarted",
      "4←3 MapStateSucceeded",
      "5←3 MapStateExited",
    ]);
  });

  test("States.Runtime ends the execution whatever stands around it", async () => {
    const broken: State = { Type: "Pass", InputPath: "$.nope", End: true };
    const result = await run(
      machine({
        Each: map({ Broken: broken }, { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] }),
        Caught: pass,
      }),
      {},
      { input: [1] },
    );
    expect(result).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(chain(result).slice(-2)).toEqual(["5←4 PassStateEntered", "6←5 ExecutionFailed"]);
  });
});

describe("time", () => {
  const year = 31_536_000;

  test("a year of waiting costs nothing in virtual time", async () => {
    const result = await run(
      machine({ Long: { Type: "Wait", Seconds: year, End: true } }),
      {},
      { startTimeEpochMs: 0 },
    );
    expect(result.stoppedAtEpochMs).toBe(year * 1000);
    expect(result.history.toHistoryEvents().at(-1)?.timestamp).toBe(year);
  });

  test("TimeoutSeconds counts from the start of the attempt", async () => {
    const result = await run(
      machine({ Work: task({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1 }] }) }),
      {
        Work: { unanswered: true },
      },
    );
    expect(result).toMatchObject({ status: "FAILED", error: "States.Timeout", cause: undefined });
    expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(5000 + 1000 + 5000);
  });

  test("a timeout that is caught has an empty cause", async () => {
    const Catch = [{ ErrorEquals: ["States.Timeout"], Next: "Caught" }];
    const definition = machine({ Work: task({ TimeoutSeconds: 5, Catch }), Caught: pass });
    const result = await run(definition, { Work: () => ({ unanswered: true }) });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: { Error: "States.Timeout", Cause: "" } });
  });

  test("the machine's TimeoutSeconds ends the execution TIMED_OUT", async () => {
    const result = await run(machine({ Long: { Type: "Wait", Seconds: 60, End: true } }, { TimeoutSeconds: 5 }));
    expect(result).toMatchObject({ status: "TIMED_OUT", error: "States.Timeout" });
    expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(5000);
  });

  test("a reply may take its time, and a timeout overtakes it", async () => {
    const definition = machine({ Work: task({ TimeoutSeconds: 10 }) });
    const late = await run(definition, { Work: { output: 1, delayMs: 11_000 } });
    expect(late).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    const inTime = await run(definition, { Work: { output: 1, delayMs: 9000 } });
    expect(inTime).toMatchObject({ status: "SUCCEEDED", output: 1 });
  });

  test("an execution that nobody can end is refused", async () => {
    for (const time of ["virtual", "real"] as const) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(run(machine({ Work: task() }), { Work: { unanswered: true } }, { time })).rejects.toThrow(
        /will never end: "Work" waits for an answer/,
      );
    }
  });

  test("where one thing happens at a time, real time gives the same history but for timestamps", async () => {
    const definition = machine({ Each: map({ Work: task() }, { MaxConcurrency: 1 }) });
    const script = { Work: (n: number) => Promise.resolve({ output: n * 2 }) };
    const histories = await Promise.all(
      (["real", "virtual"] as const).map((time) => run(definition, script, { input: [1, 2, 3, 4, 5], time })),
    );
    const [real, virtual] = histories.map(({ history }) =>
      history.toHistoryEvents().map(({ timestamp: _timestamp, ...event }) => event),
    );
    expect(real).toEqual(virtual);
  });
});

describe("Map", () => {
  test.each([
    [1, 1],
    [3, 3],
    [0, 40],
    [100, 40],
  ])("MaxConcurrency %i runs %i iterations at a time, and all in the end", async (maxConcurrency, atOnce) => {
    let running = 0;
    let most = 0;
    const definition = machine({ Each: map({ Work: task() }, { MaxConcurrency: maxConcurrency }) });
    const input = Array.from({ length: 200 }, (_, n) => n);
    const result = await runDefinition(definition, {
      input,
      tasks: {
        async Work(n: number) {
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          return n;
        },
      },
    });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: input });
    expect(most).toBe(atOnce);
  });

  test.each([0, 1, 3])("100,000 items at MaxConcurrency %i", (maxConcurrency) => {
    const compiled = compileDefinition(machine({ Each: map({ P: pass }, { MaxConcurrency: maxConcurrency }) }));
    const input = Array.from({ length: 100_000 }, (_, n) => n);
    const limits = { maxHistoryEvents: Infinity, maxPayloadBytes: Infinity };
    const result = runMachine(compiled, { input, limits });
    expect(result).toMatchObject({ status: "SUCCEEDED" });
    expect((result as ExecutionResult).history.events).toHaveLength(400_006);
  });

  test("ItemSelector sees the item through the context object, in both languages", async () => {
    const inner = { P: pass };
    const byPath = map(inner, {
      ItemsPath: "$.list",
      ItemSelector: { "i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "all.$": "$.all" },
    });
    const byExpression = map(inner, {
      QueryLanguage: "JSONata",
      Items: "{% $states.input.list %}",
      ItemSelector: {
        i: "{% $states.context.Map.Item.Index %}",
        v: "{% $states.context.Map.Item.Value %}",
        all: "{% $sum($states.input.list) %}",
      },
    });
    for (const [state, all] of [
      [byPath, "x"],
      [byExpression, 30],
    ] as const) {
      const result = await run(machine({ Each: state }), {}, { input: { list: [10, 20], all: "x" } });
      expect(result).toMatchObject({
        output: [
          { i: 0, v: 10, all },
          { i: 1, v: 20, all },
        ],
      });
    }
  });
});

function withSelector(selector: string): StateMachineDefinition {
  return machine({
    Each: map(
      { Work: task() },
      {
        QueryLanguage: "JSONata",
        Items: [0, 1, 2],
        ItemSelector: { v: selector },
        Catch: [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "Caught" }],
        Next: "Caught",
      },
    ),
    Caught: pass,
  });
}

describe("a failing ItemSelector", () => {
  // The second one is beyond what can be evaluated without a promise.
  test.each([
    "{% $states.context.Map.Item.Value = 1 ? $nope : 1 %}",
    "{% $states.context.Map.Item.Value = 1 ? $error('no') : 1 %}",
  ])("is the Map's failure: %s", async (selector) => {
    const result = await run(withSelector(selector), { Work: { unanswered: true } });
    expect(result).toMatchObject({ status: "SUCCEEDED", output: { Error: "States.QueryEvaluationError" } });
    const { events } = result.history;
    const failed = events.find(({ type }) => type === "EvaluationFailed")!;
    expect(failed).toMatchObject({ stateName: "Each", previousEventId: 3 });
    expect(events.slice(failed.id, failed.id + 2).map(({ type }) => type)).toEqual([
      "MapStateFailed",
      "MapStateExited",
    ]);
    const count = (wanted: string) => events.filter(({ type }) => type === wanted).length;
    expect(count("MapIterationAborted")).toBe(count("MapIterationStarted"));
    expect(count("TaskStateAborted")).toBe(count("TaskStateEntered"));
  });
});

describe("variables", () => {
  test("are seen from the next state on, inside too; what is assigned inside stays there", async () => {
    const result = await run(
      machine({
        Set: { Type: "Pass", Assign: { x: 1 }, Next: "Swap" },
        Swap: { Type: "Pass", Assign: { "x.$": "States.MathAdd($x, 1)", "old.$": "$x" }, Next: "Each" },
        Each: map(
          { In: { Type: "Pass", Parameters: { "seen.$": "$x" }, Assign: { inner: true }, End: true } },
          { ItemsPath: "$.items", Next: "Out" },
        ),
        Out: { Type: "Pass", Parameters: { "x.$": "$x", "old.$": "$old", "each.$": "$" }, End: true },
      }),
      {},
      { input: { items: [1] } },
    );
    expect(result).toMatchObject({ output: { x: 2, old: 1, each: [{ seen: 2 }] } });
  });

  test("of an iteration are gone afterwards", async () => {
    const result = await run(
      machine({
        Each: map({ In: { Type: "Pass", Assign: { inner: true }, End: true } }, { Next: "Out" }),
        Out: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% $inner %}", End: true },
      }),
      {},
      { input: [1] },
    );
    expect(result).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });
});

describe("limits", () => {
  const loop = machine({
    Again: { Type: "Choice", Choices: [{ Variable: "$.on", BooleanEquals: true, Next: "Turn" }], Default: "Done" },
    Turn: { Type: "Pass", Next: "Again" },
    Done: { Type: "Succeed" },
  });

  test("event 25,000 is the end of an endless loop", async () => {
    const result = await run(loop, {}, { input: { on: true } });
    expect(result).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: "The execution reached the maximum number of history events (25000).",
    });
    expect(result.history.events).toHaveLength(25_000);
    expect(result.history.events.at(-1)).toMatchObject({ id: 25_000, type: "ExecutionFailed" });
  });

  test("a task's result above 256 KiB can be caught; a Pass's cannot", async () => {
    const big = "x".repeat(262_144);
    const caught = await run(
      machine({ Work: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }] }), Caught: pass }),
      {
        Work: { output: big },
      },
    );
    const cause =
      "The state/task 'arn:aws:lambda:us-east-1:123456789012:function:Work' returned a result with a size exceeding the maximum number of bytes service limit.";
    expect(caught).toMatchObject({ status: "SUCCEEDED", output: { Error: "States.DataLimitExceeded", Cause: cause } });
    const failed = await run(machine({ Big: { Type: "Pass", Result: big, End: true } }));
    expect(failed).toMatchObject({
      status: "FAILED",
      error: "States.DataLimitExceeded",
      cause: expect.stringContaining("'Big'"),
    });
  });

  test("the statistics name the largest payload", async () => {
    const result = await run(machine({ Work: task({ Next: "Then" }), Then: pass }), {
      Work: { output: "x".repeat(100) },
    });
    expect(result.statistics).toEqual({
      statesEntered: 2,
      tasksInvoked: 1,
      retries: 0,
      largestPayloadBytes: 102,
      largestPayloadState: "Work",
    });
  });
});

describe("stopping", () => {
  test("a signal ends the execution ABORTED and tells its tasks", async () => {
    const stop = new AbortController();
    let told = false;
    const ended = runDefinition(machine({ Work: task() }), {
      signal: stop.signal,
      tasks: {
        Work: (_event: unknown, { signal }: { signal: AbortSignal }) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              told = true;
              resolve(undefined);
            });
          }),
      },
    });
    stop.abort();
    expect(await ended).toMatchObject({ status: "ABORTED" });
    expect(told).toBe(true);
  });

  test("a task that nobody waits for any more may reject as its signal is aborted", async () => {
    const definition = machine({
      Both: {
        Type: "Parallel",
        Branches: [machine({ Slow: task() }), machine({ Bad: { Type: "Fail", Error: "Bad" } })],
        Catch: [{ ErrorEquals: ["Bad"], Next: "After" }],
        End: true,
      },
      After: task(),
    });
    const result = await run(
      definition,
      {},
      {
        tasks: {
          invoke: ({ signal, stateName }: TaskRequest) =>
            stateName === "After"
              ? Promise.resolve({ status: "succeeded", output: "done" })
              : new Promise((_resolve, reject) => {
                  signal.addEventListener("abort", () => reject(signal.reason as Error));
                }),
        },
      },
    );
    expect(result).toMatchObject({ status: "SUCCEEDED", output: "done" });
  });

  test("a signal that was aborted before stops at once", async () => {
    expect(
      await run(
        machine({ Long: { Type: "Wait", Seconds: 60, End: true } }),
        {},
        { time: "real", signal: AbortSignal.abort() },
      ),
    ).toMatchObject({
      status: "ABORTED",
    });
  });

  test("stopping before anything happened is a started and aborted execution", async () => {
    const execution = startExecution(machine({ Long: { Type: "Wait", Seconds: 60, End: true } }));
    execution.stop("Changed", "my mind");
    const result = await execution.ended;
    expect(result).toMatchObject({ status: "ABORTED", error: "Changed", cause: "my mind" });
    expect(result.history.events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "WaitStateEntered",
      "ExecutionAborted",
    ]);
  });

  test("a timed-out task is told, too", async () => {
    const definition = machine({ Work: task({ TimeoutSeconds: 1 }) });
    let signal: AbortSignal | undefined;
    await runDefinition(definition, {
      time: "virtual",
      tasks: {
        invoke(request: TaskRequest) {
          signal = request.signal;
          return { status: "unanswered" };
        },
      },
    });
    expect(signal?.aborted).toBe(true);
  });
});

describe("task tokens", () => {
  const definition = machine({
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { MessageBody: { "token.$": "$$.Task.Token" } },
      HeartbeatSeconds: 5,
      End: true,
    },
  });

  test("the answer comes from outside, once", async () => {
    const execution = startExecution(definition, {
      tasks: {
        invoke({ taskToken }: TaskRequest) {
          queueMicrotask(() => {
            execution.sendTaskHeartbeat(taskToken!);
            execution.sendTaskSuccess(taskToken!, { approved: true });
            execution.sendTaskFailure(taskToken!, "TooLate");
          });
          return { status: "submitted", output: { MessageId: "1" } };
        },
      },
    });
    const result = await execution.ended;
    expect(result).toMatchObject({ status: "SUCCEEDED", output: { approved: true } });
    expect(result.history.events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("what a handler returns is the submitted request, not the answer", async () => {
    const ask = machine({
      Ask: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: "Ask", Payload: { "token.$": "$$.Task.Token" } },
        End: true,
      },
    });
    const execution = startExecution(ask, {
      tasks: {
        Ask({ token }: { token: string }) {
          queueMicrotask(() => execution.sendTaskFailure(token, "Refused", "by the customer"));
        },
      },
    });
    const result = await execution.ended;
    expect(result).toMatchObject({ status: "FAILED", error: "Refused", cause: "by the customer" });
    expect(result.history.events.map(({ type }) => type)).toContain("TaskSubmitted");
  });

  test("a missed heartbeat is a timeout", async () => {
    const tasks = { invoke: () => ({ status: "submitted", output: null }) as const };
    expect(await runDefinition(definition, { tasks, time: "virtual" })).toMatchObject({ error: "States.Timeout" });
  });
});

function throwing(): void {
  throw new Error("from the listener");
}

describe("events as they come", () => {
  test("tell the state, the attempt and the place", async () => {
    const seen: string[] = [];
    await run(
      machine({ Each: map({ Work: task({ Retry: [{ ErrorEquals: ["Busy"] }] }) }) }),
      { Work: [{ error: "Busy" }, { output: 1 }] },
      {
        input: ["a"],
        onEvent({ type, stateName, attempt, path }) {
          if (type === "LambdaFunctionScheduled") seen.push(`${stateName} ${attempt} ${JSON.stringify(path)}`);
        },
      },
    );
    expect(seen).toEqual(['Work 0 [{"map":"Each","index":0}]', 'Work 1 [{"map":"Each","index":0}]']);
  });

  test("what a listener throws ends the run", async () => {
    await expect(run(machine({ P: pass }), {}, { onEvent: throwing })).rejects.toThrow("from the listener");
  });
});

test("own keys only: __proto__ in data is data", async () => {
  const input = JSON.parse('{"__proto__":{"a":1}}') as JsonValue;
  const place: State = { Type: "Pass", Result: 2, ResultPath: "$.__proto__.b", End: true };
  const result = await run(machine({ P: place }), {}, { input });
  expect(JSON.stringify(result.status === "SUCCEEDED" ? result.output : null)).toBe('{"__proto__":{"a":1,"b":2}}');
  expect(({} as Record<string, unknown>)["b"]).toBeUndefined();
});

test("the same seed gives the same history, byte for byte", async () => {
  const definition = machine({
    Id: { Type: "Pass", Parameters: { "id.$": "States.UUID()" }, ResultPath: "$.id", Next: "Work" },
    Work: task({ Retry: [{ ErrorEquals: ["Busy"], JitterStrategy: "FULL", MaxAttempts: 5 }] }),
  });
  const script = { Work: [{ error: "Busy" }, { error: "Busy" }, { output: 1 }] };
  const history = async (seed: number) =>
    JSON.stringify((await run(definition, script, { seed })).history.toHistoryEvents());
  expect(await history(1)).toBe(await history(1));
  expect(await history(1)).not.toBe(await history(2));
});

test("status decides what a result has", () => {
  expectTypeOf<Extract<ExecutionResult, { status: "SUCCEEDED" }>["output"]>().toEqualTypeOf<JsonValue>();
  expectTypeOf<Exclude<ExecutionResult, { status: "SUCCEEDED" }>["error"]>().toEqualTypeOf<string | undefined>();
});
