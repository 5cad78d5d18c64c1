/** Redrives of the interpreter alone. The chains of events are those that AWS recorded for such machines. */
import type { JsonObject, JsonValue, State, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { Drive } from "../drivers/drive.ts";
import { memoryObjects } from "../map-run/memory-objects.ts";
import type { TaskInvoker, TaskReply, TaskRequest } from "../tasks/task-invoker.ts";
import { compileMachine } from "./compile-machine.ts";
import { Execution } from "./execution.ts";
import { SeededRandom } from "./random.ts";

const start = Date.UTC(2026, 0, 1);

type Answer = (request: TaskRequest) => TaskReply;

const ok = (output: JsonValue = {}): TaskReply => ({ status: "succeeded", output });
const bad: TaskReply = { status: "failed", error: "Bad", cause: "worse" };
const never: TaskReply = { status: "unanswered" };

function task(fields: object = {}): State {
  const resource = "arn:aws:lambda:us-east-1:1:function:Work";
  const parameters = { "input.$": "$", "execution.$": "$$.Execution", "state.$": "$$.State" };
  return { Type: "Task", Resource: resource, Parameters: parameters, End: true, ...fields };
}

interface Run {
  readonly execution: Execution;
  readonly asked: TaskRequest[];
  readonly objects: Record<string, Record<string, string>>;
  /** Drives it to its end; a redrive when it has ended before. */
  go(answer: Answer): Promise<Execution>;
}

function prepare(definition: StateMachineDefinition, input: JsonValue = {}, maxPayloadBytes = 262_144): Run {
  const asked: TaskRequest[] = [];
  const objects: Record<string, Record<string, string>> = {};
  const machine = compileMachine(definition);
  const execution = new Execution({
    startAt: machine.startAt,
    timeoutSeconds: machine.timeoutSeconds,
    input,
    executionArn: "arn:aws:states:us-east-1:123456789012:execution:M:run",
    name: "run",
    stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
    stateMachineName: "M",
    roleArn: "role",
    redriveCount: 0,
    startTimeEpochMs: start,
    random: new SeededRandom(1),
    maxHistoryEvents: 25_000,
    maxPayloadBytes,
    keepsChildren: true,
  });
  return {
    execution,
    asked,
    objects,
    async go(answer) {
      const invoker: TaskInvoker = {
        invoke(request) {
          asked.push(request);
          return answer(request);
        },
      };
      const drive = new Drive({
        execution,
        invoker,
        time: "virtual",
        onEvent: undefined,
        onChildEnded: undefined,
        objects: memoryObjects(objects),
        closed: true,
      });
      const hasEnded = execution.outcome !== undefined;
      await drive.start(hasEnded ? { type: "redriven", redrivenAtEpochMs: execution.nowEpochMs } : undefined);
      return execution;
    },
  };
}

function chain({ events }: Execution, fromId = 1): readonly string[] {
  return events.slice(fromId - 1).map(({ id, previousEventId, type }) => `${id}←${previousEventId} ${type}`);
}

const single = (state: State): StateMachineDefinition => ({ StartAt: "Work", States: { Work: state } });

const branch = (name: string, state = task()) => ({ StartAt: name, States: { [name]: state } });

const secondFails: Answer = ({ stateName }) => (stateName === "A" ? ok("kept") : stateName === "B" ? bad : never);

const inlineMap = (fields: object): StateMachineDefinition =>
  single({
    Type: "Map",
    ItemProcessor: { StartAt: "Each", States: { Each: task() } },
    ...fields,
    End: true,
  });
const itemOf = ({ input }: TaskRequest): JsonValue => (input as JsonObject)["input"]!;

const distributed = (fields: object = {}, type: "STANDARD" | "EXPRESS" = "STANDARD"): StateMachineDefinition =>
  single({
    Type: "Map",
    Label: "L",
    MaxConcurrency: 2,
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: type },
      StartAt: "Before",
      States: { Before: { Type: "Pass", Next: "Each" }, Each: task() },
    },
    ...fields,
    End: true,
  });

const itemOneFails: Answer = (request) => {
  const item = itemOf(request);
  return item === 1 ? bad : item === 2 ? never : ok(item);
};

// Item 0 has made room for item 2 when 1 fails.
const slowFailure: Answer = (request) => (itemOf(request) === 1 ? { ...bad, delayMs: 10 } : itemOneFails(request));

const invoked = (commands: readonly { readonly type: string }[]) =>
  commands.filter(({ type }) => type === "invokeTask").length;

