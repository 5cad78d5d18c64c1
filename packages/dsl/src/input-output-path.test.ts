import { expect, expectTypeOf, test } from "vitest";
import { build, defineTask, machine, plain } from "./index.ts";
import type { OutputOf } from "./index.ts";

interface Order {
  id: string;
  order: { lines: { price: number }[]; due: string; customer: { name: string } };
}
const charge = defineTask<{ name: string }, { receipt: { number: string } }>("Charge");
const start = machine("Orders", { input: plain<Order>() });

test("what a state takes and gives can be a part, and the types follow", () => {
  const flow = start
    .task("Charge", charge, {
      parameters: (s) => s.input.order.customer,
      resultPath: "$.charged",
      outputPath: (s) => s.output.charged.receipt,
    })
    .pass("Number", {
      inputPath: (s) => s.input.number,
      resultPath: "$.copy",
      outputPath: (s) => s.output.copy,
    });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<string>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States).toMatchObject({
    Charge: { InputPath: "$.order.customer", ResultPath: "$.charged", OutputPath: "$.charged.receipt" },
    Number: { InputPath: "$.number", ResultPath: "$.copy", OutputPath: "$.copy" },
  });
});

test("the other options read the part that inputPath takes", () => {
  const flow = start
    .map(
      "Each",
      { inputPath: (s) => s.input.order, items: (s) => s.input.lines, itemSelector: (s) => ({ due: s.input.due }) },
      (line) => line.wait("Until", { timestamp: (s) => s.input.due, outputPath: (s) => s.output.due }),
      { resultPath: "$.dues", outputPath: (s) => s.output.dues },
    )
    .succeed("Done", { inputPath: (s) => s.context.Execution.Name });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<string>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States).toMatchObject({
    Each: {
      InputPath: "$.order",
      ItemsPath: "$.lines",
      ItemSelector: { "due.$": "$.due" },
      ItemProcessor: { States: { Until: { TimestampPath: "$.due", OutputPath: "$.due" } } },
      OutputPath: "$.dues",
    },
    Done: { InputPath: "$$.Execution.Name" },
  });
});

test("what all branches are given stands before them, and they see its type", () => {
  const flow = start.parallelWith("Both", { parameters: (s) => ({ who: s.input.order.customer.name }) }, [
    (branch) => branch.pass("Left", { parameters: (s) => ({ left: s.input.who }) }),
    (branch) => branch.pass("Right"),
  ]);
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<[{ left: string }, { who: string }]>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Both"]).toMatchObject({ Parameters: { "who.$": "$.order.customer.name" } });
});
