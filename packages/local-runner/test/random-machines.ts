/** Machines as nobody would write them, and tasks whose answers nobody can foresee, all of it repeatable. */
import * as fc from "fast-check";
import type { State, StateGraph, StateMachineDefinition } from "@stepwright/asl";
import type { TaskInvoker, TaskReply } from "../src/index.ts";

export interface Kind {
  /** How deep Map and Parallel nest. */
  readonly depth: number;
  /** No state needs any time: waits of nothing, no retries. */
  readonly isInstant?: boolean;
}

/** A graph of a few states in a row; concurrency nests, tasks fail now and then. */
export function graphs(kind: Kind, prefix = "s"): fc.Arbitrary<StateGraph> {
  return fc.array(stateMakers(kind), { minLength: 1, maxLength: 3 }).map((makers) => {
    const names = makers.map((_make, position) => `${prefix}${position}`);
    const states = makers.map((make, position) => {
      const next = names[position + 1];
      return [names[position]!, make(names[position]!, next === undefined ? { End: true } : { Next: next })] as const;
    });
    return { StartAt: names[0]!, States: Object.fromEntries(states) };
  });
}

type MakeState = (name: string, transition: { readonly Next: string } | { readonly End: true }) => State;

function stateMakers({ depth, isInstant = false }: Kind): fc.Arbitrary<MakeState> {
  const pass = fc.constant<MakeState>((_name, transition) => ({ Type: "Pass", ...transition }));
  const inner = { depth: depth - 1, isInstant };
  const wait = fc.nat(isInstant ? 0 : 100).map((seconds): MakeState => (_name, transition) => ({
    Type: "Wait",
    Seconds: seconds,
    ...transition,
  }));
  const task = fc
    .record({ retries: fc.nat(isInstant ? 0 : 2), timeout: fc.integer({ min: 1, max: 20 }) })
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
    .record({ items: fc.nat(5), concurrency: fc.nat(3), processor: graphs(inner, "m") })
    .map(({ items, concurrency, processor }): MakeState => (name, transition) => ({
      Type: "Map",
      QueryLanguage: "JSONata",
      Items: Array.from({ length: items }, (_, n) => n),
      MaxConcurrency: concurrency,
      ItemProcessor: renamed(processor, name),
      Retry: [{ ErrorEquals: ["Bad"], MaxAttempts: isInstant ? 0 : 1 }],
      ...transition,
    }));
  const parallel = fc
    .array(graphs(inner, "p"), { minLength: 1, maxLength: 3 })
    .map((branches): MakeState => (name, transition) => ({
      Type: "Parallel",
      Branches: branches.map((graph, position) => renamed(graph, `${name}${position}`)),
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

/** States that lead anywhere, back too: most of these machines never end by themselves. */
export const loops: fc.Arbitrary<StateMachineDefinition> = fc
  .array(fc.record({ kind: fc.constantFrom("Pass", "Choice", "Wait"), targets: fc.tuple(fc.nat(5), fc.nat(5)) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((states) => {
    const nameOf = (target: number): string => `s${target % states.length}`;
    const entries = states.map(({ kind, targets: [first, second] }, position) => [
      nameOf(position),
      kind === "Choice"
        ? {
            Type: "Choice",
            Choices: [{ Variable: "$.n", NumericLessThan: 3, Next: nameOf(first) }],
            Default: nameOf(second),
          }
        : kind === "Wait"
          ? { Type: "Wait", Seconds: first, Next: nameOf(second) }
          : first === 0
            ? { Type: "Pass", End: true }
            : { Type: "Pass", Result: { n: second }, Next: nameOf(first) },
    ]);
    return { StartAt: "s0", States: Object.fromEntries(entries) as StateMachineDefinition["States"] };
  });

/** Decides by the place of the task alone, so that the same run gets the same answers. */
export function moodyInvoker({ isAsync = false, isInstant = false } = {}): TaskInvoker {
  return {
    invoke({ stateName, path, attempt }) {
      const mood = Buffer.from(JSON.stringify([stateName, path, attempt])).reduce(
        (sum, byte) => (sum * 31 + byte) % 7,
        7,
      );
      const reply: TaskReply =
        mood === 0
          ? { status: "failed", error: "Bad" }
          : mood === 1 && !isInstant
            ? { status: "unanswered" }
            : { status: "succeeded", output: mood, ...(isInstant ? undefined : { delayMs: mood * 1000 }) };
      return isAsync ? Promise.resolve(reply) : reply;
    },
  };
}