describe("a task", () => {
  const definition: StateMachineDefinition = {
    StartAt: "Before",
    States: {
      Before: { Type: "Pass", Assign: { kept: "yes" }, Next: "Work" },
      Work: task({
        Retry: [{ ErrorEquals: ["Bad"], IntervalSeconds: 1, MaxAttempts: 1 }],
        Next: "After",
        End: undefined,
      }),
      After: { Type: "Pass", Parameters: { "kept.$": "$kept", "execution.$": "$$.Execution" }, End: true },
    },
  };

  test("is scheduled again from its state's only entry, with its retries counted anew", async () => {
    const run = prepare(definition, { n: 1 });
    const { execution } = run;
    await run.go(() => bad);
    expect(execution.outcome).toMatchObject({ status: "FAILED", error: "Bad" });
    const ended = execution.events.length;
    await run.go(({ attempt }) => (attempt === 0 ? bad : ok("done")));
    expect(chain(execution, ended)).toEqual([
      "11←10 ExecutionFailed",
      "12←11 ExecutionRedriven",
      "13←4 LambdaFunctionScheduled",
      "14←13 LambdaFunctionStarted",
      "15←14 LambdaFunctionFailed",
      "16←15 LambdaFunctionScheduled",
      "17←16 LambdaFunctionStarted",
      "18←17 LambdaFunctionSucceeded",
      "19←18 TaskStateExited",
      "20←19 PassStateEntered",
      "21←20 PassStateExited",
      "22←21 ExecutionSucceeded",
    ]);
    expect(run.asked.map(({ attempt }) => attempt)).toEqual([0, 1, 0, 1]);
  });

  test("sees the redrive, and the state's first entry", async () => {
    const run = prepare(definition, { n: 1 });
    await run.go(() => bad);
    await run.go(() => ok());
    const [first, , again] = run.asked.map(({ input }) => input as Record<string, JsonObject>);
    expect(Object.keys(first!["execution"]!)).not.toContain("RedriveTime");
    expect(again!["execution"]).toEqual({
      ...first!["execution"],
      RedriveCount: 1,
      RedriveTime: "2026-01-01T00:00:01Z",
    });
    expect(again!["state"]).toEqual(first!["state"]);
    expect(run.execution.outcome).toMatchObject({
      output: { kept: "yes", execution: { RedriveCount: 1, StartTime: "2026-01-01T00:00:00Z" } },
    });
  });

  test("an answer to what was asked before changes nothing", async () => {
    const run = prepare(single(task({ TimeoutSeconds: 5 })));
    const { execution } = run;
    await run.go(() => never);
    expect(execution.outcome).toMatchObject({ error: "States.Timeout" });
    execution.apply({ type: "redriven", redrivenAtEpochMs: start }, execution.nowEpochMs);
    const { length } = execution.events;
    execution.apply({ type: "taskReplied", taskId: 1, reply: ok() }, execution.nowEpochMs);
    expect(execution.events).toHaveLength(length);
  });
});

test("what has not ended, or ended well, is not redriven", async () => {
  const run = prepare(single(task()));
  await run.go(() => ok(1));
  const { events } = run.execution;
  const { length } = events;
  run.execution.apply({ type: "redriven", redrivenAtEpochMs: start }, run.execution.nowEpochMs);
  expect(events).toHaveLength(length);
  expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: 1 });
});

test("a Fail state fails again, after the redrive and without being entered", async () => {
  const run = prepare({ StartAt: "F", States: { F: { Type: "Fail", Error: "E", Cause: "C" } } });
  await run.go(() => ok());
  await run.go(() => ok());
  expect(chain(run.execution)).toEqual([
    "1←0 ExecutionStarted",
    "2←0 FailStateEntered",
    "3←2 ExecutionFailed",
    "4←3 ExecutionRedriven",
    "5←4 ExecutionFailed",
  ]);
});

test("a machine's and a wait's time begin anew", async () => {
  const wait = { Type: "Wait", Seconds: 30, Next: "Work" } as const;
  const run = prepare({
    TimeoutSeconds: 35,
    StartAt: "Wait",
    States: { Wait: wait, Work: task({ TimeoutSeconds: 60 }) },
  });
  await run.go(() => never);
  expect(run.execution.outcome).toMatchObject({ status: "TIMED_OUT" });
  expect(run.execution.stoppedAtEpochMs - start).toBe(35_000);
  await run.go(() => never);
  expect(run.execution.stoppedAtEpochMs - start).toBe(70_000);
  expect(chain(run.execution, 7)).toEqual([
    "7←0 ExecutionTimedOut",
    "8←7 ExecutionRedriven",
    "9←4 LambdaFunctionScheduled",
    "10←9 LambdaFunctionStarted",
    "11←0 ExecutionTimedOut",
  ]);
});

