/**
 * What an execution costs with its full history, against `aws-local-stepfunctions` (which keeps none) and against
 * the same work written by hand, in the same run. Ratios say more than the figures of one machine.
 */
import { StateMachine } from "aws-local-stepfunctions";
import { Bench } from "tinybench";
import { compileDefinition, runMachine } from "../src/index.ts";
import { machines } from "./machines.ts";
import type { MeasuredMachine } from "./machines.ts";

const rounds = 3;
const limits = { maxHistoryEvents: Number.POSITIVE_INFINITY, maxPayloadBytes: Number.POSITIVE_INFINITY };

async function measure({ title, definition, input, count, unit, tasks, byHand }: MeasuredMachine): Promise<void> {
  const compiled = compileDefinition(definition);
  const theirs = new StateMachine(structuredClone(definition) as ConstructorParameters<typeof StateMachine>[0]);
  // Their types want to write what they are given.
  const theirInput = input as Parameters<typeof theirs.run>[0];
  const overrides = { taskResourceLocalHandlers: tasks } as NonNullable<Parameters<typeof theirs.run>[1]>["overrides"];
  const contenders: Readonly<Record<string, () => unknown>> = {
    async stepwright() {
      const result = await runMachine(compiled, { input, tasks, limits });
      if (result.status !== "SUCCEEDED") throw new Error(`${title}: ${result.status} ${result.error}`);
    },
    "aws-local-stepfunctions": () => theirs.run(theirInput, overrides === undefined ? {} : { overrides }).result,
    "by hand": () => byHand(),
  };
  // In turns, and the best of each counts: other work on the machine only ever makes one slower.
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const bench = new Bench({ time: 400, warmupTime: 200, iterations: 5, warmupIterations: 2 });
    for (const [name, run] of Object.entries(contenders)) bench.add(name, run);
    await bench.run();
    for (const { name, result } of bench.tasks) {
      const perSecond = "latency" in result ? (count * 1000) / result.latency.mean : Number.NaN;
      best.set(name, Math.max(best.get(name) ?? 0, perSecond));
    }
  }
  const rates = Array.from(best, ([name, perSecond]) => ({ name, perSecond }));
  const own = rates[0]!.perSecond;
  console.log(title);
  for (const { name, perSecond } of rates) {
    const rate = Math.round(perSecond).toLocaleString("en");
    console.log(`  ${name.padEnd(24)} ${rate.padStart(12)} ${unit}/s  stepwright is ${(own / perSecond).toFixed(2)} ×`);
  }
}

export async function measureSpeed(): Promise<void> {
  for (const machine of machines) {
    // One after the other, so that they do not disturb each other.
    await measure(machine);
  }
}
