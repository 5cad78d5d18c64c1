import { expect, expectTypeOf, test } from "vitest";
import { build, defineTask, Jsonata, jsonata, machine, numericGreaterThan, plain } from "./index.ts";
import type { OutputOf } from "./index.ts";

const total = defineTask<{ amount: number }, { ok: boolean }>("Total");
const start = machine("Mixed", { input: plain<{ amounts: number[]; limit: number }>() });

test("states in JSONata stand in a JSONPath machine, and say so", () => {
  const flow = start
    .pass("Keep", { assign: (s) => ({ limit: s.result.limit }) })
    .inJsonata((mixed) =>
      mixed
        .pass("Sum", { output: (s) => ({ sum: Jsonata.sum(s.input.amounts) }), assign: () => ({ summed: true }) })
        .choice("Big?", (choose) =>
          choose.when(
            (s) => numericGreaterThan(s.input.sum, jsonata<number>`${s.vars.limit} * 2`),
            (big) => big.parallel("Both", [(branch) => branch.pass("Left")]).fail("Too big"),
          ),
        ),
    )
    .task("Total", total, { parameters: (s) => ({ amount: s.input.sum }), assign: (s) => ({ done: s.vars.summed }) });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ ok: boolean }>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition).not.toHaveProperty("QueryLanguage");
  expect(definition.States).toMatchObject({
    Sum: { QueryLanguage: "JSONata", Output: { sum: "{% $sum($states.input.amounts) %}" }, Next: "Big?" },
    "Big?": { QueryLanguage: "JSONata", Choices: [{ Condition: "{% $states.input.sum > $limit * 2 %}" }] },
    Both: { QueryLanguage: "JSONata", Branches: [{ States: { Left: { QueryLanguage: "JSONata" } } }] },
    "Too big": { QueryLanguage: "JSONata" },
    Total: { Parameters: { "amount.$": "$.sum" } },
  });
  expect(definition.States["Total"]).not.toHaveProperty("QueryLanguage");
});

test("a JSONata machine says it once", () => {
  const flow = machine("One", { input: plain<null>(), queryLanguage: "JSONata" }).pass("A");
  expect(build(flow).definition).toEqual({
    QueryLanguage: "JSONata",
    StartAt: "A",
    States: { A: { Type: "Pass", End: true } },
  });
});