describe("Parallel", () => {
  const definition = single({ Type: "Parallel", Branches: ["A", "B", "C"].map((name) => branch(name)), End: true });

  test("does the branches again that failed or were aborted, and keeps the others' results", async () => {
    const run = prepare(definition);
    await run.go(secondFails);
    await run.go(({ stateName }) => ok(stateName));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: ["kept", "B", "C"] });
    expect(run.asked.map(({ stateName }) => stateName)).toEqual(["A", "B", "C", "B", "C"]);
    const redriven = chain(run.execution).findIndex((line) => line.includes("Redriven"));
    expect(chain(run.execution, redriven)).toEqual([
      "18←17 ExecutionFailed",
      "19←18 ExecutionRedriven",
      "20←6 LambdaFunctionScheduled",
      "21←8 LambdaFunctionScheduled",
      "22←20 LambdaFunctionStarted",
      "23←22 LambdaFunctionSucceeded",
      "24←23 TaskStateExited",
      "25←21 LambdaFunctionStarted",
      "26←25 LambdaFunctionSucceeded",
      "27←26 TaskStateExited",
      "28←27 ParallelStateSucceeded",
      "29←27 ParallelStateExited",
      "30←29 ExecutionSucceeded",
    ]);
  });

  test("that fails again can be redriven again", async () => {
    const run = prepare(definition);
    await run.go(secondFails);
    await run.go(({ stateName }) => (stateName === "C" ? bad : never));
    await run.go(({ stateName }) => ok(stateName));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: ["kept", "B", "C"] });
    expect(run.execution.redriveCount).toBe(2);
  });

  test("retried after a failure before the redrive begins with all branches", async () => {
    const retry = { Retry: [{ ErrorEquals: ["Bad"], MaxAttempts: 1 }] };
    const run = prepare(single({ ...definition.States["Work"]!, ...retry }));
    await run.go(secondFails);
    expect(run.asked.map(({ stateName }) => stateName)).toEqual(["A", "B", "C", "A", "B", "C"]);
    await run.go(secondFails);
    expect(run.asked.slice(6).map(({ stateName }) => stateName)).toEqual(["B", "C", "A", "B", "C"]);
  });

  test("whose result is too large is done again as a whole", async () => {
    const run = prepare(definition, {}, 2000);
    await run.go(() => ok("x".repeat(800)));
    expect(run.execution.outcome).toMatchObject({ error: "States.DataLimitExceeded" });
    await run.go(() => ok("y"));
    expect(run.execution.outcome).toMatchObject({ output: ["y", "y", "y"] });
  });

  test("whose own fields failed does no branch again", async () => {
    const broken = { ...definition.States["Work"]!, ResultSelector: { "a.$": "$[0].missing" } };
    const run = prepare(single(broken));
    await run.go(() => ok({}));
    await run.go(() => ok({ missing: 1 }));
    expect(run.asked).toHaveLength(3);
    expect(run.execution.outcome).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });
});

