/**
 * What validating costs, against asl-validator in the same run: `pnpm bench` here, or from the root.
 * The figures of one machine say little; the ratios say more.
 */
import aslValidator from "asl-validator";
import { Bench } from "tinybench";
import { parsePath, validateDefinition, validateText } from "../src/index.ts";
import type { JsonObject } from "../src/index.ts";

/** A chain of tasks with retriers and paths, a Choice after every fifth. */
function machineOf(states: number): JsonObject {
  const entries = Array.from({ length: states }, (_, index): [string, JsonObject] => {
    const next = index === states - 1 ? { End: true } : { Next: `State ${index + 1}` };
    if (index % 5 === 4 && index < states - 1) {
      const choices = [{ Variable: "$.score", NumericGreaterThan: 0.5, ...next }];
      return [`State ${index}`, { Type: "Choice", Choices: choices, Default: `State ${index + 1}` }];
    }
    const task = {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "train", Payload: { "model.$": "$.model.id", "index.$": `$.list[${index}]` } },
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 2 }],
      ResultPath: `$.results.r${index}`,
    };
    return [`State ${index}`, { ...task, ...next }];
  });
  return { StartAt: "State 0", States: Object.fromEntries(entries) };
}

async function compare(states: number): Promise<void> {
  const definition = machineOf(states);
  const text = JSON.stringify(definition);
  const bench = new Bench({ time: 500 });
  bench
    .add("validateDefinition", () => void validateDefinition(definition))
    .add("validateText", () => void validateText(text, { format: "json" }))
    .add("asl-validator", () => void aslValidator(definition));
  const verdicts = [validateDefinition(definition).length === 0, aslValidator(definition).isValid];
  if (verdicts.includes(false)) throw new Error("The definition of the benchmark is not valid");
  await bench.run();
  report(`${states} states`, bench, "asl-validator");
}

async function paths(): Promise<void> {
  const bench = new Bench({ time: 300 });
  for (const text of ["$.model.id", "$$.Map.Item.Value['a b'][0]", "$..list[?(@.score > 0.5)].id"]) {
    bench.add(`parsePath ${text}`, () => void parsePath(text));
  }
  await bench.run();
  report("paths", bench);
}

function report(title: string, bench: Bench, reference?: string): void {
  const means = bench.tasks.map(({ name, result }) => ({
    name,
    milliseconds: "latency" in result ? result.latency.mean : Number.NaN,
  }));
  const baseline = means.find(({ name }) => name === reference)?.milliseconds;
  console.log(title);
  for (const { name, milliseconds } of means) {
    const ratio = baseline === undefined ? "" : `  ${(baseline / milliseconds).toFixed(1)} × ${reference}'s speed`;
    console.log(`  ${name.padEnd(44)} ${(milliseconds * 1000).toFixed(1).padStart(10)} µs${ratio}`);
  }
}

await compare(5);
await compare(2000);
await paths();
