/** Laws that hold for every machine: whatever comes, the run ends, and its history is one that AWS could have. */
import * as fc from "fast-check";
import type { StateGraph, StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { replayHistory, runDefinition } from "../src/index.ts";
import type { ExecutionResult, RunOptions } from "../src/index.ts";
import { graphs, loops, moodyInvoker } from "./random-machines.ts";

const seed = 20_260_101;

const run = (definition: StateMachineDefinition, options: RunOptions = {}) =>
  runDefinition(definition, { time: "virtual", tasks: moodyInvoker({ isAsync: true }), seed: 1, ...options });

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
  const machines = graphs({ depth: 2 });

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
      fc.asyncProperty(graphs({ depth: 0 }), async (definition) => {
        const [sync, later] = await Promise.all([run(definition, { tasks: moodyInvoker() }), run(definition)]);
        expect(sync.history.toHistoryEvents()).toEqual(later.history.toHistoryEvents());
      }),
      { seed, numRuns: 100 },
    );
  });

  test("that loop are ended by the limit of events, if not by themselves", async () => {
    const maxHistoryEvents = 200;
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(loops, async (definition) => {
        const result = await run(definition, { input: { n: 1 }, limits: { maxHistoryEvents } });
        expectLegal(result);
        ends.add(result.status);
        const { length } = result.history.events;
        expect(result.status === "SUCCEEDED" ? length < maxHistoryEvents : length === maxHistoryEvents).toBe(true);
      }),
      { seed, numRuns: 150 },
    );
    expect([...ends].toSorted()).toEqual(["FAILED", "SUCCEEDED"]);
  });

  test.each([false, true])("do in real time what they do in virtual time (tasks that promise: %s)", async (isAsync) => {
    const tasks = moodyInvoker({ isAsync, isInstant: true });
    await fc.assert(
      fc.asyncProperty(graphs({ depth: 2, isInstant: true }), async (definition) => {
        const [real, virtual] = await Promise.all([
          run(definition, { time: "real", tasks }),
          run(definition, { tasks }),
        ]);
        expect(withoutTimes(real)).toEqual(withoutTimes(virtual));
      }),
      { seed, numRuns: 150 },
    );
  });

  test("have the same history when it is replayed", async () => {
    await fc.assert(
      fc.asyncProperty(machines, async (definition) => {
        const history = (await run(definition)).history.toHistoryEvents();
        const again = await replayHistory(definition, history, { seed: 1 });
        expect(again.history.toHistoryEvents()).toEqual(history);
      }),
      { seed, numRuns: 150 },
    );
  });
});

function withoutTimes({ history }: ExecutionResult): readonly object[] {
  return history.toHistoryEvents().map(({ timestamp: _timestamp, ...event }) => event);
}

function concurrencyOf(graph: StateGraph, name: string): number {
  for (const [own, state] of Object.entries(graph.States)) {
    if (state.Type === "Map" && own === name) return Number(state.MaxConcurrency) || 40;
    const inner = state.Type === "Map" ? [state.ItemProcessor!] : state.Type === "Parallel" ? state.Branches : [];
    const found = inner.map((innerGraph) => concurrencyOf(innerGraph, name)).find((limit) => limit > 0);
    if (found !== undefined) return found;
  }
  return 0;
}