describe("an inline Map", () => {
  test("goes on with the iteration that failed, then with those that had not begun", async () => {
    const run = prepare(inlineMap({ MaxConcurrency: 1 }), [0, 1, 2]);
    await run.go((request) => (itemOf(request) === 1 ? bad : ok(itemOf(request))));
    const ended = run.execution.events.length;
    await run.go((request) => ok(itemOf(request)));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: [0, 1, 2] });
    expect(run.asked.map(itemOf)).toEqual([0, 1, 1, 2]);
    const types = chain(run.execution, ended + 1);
    expect(types.filter((line) => line.includes("MapIterationStarted"))).toHaveLength(1);
    expect(types.filter((line) => line.includes("MapStateStarted"))).toEqual([]);
    const entered = run.execution.events.find(
      ({ path, type }) => type === "TaskStateEntered" && path.some((step) => "index" in step && step.index === 1),
    );
    expect(types[1]).toBe(`${ended + 2}←${entered!.id} LambdaFunctionScheduled`);
  });

  test("selects again for the iteration whose ItemSelector failed", async () => {
    const run = prepare(inlineMap({ ItemSelector: { "v.$": "$$.Map.Item.Value.v" } }), [{ v: 1 }, {}]);
    await run.go(() => ok());
    expect(run.execution.outcome).toMatchObject({ error: "States.Runtime" });
    await run.go(() => ok());
    expect(run.execution.outcome).toMatchObject({ error: "States.Runtime" });
    expect(run.execution.redriveCount).toBe(1);
  });

  test("inside a branch inside a Map is found", async () => {
    const inner = inlineMap({}).States["Work"]!;
    const parallel = { Type: "Parallel", Branches: [{ StartAt: "M", States: { M: inner } }], End: true };
    const outer = inlineMap({ ItemProcessor: { StartAt: "P", States: { P: parallel } } });
    const run = prepare(outer, [
      [1, 2],
      [3, 4],
    ]);
    await run.go((request) => (itemOf(request) === 4 ? bad : ok(itemOf(request))));
    await run.go((request) => ok(itemOf(request)));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: [[[1, 2]], [[3, 4]]] });
    expect(run.asked.filter((request) => itemOf(request) === 4)).toHaveLength(2);
    expect(run.asked.filter((request) => itemOf(request) === 1)).toHaveLength(1);
  });
});

describe("a Distributed Map", () => {
  const items = [0, 1, 2, 3, 4, 5];

  test("redrives what failed or was aborted, and goes on with what had not begun", async () => {
    const run = prepare(distributed(), items);
    const { execution } = run;
    await run.go(slowFailure);
    expect(execution.outcome).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
    const [mapRun] = execution.mapRuns;
    expect(mapRun).toMatchObject({
      status: "FAILED",
      itemCounts: { total: 6, succeeded: 1, failed: 1, aborted: 1, pending: 3 },
      executionCounts: { total: 6, pending: 3 },
    });
    const [, failed, aborted] = Array.from(mapRun!.children.values(), ({ execution: child }) => child);
    expect(aborted!.outcome).toMatchObject({
      cause: `The map run execution [${mapRun!.mapRunArn}] which was managing this resource was aborted`,
    });
    await run.go((request) => ok(itemOf(request)));
    expect(execution.outcome).toEqual({ status: "SUCCEEDED", output: items });
    expect(execution.mapRuns).toEqual([mapRun]);
    expect(mapRun).toMatchObject({
      status: "SUCCEEDED",
      redriveCount: 1,
      itemCounts: { total: 6, succeeded: 6, failed: 0, aborted: 0, pending: 0, pendingRedrive: 0, resultsWritten: 6 },
    });
    expect(chain(execution)).toEqual([
      "1←0 ExecutionStarted",
      "2←0 MapStateEntered",
      "3←2 MapStateStarted",
      "4←3 MapRunStarted",
      "5←4 MapRunFailed",
      "6←5 MapStateFailed",
      "7←6 ExecutionFailed",
      "8←7 ExecutionRedriven",
      "9←3 MapRunRedriven",
      "10←9 MapRunSucceeded",
      "11←10 MapStateSucceeded",
      "12←9 MapStateExited",
      "13←12 ExecutionSucceeded",
    ]);
    const afterEntry = chain(failed as Execution, 8);
    expect(afterEntry.slice(0, 2)).toEqual(["8←7 ExecutionFailed", "9←8 ExecutionRedriven"]);
    expect(afterEntry[2]).toBe("10←4 LambdaFunctionScheduled");
    expect(failed).toMatchObject({ redriveCount: 1, settings: { startTimeEpochMs: start } });
    expect([...mapRun!.children.values()].map((child) => child.execution.redriveCount)).toEqual([0, 1, 1, 0, 0, 0]);
  });

  test("is redriven a thousand times, and not once more", async () => {
    const run = prepare(distributed(), [0]);
    const { execution } = run;
    for (let redrives = 0; redrives <= 1000; redrives += 1) await run.go(() => bad);
    expect(execution.outcome).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
    await run.go((request) => ok(itemOf(request)));
    expect(execution.outcome).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(execution.mapRuns).toMatchObject([{ status: "FAILED", redriveCount: 1000 }]);
    expect(run.asked).toHaveLength(1001);
  });

  test("starts Express children anew, under their names", async () => {
    const run = prepare(distributed({}, "EXPRESS"), items);
    await run.go(slowFailure);
    const names = [...run.execution.mapRuns[0]!.children.keys()];
    await run.go((request) => ok(itemOf(request)));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: items });
    const children = [...run.execution.mapRuns[0]!.children.values()].map(({ execution }) => execution);
    expect([...run.execution.mapRuns[0]!.children.keys()].slice(0, 3)).toEqual(names);
    expect(children[1]!.events[0]).toMatchObject({ type: "ExecutionStarted", timestampEpochMs: start + 10 });
    expect(children[1]).toMatchObject({ redriveCount: 1, redrivenAtEpochMs: undefined });
  });

  test("writes all its results into a folder of the redrive", async () => {
    const writer = {
      ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "out", Prefix: "p" } },
    };
    const run = prepare(distributed(writer), items);
    await run.go(slowFailure);
    await run.go((request) => ok(itemOf(request)));
    const runId = run.execution.mapRuns[0]!.mapRunArn.split(":").at(-1)!;
    expect(run.execution.outcome).toMatchObject({
      output: { ResultWriterDetails: { Bucket: "out", Key: `p/${runId}/Redrive-1/manifest.json` } },
    });
    const written = JSON.parse(run.objects["out"]![`p/${runId}/Redrive-1/SUCCEEDED_0.json`]!) as JsonObject[];
    expect(new Set(written.map(({ Output }) => Output))).toEqual(new Set(items.map(String)));
    expect(Object.keys(run.objects["out"]!)).toContain(`p/${runId}/FAILED_0.json`);
  });

  test("reads again what could not be read", async () => {
    const reader = {
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "JSON" },
        Parameters: { Bucket: "in", Key: "k" },
      },
    };
    const run = prepare(distributed(reader));
    run.objects["in"] = {};
    await run.go(() => ok());
    expect(run.execution.outcome).toMatchObject({ error: "States.ItemReaderFailed" });
    run.objects["in"] = { k: "[1,2,3]" };
    await run.go((request) => ok(itemOf(request)));
    expect(run.execution.outcome).toEqual({ status: "SUCCEEDED", output: [1, 2, 3] });
    expect(run.execution.mapRuns).toHaveLength(1);
  });

  test("starts another Map Run where the result was too large", async () => {
    const run = prepare(distributed(), [0, 1], 3000);
    await run.go(() => ok("x".repeat(1600)));
    expect(run.execution.outcome).toMatchObject({ error: "States.DataLimitExceeded" });
    await run.go(() => ok("y"));
    expect(run.execution.outcome).toMatchObject({ output: ["y", "y"] });
    expect(run.execution.mapRuns.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  });
});

