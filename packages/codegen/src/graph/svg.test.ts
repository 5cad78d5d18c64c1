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
  expect(misplaced(await layOut(graphModelOf(definition)))).toEqual([]);
});

test("a state that may follow itself has an arrow back beside it", async () => {
  const again = task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Again" }], End: true });
  const { nodes, edges } = await layOut(graphModelOf({ StartAt: "Again", States: { Again: again } }));
  const loop = edges.find(({ kind }) => kind === "catch");
  const right = (nodes[0]?.x ?? 0) + (nodes[0]?.width ?? 0);
  expect(loop?.points.map(({ x }) => Math.sign(x - right))).toEqual([0, 1, 1, 0]);
  expect(loop?.label?.x).toBeGreaterThan(right);
});

/** The names of the states that stand outside their graph, on a neighbour, or around a graph that does not fit. */
function misplaced(layout: GraphLayout): readonly string[] {
  return layout.nodes.flatMap((node, index) => {
    const isOutside = node.x < 0 || node.x + node.width > layout.width || node.y + node.height > layout.height;
    const isOnAnother = layout.nodes.slice(index + 1).some((other) => overlap(node, other));
    const isTooSmall = node.graphs.some(
      ({ x, y, layout: inner }) => x <= 0 || x + inner.width >= node.width || y + inner.height >= node.height,
    );
    const own = isOutside || isOnAnother || isTooSmall ? [node.node.name] : [];
    return [...own, ...node.graphs.flatMap((inner) => misplaced(inner.layout))];
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
