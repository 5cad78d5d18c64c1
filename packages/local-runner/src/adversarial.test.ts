/** Random machines and hostile values: whatever comes, the run ends, and its history is one that AWS could have. */
import * as fc from "fast-check";
import type { JsonValue, State, StateGraph, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import type { ExecutionResult } from "./execution-result.ts";
import { runDefinition } from "./run-definition.ts";
import type { RunOptions } from "./run-definition.ts";
import type { TaskReply, TaskRequest } from "./tasks/task-invoker.ts";

const seed = 20_260_101;

/** A graph of a few states in a row; concurrency nests, tasks fail now and then. */
function graphs(depth: number, prefix: string): fc.Arbitrary<StateGraph> {
  return fc.array(stateMakers(depth), { minLength: 1, maxLength: 3 }).map((makers) => {
    const names = makers.map((_make, position) => `${prefix}${position}`);
    const states = makers.map((make, position) => {
      const next = names[position + 1];
      return [names[position]!, make(names[position]!, next === undefined ? { End: true } : { Next: next })] as const;
    });
    return { StartAt: names[0]!, States: Object.fromEntries(states) };
  });
}

type MakeState = (name: string, transition: { readonly Next: string } | { readonly End: true }) => State;

function stateMakers(depth: number): fc.Arbitrary<MakeState> {
  const pass = fc.constant<MakeState>((_name, transition) => ({ Type: "Pass", ...transition }));
  const wait = fc.nat(100).map((seconds): MakeState => (_name, transition) => ({
    Type: "Wait",
    Seconds: seconds,
    ...transition,
  }));
  const task = fc
    .record({ retries: fc.nat(2), timeout: fc.integer({ min: 1, max: 20 }) })
    .map(({ retries, timeout }): MakeState => (_name, transition) => ({
      Type: "Task",
      Resource: "${WorkFunctionArn}",
      ResultPath: null,
      TimeoutSeconds: timeout,
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: retries, JitterStrategy: "FULL" }],
      ...transition,
    }));
  if (depth === 0) return fc.oneof(pass, wait, task);
  const map = fc
    .record({ items: fc.nat(5), concurrency: fc.nat(3), inner: graphs(depth - 1, "m") })
    .map(({ items, concurrency, inner }): MakeState => (name, transition) => ({
      Type: "Map",
      QueryLanguage: "JSONata",
      Items: Array.from({ length: items }, (_, n) => n),
      MaxConcurrency: concurrency,
      ItemProcessor: renamed(inner, name),
      Retry: [{ ErrorEquals: ["Bad"], MaxAttempts: 1 }],
      ...transition,
    }));
  const parallel = fc
    .array(graphs(depth - 1, "p"), { minLength: 1, maxLength: 3 })
    .map((branches): MakeState => (name, transition) => ({
      Type: "Parallel",
      Branches: branches.map((inner, position) => renamed(inner, `${name}${position}`)),
      ...transition,
    }));
  return fc.oneof(pass, wait, task, map, parallel);
}

/** Names are unique in a whole machine. */
function renamed(graph: StateGraph, prefix: string): StateGraph {
  const rename = (name: string): string => `${prefix}.${name}`;
  const states = Object.entries(graph.States).map(([name, state]) => {
    const next = "Next" in state && state.Next !== undefined ? { Next: rename(state.Next) } : undefined;
    return [rename(name), { ...state, ...next }];
  });
  return { StartAt: rename(graph.StartAt), States: Object.fromEntries(states) as StateGraph["States"] };
}

/** Decides by the place of the task alone, so that the same run gets the same answers. */
function moodyInvoker(isAsync: boolean): { invoke(request: TaskRequest): TaskReply | Promise<TaskReply> } {
  return {
    invoke({ stateName, path, attempt }) {
      const mood = Buffer.from(JSON.stringify([stateName, path, attempt])).reduce(
        (sum, byte) => (sum * 31 + byte) % 7,
        7,
      );
      const reply: TaskReply =
        mood === 0
          ? { status: "failed", error: "Bad" }
          : mood === 1
            ? { status: "unanswered" }
            : { status: "succeeded", output: mood, delayMs: mood * 1000 };
      return isAsync ? Promise.resolve(reply) : reply;
    },
  };
}

const run = (definition: StateMachineDefinition, options: RunOptions = {}) =>
  runDefinition(definition, { time: "virtual", tasks: moodyInvoker(true), seed: 1, ...options });

