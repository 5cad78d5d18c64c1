import { expect, test } from "vitest";
import { build, machine, plain, stringEquals } from "./index.ts";
import type { PathFlow } from "./index.ts";

const part = (flow: PathFlow<{ name: string }>) =>
  flow
    .choice("Where?", (choose) =>
      choose
        .when(
          (s) => stringEquals(s.input.name, "within"),
          (way) => way.goForward("Tail"),
        )
        .when(
          (s) => stringEquals(s.input.name, "out"),
          (way) => way.goForward("Last"),
        ),
    )
    .pass("Body")
    .pass("Tail");

test("a jump leads over states, within a fragment and out of it", () => {
  const flow = machine("Jumps", { input: plain<{ name: string }>() })
    .pipe(part, { prefix: "A " })
    .pass("Between")
    .pass("Last");
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["A Where?"]).toMatchObject({
    Choices: [{ Next: "A Tail" }, { Next: "Last" }],
    Default: "A Body",
  });
});
