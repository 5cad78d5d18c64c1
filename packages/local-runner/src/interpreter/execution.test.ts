/** The interpreter alone, without a driver: events in, commands and history out, nothing else. */
import type { StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { compileMachine } from "./compile-machine.ts";
import type { Command, InterpreterEvent } from "./event.ts";
import { Execution } from "./execution.ts";
import { SeededRandom } from "./random.ts";

const definition: StateMachineDefinition = {
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:1:function:Work",
      TimeoutSeconds: 10,
      Retry: [{ ErrorEquals: ["Busy"], JitterStrategy: "FULL", IntervalSeconds: 60 }],
      Next: "Judge",
    },
    Judge: { Type: "Pass", QueryLanguage: "JSONata", Output: "{% $uppercase($states.input) %}", End: true },
  },
};

function newExecution(seed = 1, machine = definition): Execution {
  return new Execution({
    startAt: compileMachine(machine).startAt,
    timeoutSeconds: undefined,
    input: { n: 1 },
    executionArn: "arn",
    name: "name",
    stateMachineArn: "machine",
    stateMachineName: "machine",
    roleArn: "role",
    redriveCount: 0,
    startTimeEpochMs: 1000,
    random: new SeededRandom(seed),
    maxHistoryEvents: 25_000,
    maxPayloadBytes: 262_144,
  });
}

type Timed = readonly [atEpochMs: number, event: InterpreterEvent];

/** What was told to a run in which the first attempt failed. */
const told: readonly Timed[] = [
  [1000, { type: "started" }],
  [1001, { type: "taskStarted", taskId: 1 }],
  [2000, { type: "taskReplied", taskId: 1, reply: { status: "failed", error: "Busy" } }],
  [70_000, { type: "timerFired", timerId: 3 }],
  [71_000, { type: "taskReplied", taskId: 4, reply: { status: "succeeded", output: "done" } }],
  [71_001, { type: "evaluated", evaluationId: 6, value: "DONE" }],
];

function tell(execution: Execution, events: readonly Timed[]): readonly Command[] {
  return events.flatMap(([atEpochMs, event]) => execution.apply(event, atEpochMs));
}

describe("commands", () => {
  test("ask for tasks, timers and evaluations, and give them up again", () => {
    const execution = newExecution();
    const commands = tell(execution, told);
    expect(commands.map(({ type }) => type)).toEqual([
      "invokeTask",
      "wakeAt",
      "cancelTimer",
      "wakeAt",
      "invokeTask",
      "wakeAt",
      "cancelTimer",
      "evaluate",
    ]);
    expect(commands[1]).toEqual({ type: "wakeAt", timerId: 2, atEpochMs: 11_001 });
    expect(commands[4]).toMatchObject({ taskId: 4, task: { stateName: "Work", attempt: 1, input: { n: 1 } } });
    expect(execution.outcome).toEqual({ status: "SUCCEEDED", output: "DONE" });
  });

  test("tell a driver that nobody waits any more", () => {
    const execution = newExecution();
    tell(execution, told.slice(0, 2));
    const commands = tell(execution, [[11_001, { type: "timerFired", timerId: 2 }]]);
    expect(commands).toEqual([{ type: "cancelTask", taskId: 1 }]);
    expect(execution.outcome).toEqual({ status: "FAILED", error: "States.Timeout", cause: undefined });
  });
});

test("the same events give the same history", () => {
  const histories = [newExecution(), newExecution()].map((execution) => {
    tell(execution, told);
    return execution.events;
  });
  expect(histories[0]).toEqual(histories[1]);
  expect(histories[0]).toHaveLength(12);
});

test("what comes too late, twice or from nowhere changes nothing", () => {
  const execution = newExecution();
  tell(execution, told.slice(0, 3));
  const length = execution.events.length;
  const late: readonly Timed[] = [
    [2001, { type: "taskReplied", taskId: 1, reply: { status: "succeeded", output: "late" } }],
    [2002, { type: "timerFired", timerId: 2 }],
    [2003, { type: "timerFired", timerId: 99 }],
    [2004, { type: "evaluated", evaluationId: 99, value: 1 }],
    [2005, { type: "tokenAnswered", taskToken: "nobody's", reply: { status: "succeeded", output: 1 } }],
  ];
  expect(tell(execution, late)).toEqual([]);
  expect(execution.events).toHaveLength(length);
  tell(execution, told.slice(3));
  const ended = execution.events.length;
  tell(execution, [[80_000, { type: "stopped" }]]);
  expect(execution.events).toHaveLength(ended);
});

test("a stop ends it at once, whatever it waits for", () => {
  const execution = newExecution();
  tell(execution, told.slice(0, 2));
  tell(execution, [[1500, { type: "stopped", error: "Why", cause: "because" }]]);
  expect(execution.outcome).toEqual({ status: "ABORTED", error: "Why", cause: "because" });
  expect(execution.events.at(-1)).toMatchObject({ type: "ExecutionAborted", previousEventId: 0 });
});

/** What follows ExecutionStarted and TaskStateEntered. */
function types(execution: Execution): readonly string[] {
  return execution.events.map(({ type }) => type).slice(2);
}

describe("an activity", () => {
  const waiting: StateMachineDefinition = {
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Resource: "arn:aws:states:us-east-1:1:activity:Work",
        TimeoutSeconds: 10,
        HeartbeatSeconds: 5,
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
        End: true,
      },
      Caught: { Type: "Pass", End: true },
    },
  };

  test("is scheduled when it is offered; its time runs from the worker's poll", () => {
    const execution = newExecution(1, waiting);
    tell(execution, [[1000, { type: "started" }]]);
    expect(types(execution)).toEqual([]);
    expect(tell(execution, [[1000, { type: "taskOffered", taskId: 2 }]])).toEqual([]);
    expect(types(execution)).toEqual(["ActivityScheduled"]);
    const polled = { type: "taskReplied", taskId: 2, reply: { status: "unanswered", workerName: "w" } } as const;
    expect(tell(execution, [[90_000, polled]])).toEqual([
      { type: "wakeAt", timerId: 3, atEpochMs: 100_000 },
      { type: "wakeAt", timerId: 4, atEpochMs: 95_000 },
    ]);
    expect(types(execution)).toEqual(["ActivityScheduled", "ActivityStarted"]);
  });

  test("that does not exist ends the execution, whatever would catch it", () => {
    const execution = newExecution(1, waiting);
    const reply = { status: "failed", stage: "lookup", cause: "The activity arn does not exist." } as const;
    tell(execution, [
      [1000, { type: "started" }],
      [1000, { type: "taskReplied", taskId: 2, reply }],
    ]);
    expect(types(execution)).toEqual(["ExecutionFailed"]);
    expect(execution.outcome).toEqual({
      status: "FAILED",
      error: "States.Runtime",
      cause:
        "An error occurred while executing the state 'Work' (entered at the event id #2). The activity arn does not exist.",
    });
  });
});

test("time does not go back, whatever the clock shows", () => {
  const execution = newExecution();
  tell(execution, [...told.slice(0, 2), [500, { type: "taskReplied", taskId: 1, reply: { status: "unanswered" } }]]);
  tell(execution, [[400, { type: "stopped" }]]);
  expect(execution.events.map(({ timestampEpochMs }) => timestampEpochMs)).toEqual([1000, 1000, 1000, 1001, 1001]);
});
