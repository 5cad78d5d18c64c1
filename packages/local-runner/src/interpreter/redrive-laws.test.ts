/**
 * Whatever fails and however often it is redriven: in the end the output is that of a run in which nothing failed, and
 * no state was entered or left a second time.
 */
import { compareCodeUnits } from "@stepwright/asl";
import type { JsonObject, JsonValue, State, StateMachineDefinition } from "@stepwright/asl";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Drive } from "../drivers/drive.ts";
import type { TaskInvoker, TaskReply } from "../tasks/task-invoker.ts";
import { compileMachine } from "./compile-machine.ts";
import { Execution } from "./execution.ts";
import { SeededRandom } from "./random.ts";
import type { ChildRun } from "./thread.ts";

/** A part of a machine: a line of these is a machine, a branch or a processor. */
type Part =
  | { readonly kind: "task" | "pass" | "wait" | "variable" }
  | { readonly kind: "parallel"; readonly branches: readonly (readonly Part[])[] }
  | {
      readonly kind: "map" | "distributed";
      readonly items: number;
      readonly limit: number;
      readonly each: readonly Part[];
    };

const { line } = fc.letrec<{ line: readonly Part[]; part: Part }>((tie) => ({
  line: fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom({ kind: "task" }, { kind: "task" }, { kind: "pass" }, { kind: "wait" }, { kind: "variable" }),
    fc.record({ kind: fc.constant("parallel"), branches: fc.array(tie("line"), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      kind: fc.constantFrom("map", "distributed"),
      items: fc.integer({ min: 0, max: 4 }),
      limit: fc.integer({ min: 0, max: 3 }),
      each: tie("line"),
    }),
  ),
}));

/** Names are unique in the whole machine, as AWS wants them. */
function graphOf(parts: readonly Part[], name: string): { StartAt: string; States: Record<string, State> } {
  const states = parts.map((part, index): [string, State] => {
    const own = `${name}-${index}`;
    const next = index + 1 < parts.length ? { Next: `${name}-${index + 1}` } : { End: true };
    return [own, { ...stateOf(part, own), ...next } as unknown as State];
  });
  return { StartAt: `${name}-0`, States: Object.fromEntries(states) };
}

function stateOf(part: Part, name: string): object {
  switch (part.kind) {
    case "task":
      return {
        Type: "Task",
        Resource: "arn:aws:lambda:us-east-1:1:function:Work",
        TimeoutSeconds: 50,
        ResultPath: "$.result",
      };
    case "pass":
      return { Type: "Pass", QueryLanguage: "JSONata", Output: "{% {'was': $states.input} %}" };
    case "wait":
      return { Type: "Wait", Seconds: 7 };
    case "variable":
      return { Type: "Pass", Assign: { v: name }, Parameters: { "in.$": "$" } };
    case "parallel":
      return {
        Type: "Parallel",
        Branches: part.branches.map((branch, index) => graphOf(branch, `${name}b${index}`)),
        ResultSelector: { "list.$": "$" },
      };
    default: {
      const mode = part.kind === "map" ? { Mode: "INLINE" } : { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" };
      return {
        Type: "Map",
        Items: Array.from({ length: part.items }, (_, index) => ({ index })),
        QueryLanguage: "JSONata",
        MaxConcurrency: part.limit,
        ItemProcessor: { ProcessorConfig: mode, ...graphOf(part.each, `${name}m`) },
        Output: "{% {'list': $states.result} %}",
      };
    }
  }
}

/** @param hitches how the tasks go wrong, in the order of their being asked; see `invoker` */
async function run(definition: StateMachineDefinition, hitches: readonly number[]): Promise<Execution> {
  const { startAt } = compileMachine(definition);
  const execution = new Execution({
    startAt,
    timeoutSeconds: 1000,
    input: {},
    executionArn: "arn:aws:states:us-east-1:1:execution:M:run",
    name: "run",
    stateMachineArn: "arn:aws:states:us-east-1:1:stateMachine:M",
    stateMachineName: "M",
    roleArn: "role",
    redriveCount: 0,
    startTimeEpochMs: 0,
    random: new SeededRandom(1),
    maxHistoryEvents: 25_000,
    maxPayloadBytes: Number.POSITIVE_INFINITY,
    keepsChildren: true,
  });
  const left = [...hitches];
  for (let attempt = 0; execution.outcome?.status !== "SUCCEEDED"; attempt += 1) {
    if (attempt > hitches.length) throw new Error(`It still ends ${JSON.stringify(execution.outcome)}.`);
    const drive: Drive = new Drive({
      execution,
      invoker: invoker(left, () => drive.send({ type: "stopped" })),
      time: "virtual",
      onEvent: undefined,
      onChildEnded: undefined,
      objects: undefined,
      closed: true,
    });
    await drive.start(attempt === 0 ? undefined : { type: "redriven", redrivenAtEpochMs: execution.nowEpochMs });
  }
  return execution;
}

/** How a task goes: 0 fails, 1 times out, 2 has the execution stopped, 3 does well late, the others at once. */
function invoker(left: number[], stop: () => void): TaskInvoker {
  return {
    invoke(request): TaskReply | Promise<TaskReply> {
      const hitch = left.shift() ?? 9;
      if (hitch === 0) return { status: "failed", error: "Bad" };
      if (hitch === 1) return { status: "unanswered" };
      if (hitch === 2) {
        queueMicrotask(stop);
        return new Promise(() => {});
      }
      const output: JsonObject = { of: request.stateName };
      // Some are still under way when others go wrong.
      return { status: "succeeded", output, ...(hitch === 3 ? { delayMs: 40_000 } : undefined) };
    },
  };
}

/** Of the execution and its children: how often each state of each branch and iteration was entered and left. */
function visits(execution: Execution | ChildRun["execution"], counts = new Map<string, number>()): Map<string, number> {
  const { events, mapRuns, settings } = execution;
  for (const { path, stateName, type } of events) {
    if (!type.endsWith("StateEntered") && !type.endsWith("StateExited")) continue;
    const visit = JSON.stringify([settings.executionArn, path, stateName, type]);
    counts.set(visit, (counts.get(visit) ?? 0) + 1);
  }
  for (const { children } of mapRuns) for (const child of children.values()) visits(child.execution, counts);
  return counts;
}

test("a redriven execution ends as if nothing had failed, and passes through each state once", async () => {
  await fc.assert(
    fc.asyncProperty(line, fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 12 }), async (parts, hitches) => {
      const definition = graphOf(parts, "s") as StateMachineDefinition;
      const smooth = await run(definition, []);
      const rough = await run(definition, hitches);
      expect(outputOf(rough)).toEqual(outputOf(smooth));
      expect([...visits(rough)].filter(([, count]) => count > 1)).toEqual([]);
      expect(visits(rough).size).toBe(visits(smooth).size);
      expect(countsOf(rough)).toEqual(countsOf(smooth));
    }),
    { numRuns: 300, seed: 11 },
  );
});

/** Map Runs at work at the same time begin in any order. */
function countsOf({ mapRuns }: Execution): readonly string[] {
  return mapRuns.map(({ executionCounts }) => JSON.stringify(executionCounts)).toSorted(compareCodeUnits);
}

function outputOf({ outcome }: Execution): JsonValue {
  if (outcome?.status !== "SUCCEEDED") throw new Error("It has no output.");
  return outcome.output;
}
