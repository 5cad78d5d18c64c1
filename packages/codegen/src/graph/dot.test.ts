import { expect, test } from "vitest";
import { printDot } from "./dot.ts";

test("boxes are clusters, and the arrows that meet them end at their border", () => {
  const definition = {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemProcessor: {
          StartAt: "Fetch",
          States: { Fetch: { Type: "Task", Resource: "${F}", Next: "Store" }, Store: { Type: "Pass", End: true } },
        },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
        Next: "Ok?",
      },
      "Ok?": { Type: "Choice", Choices: [{ Variable: "$.n", NumericEquals: 1, Next: "Each" }], Default: "Failed" },
      Failed: { Type: "Fail" },
    },
  };
  expect(printDot(definition)).toBe(`\
digraph {
  compound=true
  graph [fontname="Helvetica", style="rounded", color="gray60"]
  node [fontname="Helvetica", shape=box, style="rounded", color="gray40"]
  edge [fontname="Helvetica", fontsize=10, color="gray40"]
  start [shape=point, width=0.15]
  subgraph cluster_s0 {
    label="Each\\nfor each item"
    s1 [label="Fetch"]
    s2 [label="Store", style="rounded,dashed"]
  }
  s3 [label="Ok?", shape=diamond, style=""]
  s4 [label="Failed", color=firebrick, penwidth=2]
  start -> s1 [lhead=cluster_s0]
  s2 -> s3 [ltail=cluster_s0]
  s2 -> s4 [label="States.ALL", style=dashed, ltail=cluster_s0]
  s3 -> s1 [label="$.n = 1", lhead=cluster_s0]
  s3 -> s4 [label="otherwise"]
  s1 -> s2
}
`);
});

test("names cannot break out of their quotation marks", () => {
  const name = 'a"b\\c';
  expect(printDot({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } })).toContain(
    String.raw`s0 [label="a\"b\\c", style="rounded,dashed"]`,
  );
});