test("a Map Run takes new limits while it runs", async () => {
  const run = prepare(
    single({
      Type: "Map",
      MaxConcurrency: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Each",
        States: { Each: task() },
      },
      End: true,
    }),
    [1, 2, 3],
  );
  const { execution } = run;
  expect(invoked(execution.apply({ type: "started" }, start))).toBe(1);
  const [mapRun] = execution.mapRuns;
  const update = { type: "mapRunUpdated", mapRunArn: mapRun!.mapRunArn } as const;
  expect(invoked(execution.apply({ ...update, maxConcurrency: 3 }, start))).toBe(2);
  execution.apply({ ...update, toleratedFailureCount: 1 }, start);
  const [first, second, third] = [...mapRun!.children.keys()];
  execution.apply({ type: "stopped", executionArn: first! }, start);
  expect(execution.outcome).toBeUndefined();
  expect(mapRun).toMatchObject({ maxConcurrency: 3, toleratedFailureCount: 1, itemCounts: { aborted: 1, running: 2 } });
  execution.apply({ type: "stopped", executionArn: "arn:of:nobody" }, start);
  expect(execution.outcome).toBeUndefined();
  execution.apply({ type: "stopped", executionArn: second! }, start);
  expect(execution.outcome).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
  expect(mapRun!.children.get(third!)!.execution.outcome).toMatchObject({ status: "ABORTED" });
});

test("a child whose history is full is left as it is, and counted", async () => {
  const forever = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "Again",
    States: { Again: { Type: "Pass", Next: "Again" } },
  };
  const run = prepare(distributed({ ItemProcessor: forever }), [0]);
  await run.go(() => never);
  const { mapRuns, outcome } = await run.go(() => never);
  expect(outcome).toMatchObject({ error: "States.ExceedToleratedFailureThreshold" });
  const counts = { total: 1, failed: 1, failuresNotRedrivable: 1, pendingRedrive: 0 };
  expect(mapRuns).toMatchObject([{ redriveCount: 1, itemCounts: counts, executionCounts: counts }]);
});
