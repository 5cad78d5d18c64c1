import type { StateMachineDefinition } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import type { HistoryEvent } from "../history/history-event.ts";
import { runDefinition } from "../run-definition.ts";
import type { RunOptions } from "../run-definition.ts";
import { scriptedTasks } from "../tasks/scripted-tasks.ts";
import { replayHistory } from "./replay-history.ts";

const resource = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const definition: StateMachineDefinition = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      MaxConcurrency: 2,
      Retry: [{ ErrorEquals: ["Worse"] }],
      ItemProcessor: {
        StartAt: "Train",
        States: {
          Train: { Type: "Task", Resource: resource("Train"), Retry: [{ ErrorEquals: ["Busy"] }], Next: "Both" },
          Both: {
            Type: "Parallel",
            Branches: ["Left", "Right"].map((name) => ({
              StartAt: name,
              States: { [name]: { Type: "Task", Resource: resource(name), TimeoutSeconds: 30, End: true } },
            })),
            Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Inner" }],
            Next: "Inner",
          },
          Inner: {
            Type: "Map",
            Items: [1, 2],
            QueryLanguage: "JSONata",
            ItemProcessor: {
              StartAt: "Leaf",
              States: { Leaf: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", End: true } },
            },
            End: true,
          },
        },
      },
      Next: "Notify",
    },
    Notify: { Type: "Task", Resource: resource("Notify"), End: true },
  },
};

/** Answers that differ by state, item, attempt and delay. */
function options(): RunOptions {
  let calls = 0;
  const tasks = scriptedTasks({
    Train: (input: number, { attempt }) => {
      calls += 1;
      if (input === 2 && attempt === 0) return { error: "Busy", delayMs: 7 };
      if (calls === 5) return { error: "Worse", cause: "fifth" };
      return { output: { input, calls }, delayMs: calls * 11 };
    },
    Left: (input: { readonly calls: number }) => ({ output: input.calls, delayMs: 3 }),
    Right: (input: { readonly input: number }) =>
      input.input === 3 ? { unanswered: true } : { output: "right", delayMs: 900 },
    Leaf: (input, { path }) => ({ output: { leaf: path.length, input } }),
    Notify: { output: "told", delayMs: 1 },
  });
  return { input: [1, 2, 3, 4], tasks, time: "virtual", startTimeEpochMs: 1_800_000_000_000, name: "first" };
}

describe("a replayed history", () => {
  test("is the same again", async () => {
    const first = await runDefinition(definition, options());
    expect(first.status).toBe("SUCCEEDED");
    const history = first.history.toHistoryEvents();
    const again = await replayHistory(definition, history, { name: "first" });
    expect(again.history.toHistoryEvents()).toEqual(history);
  });

  test("shows what a changed definition would have done", async () => {
    const history = (await runDefinition(definition, options())).history.toHistoryEvents();
    const { Notify, ...states } = definition.States;
    const changed = {
      ...definition,
      States: { ...states, Notify: { ...Notify!, ResultPath: null } },
    } as StateMachineDefinition;
    const replayed = await replayHistory(changed, history);
    expect(replayed).toMatchObject({ status: "SUCCEEDED", output: expect.any(Array) as unknown });
  });

  test("has the children of its Distributed Maps, from their own histories", async () => {
    const work = {
      Type: "Task",
      Resource: resource("Work"),
      Retry: [{ ErrorEquals: ["Busy"], JitterStrategy: "FULL" }],
      End: true,
    } as const;
    const distributed: StateMachineDefinition = {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Work",
            States: { Work: work },
          },
          MaxConcurrency: 3,
          Next: "Notify",
        },
        Notify: { Type: "Task", Resource: resource("Notify"), End: true },
      },
    };
    let calls = 0;
    const tasks = scriptedTasks({
      Work: (input: number, { attempt }) => {
        calls += 1;
        return input % 2 === 0 && attempt === 0 ? { error: "Busy" } : { output: calls, delayMs: 1 + (calls % 5) * 100 };
      },
      Notify: (input) => ({ output: input }),
    });
    const children: (readonly HistoryEvent[])[] = [];
    const kept: RunOptions = {
      time: "virtual",
      name: "first",
      onChildExecution: ({ history }) => children.push(history.toHistoryEvents()),
    };
    const first = await runDefinition(distributed, { ...kept, input: [1, 2, 3, 4, 5, 2, 7], tasks });
    const recorded = children.splice(0);
    expect(recorded).toHaveLength(7);
    const again = await replayHistory(distributed, first.history.toHistoryEvents(), {
      ...kept,
      childHistories: recorded.toReversed(),
    });
    expect(again.history.toHistoryEvents()).toEqual(first.history.toHistoryEvents());
    expect(children).toHaveLength(7);
    const withoutChildren = replayHistory(distributed, first.history.toHistoryEvents());
    await expect(withoutChildren).rejects.toThrow("the history of a child execution");
  });

  test("cannot answer what it does not know", async () => {
    const history = (await runDefinition(definition, options())).history.toHistoryEvents();
    const { Notify, ...states } = definition.States;
    const renamed = JSON.parse(
      JSON.stringify({ ...states, Told: Notify }).replaceAll('"Notify"', '"Told"'),
    ) as typeof states;
    await expect(replayHistory({ ...definition, States: renamed }, history)).rejects.toThrow(
      'State "Told" needs an answer',
    );
    await expect(replayHistory(definition, history.slice(1))).rejects.toThrow("wanted ExecutionStarted");
  });
});
