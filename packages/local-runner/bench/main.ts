/**
 * What an execution costs with its full history, against `aws-local-stepfunctions` (which keeps none) and against
 * the same work written by hand, in the same run: `pnpm bench` here. Ratios say more than the figures of one machine.
 */
import { StateMachine } from "aws-local-stepfunctions";
import { Bench } from "tinybench";
import { compileDefinition, runMachine } from "../src/index.ts";
import { machines } from "./machines.ts";
import type { MeasuredMachine } from "./machines.ts";

const limits = { maxHistoryEvents: Number.POSITIVE_INFINITY, maxPayloadBytes: Number.POSITIVE_INFINITY };

async function measure({ title, definition, input, count, unit, tasks, byHand }: MeasuredMachine): Promise<void> {
  const compiled = compileDefinition(definition);
  const theirs = new StateMachine(structuredClone(definition) as ConstructorParameters<typeof StateMachine>[0]);
  // Their types want to write what they are given.
  const theirInput = input as Parameters<typeof theirs.run>[0];
  const overrides = { taskResourceLocalHandlers: tasks } as NonNullable<Parameters<typeof theirs.run>[1]>["overrides"];
  const bench = new Bench({ time: 1000, warmupTime: 500 });
  bench
    .add("stepwright", async () => {
      const result = await runMachine(compiled, { input, tasks, limits });
      if (result.status !== "SUCCEEDED") throw new Error(`${title}: ${result.status} ${result.error}`);
    })
    .add("aws-local-stepfunctions", () => theirs.run(theirInput, overrides === undefined ? {} : { overrides }).result)
    .add("by hand", () => byHand());
  await bench.run();
  const rates = bench.tasks.map(({ name, result }) => ({
    name,
    perSecond: "latency" in result ? (count * 1000) / result.latency.mean : Number.NaN,
  }));
  const own = rates[0]!.perSecond;
  console.log(title);
  for (const { name, perSecond } of rates) {
    const rate = Math.round(perSecond).toLocaleString("en");
    console.log(`  ${name.padEnd(24)} ${rate.padStart(12)} ${unit}/s  stepwright is ${(own / perSecond).toFixed(2)} ×`);
  }
}

for (const machine of machines) {
  // One after the other, so that they do not disturb each other.
  await measure(machine);
}