/** What holds for every history of AWS. */
function expectLegal({ history, status }: ExecutionResult): void {
  const { events } = history;
  for (const [position, { id, previousEventId, timestampEpochMs }] of events.entries()) {
    expect(id).toBe(position + 1);
    expect(previousEventId).toBeLessThan(id);
    expect(timestampEpochMs).toBeGreaterThanOrEqual(events[position - 1]?.timestampEpochMs ?? 0);
  }
  const last = {
    SUCCEEDED: "ExecutionSucceeded",
    FAILED: "ExecutionFailed",
    TIMED_OUT: "ExecutionTimedOut",
    ABORTED: "ExecutionAborted",
  };
  expect(events.filter(({ type }) => type.startsWith("Execution")).map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    last[status],
  ]);
  expect(events.at(-1)?.type).toBe(last[status]);
  expect(JSON.parse(JSON.stringify(history.toHistoryEvents()))).toHaveLength(events.length);
}

describe("random machines", () => {
  const machines = graphs(2, "s");

  test("end with a legal history, the same one for the same seed", async () => {
    await fc.assert(
      fc.asyncProperty(machines, async (definition) => {
        const first = await run(definition);
        expectLegal(first);
        const second = await run(definition);
        expect(second.history.toHistoryEvents()).toEqual(first.history.toHistoryEvents());
      }),
      { seed, numRuns: 150 },
    );
  });

  test("never have more iterations under way than MaxConcurrency", async () => {
    await fc.assert(
      fc.asyncProperty(machines, async (definition) => {
        const { history } = await run(definition);
        const running = new Map<string, number>();
        for (const { type, stateName, path } of history.events) {
          const map = JSON.stringify([stateName, path.slice(0, -1)]);
          if (type === "MapIterationStarted") running.set(map, (running.get(map) ?? 0) + 1);
          else if (type.startsWith("MapIteration")) running.set(map, running.get(map)! - 1);
          else continue;
          const limit = concurrencyOf(definition, stateName!);
          expect(running.get(map)).toBeLessThanOrEqual(limit);
          expect(running.get(map)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  test("can be stopped after any event", async () => {
    await fc.assert(
      fc.asyncProperty(machines, fc.nat(60), async (definition, stopAt) => {
        const stop = new AbortController();
        const result = await run(definition, {
          signal: stop.signal,
          onEvent({ id }) {
            if (id === stopAt) stop.abort();
          },
        });
        expectLegal(result);
        expect(result.history.events.length).toBeGreaterThan(0);
      }),
      { seed, numRuns: 150 },
    );
  });

  test("do the same whether tasks answer at once or later, when one thing happens at a time", async () => {
    await fc.assert(
      fc.asyncProperty(graphs(0, "s"), async (definition) => {
        const [sync, later] = await Promise.all([run(definition, { tasks: moodyInvoker(false) }), run(definition)]);
        expect(sync.history.toHistoryEvents()).toEqual(later.history.toHistoryEvents());
      }),
      { seed, numRuns: 100 },
    );
  });
});

function concurrencyOf(graph: StateGraph, name: string): number {
  for (const [own, state] of Object.entries(graph.States)) {
    if (state.Type === "Map" && own === name) return Number(state.MaxConcurrency) || 40;
    const inner = state.Type === "Map" ? [state.ItemProcessor!] : state.Type === "Parallel" ? state.Branches : [];
    const found = inner.map((innerGraph) => concurrencyOf(innerGraph, name)).find((limit) => limit > 0);
    if (found !== undefined) return found;
  }
  return 0;
}

function nested(depth: number): JsonValue {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth)) as JsonValue;
}

describe("hostile values", () => {
  const echo: StateMachineDefinition = {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: "${WorkFunctionArn}", End: true } },
  };

  test("an input of 10 MB or 10,000 levels is refused", async () => {
    await expect(run(echo, { input: "x".repeat(10_000_000) })).rejects.toThrow("The input has 10000002 bytes");
    await expect(run(echo, { input: nested(10_000) })).rejects.toThrow("nested deeper than 1000 levels");
  });

  test("a reply of 10,000 levels is a failed task", async () => {
    expect(await run(echo, { tasks: { Work: () => nested(10_000) } })).toMatchObject({ status: "FAILED" });
  });

  test("a rejected invoker is a bug and ends the run", async () => {
    const tasks = { invoke: () => Promise.reject(new Error("out of order")) };
    await expect(run(echo, { tasks })).rejects.toThrow("out of order");
  });

  test("a handler that never returns does not hold up a failed sibling", async () => {
    const both: State = { Type: "Parallel", Branches: [branch("Hang"), branch("Fail")], End: true };
    const tasks = { Hang: () => new Promise(() => {}), Fail: () => Promise.reject(new Error("no")) };
    const result = await run({ StartAt: "Both", States: { Both: both } }, { time: "real", tasks });
    expect(result).toMatchObject({ status: "FAILED", error: "Error" });
  });
});

function branch(name: string): StateGraph {
  return {
    StartAt: name,
    States: { [name]: { Type: "Task", Resource: `\${${name}FunctionArn}`, End: true } },
  };
}
