import { describe, expect, test } from "vitest";
import { graphModelOf } from "./graph-model.ts";
import { layOut } from "./layout.ts";
import type { GraphLayout, PlacedNode } from "./layout.ts";
import { printSvg } from "./svg.ts";

const task = (next: object) => ({ Type: "Task", Resource: "${F}", ...next });

const definition = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: "Fetch",
        States: {
          Fetch: task({ Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }], Next: "Both" }),
          Both: {
            Type: "Parallel",
            Branches: [
              { StartAt: "L", States: { L: task({ End: true }) } },
              { StartAt: "R", States: { R: task({ End: true }) } },
            ],
            End: true,
          },
        },
      },
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }],
      Next: "Ok?",
    },
    "Ok?": {
      Type: "Choice",
      Choices: [
        { Variable: "$.n", NumericLessThan: 1, Next: "Each" },
        { Variable: "$.n", NumericGreaterThan: 9, Next: "Each" },
      ],
      Default: "Done",
    },
    Done: { Type: "Succeed" },
    Failed: { Type: "Fail", Error: "NotDone" },
  },
};

describe("a picture", () => {
  test("shows every state, Retrier, Catcher and rule", async () => {
    const svg = await printSvg(definition, "Each & all");
    const shown = Array.from(svg.matchAll(/<text [^>]*>([^<]*)</g), ([, text = ""]) => text);
    const states = ["Each", "Fetch", "Both", "L", "R", "Ok?", "Done", "Failed"];
    const details = ["for each item, 2 at a time", "↻ 2× States.ALL", "NotDone"];
    const labels = ["States.ALL", "$.n &lt; 1", "$.n &gt; 9", "otherwise"];
    expect(new Set(shown)).toEqual(new Set([...states, ...details, ...labels]));
    expect(shown).toHaveLength(states.length + details.length + labels.length);
    expect(svg).toContain("<title>Each &amp; all</title>");
    expect(svg.match(/class="edge catch"/g)).toHaveLength(1);
  });

  test("is the same each time", async () => {
    expect(await printSvg(definition)).toBe(await printSvg(structuredClone(definition)));
  });

  test("of nothing is empty", async () => {
    expect(await printSvg({})).toContain('width="32"');
  });

  test("keeps hostile names as text", async () => {
    const name = `</text><script>alert(1)</script>\u0000`;
    const svg = await printSvg({ StartAt: name, States: { [name]: { Type: "Succeed" } } });
    expect(svg).not.toContain("<script>");
    expect(svg).not.toContain("\u0000");
  });
});

test("nothing overlaps, and what is inside a box stays inside", async () => {
  expectApart(await layOut(graphModelOf(definition)));
});

function expectApart(layout: GraphLayout): void {
  layout.nodes.forEach((node, index) => {
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(layout.width);
    expect(node.y + node.height).toBeLessThanOrEqual(layout.height);
    expect(layout.nodes.slice(index + 1).filter((other) => overlap(node, other))).toEqual([]);
    for (const inner of node.graphs) {
      expect(inner.x).toBeGreaterThan(0);
      expect(inner.x + inner.layout.width).toBeLessThan(node.width);
      expect(inner.y + inner.layout.height).toBeLessThan(node.height);
      expectApart(inner.layout);
    }
  });
}

function overlap(left: PlacedNode, right: PlacedNode): boolean {
  const apart =
    left.x + left.width <= right.x ||
    right.x + right.width <= left.x ||
    left.y + left.height <= right.y ||
    right.y + right.height <= left.y;
  return !apart;
}
