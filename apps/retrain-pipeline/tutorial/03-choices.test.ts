/**
 * Chapter 3: choices.
 *
 * A condition narrows the data behind it: what it proves, the compiler knows. The ways of a Choice rejoin behind it
 * unless they end, and a way can go back: a loop.
 */
import { build, defineTask, machine, numericLessThan, stringEquals } from "@stepwright/dsl";
import { runScripted, visitsOf } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const evaluate = defineTask("Evaluate", {
  input: z.object({ modelId: z.string() }),
  output: z.discriminatedUnion("decision", [
    z.object({ decision: z.literal("PROMOTE"), version: z.string(), auc: z.number() }),
    z.object({ decision: z.literal("REJECT"), failedRules: z.array(z.string()) }),
  ]),
});
const deploy = defineTask("Deploy", {
  input: z.object({ version: z.string() }),
  output: z.object({ version: z.string(), percent: z.number() }),
});

const gate = machine("Gate", { input: z.object({ modelId: z.string() }) })
  .task("Evaluate", evaluate)
  .choice("Better?", (choose) =>
    choose.when(
      (s) => stringEquals(s.input.decision, "REJECT"),
      // Here `s.input` is the rejected one: it has `failedRules` and no `version`.
      (flow) => flow.pass("Why", { parameters: (s) => ({ rules: s.input.failedRules }) }).succeed("Kept"),
    ),
  )
  // Only the promoted one comes this far, so that `version` is there.
  .task("Deploy", deploy, { parameters: (s) => ({ version: s.input.version }) })
  .choice("Everything?", (choose) =>
    choose.when(
      (s) => numericLessThan(s.input.percent, 100),
      (flow) => flow.goTo("Deploy"),
    ),
  )
  .succeed("Live");

const { definition, diagnostics } = build(gate);
const input = { modelId: "card-fraud" };

test("the winner goes live, step by step", async () => {
  const result = await runScripted(definition, {
    input,
    script: {
      Evaluate: { output: { decision: "PROMOTE", version: "7", auc: 0.9 } },
      Deploy: [50, 100].map((percent) => ({ output: { version: "7", percent } })),
    },
  });
  expect(diagnostics).toEqual([]);
  expect(visitsOf(result).map(({ stateName }) => stateName)).toEqual([
    "Evaluate",
    "Better?",
    "Deploy",
    "Everything?",
    "Deploy",
    "Everything?",
    "Live",
  ]);
});

test("the loser stays out", async () => {
  const script = { Evaluate: { output: { decision: "REJECT", failedRules: ["auc"] } } };
  expect(await runScripted(definition, { input, script })).toMatchObject({ output: { rules: ["auc"] } });
});
