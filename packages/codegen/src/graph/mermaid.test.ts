import { expect, test } from "vitest";
import { printMermaid } from "./mermaid.ts";

test("states, nested graphs, choices, catches and retries are drawn", () => {
  const definition = {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        MaxConcurrency: 3,
        ItemProcessor: {
          StartAt: "Fetch",
          States: {
            Fetch: {
              Type: "Task",
              Resource: "${F}",
              Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 2 }],
              End: true,
            },
          },
        },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
        Next: "Many?",
      },
      "Many?": {
        Type: "Choice",
        Choices: [{ Variable: "$.count", NumericGreaterThan: 10, Next: "Both" }],
        Default: "Done",
      },
      Both: {
        Type: "Parallel",
        Branches: [
          { StartAt: "L", States: { L: { Type: "Pass", End: true } } },
          { StartAt: "R", States: { R: { Type: "Wait", Seconds: 1, End: true } } },
        ],
        Next: "Done",
      },
      Done: { Type: "Succeed" },
      Failed: { Type: "Fail" },
    },
  };
  expect(printMermaid(definition)).toBe(`\
flowchart TD
  subgraph s0["Each<br/><small>for each item, 3 at a time</small>"]
    s1["Fetch<br/><small>↻ 2× States.Timeout</small>"]
  end
  s2{"Many?"}
  subgraph s3["Both"]
    subgraph s3b0["branch 1"]
      s4[/"L"/]
    end
    subgraph s3b1["branch 2"]
      s5(["R<br/><small>1 s</small>"])
    end
  end
  s6((("Done")))
  s7((("Failed")))
  start(( )) --> s0
  s0 --> s2
  s0 -.->|"States.ALL"| s7
  s2 -->|"$.count #62; 10"| s3
  s2 -->|"otherwise"| s6
  s3 --> s6
`);
});

test("names cannot break out of their quotation marks", () => {
  const definition = { StartAt: `a"b#<c>`, States: { [`a"b#<c>`]: { Type: "Succeed" } } };
  expect(printMermaid(definition)).toContain(`s0((("a#34;b#35;#60;c#62;")))`);
});
