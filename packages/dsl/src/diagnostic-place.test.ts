/** Every diagnostic says the line that wrote what is wrong. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { build, defineTask, isPresent, machine, plain } from "./index.ts";
import type { AnyOutcome, PathFlow } from "./index.ts";

const lines = readFileSync(import.meta.filename, "utf8").split("\n");
const input = plain<{ id: string }>();
const start = machine("Places", { input });
const tell = defineTask<unknown, null>("Tell");
const rest = (flow: PathFlow<{ id: string }>) => flow.wait("Rest", { timestamp: "tomorrow" }); // in a fragment

test.each<[place: string, flow: AnyOutcome]>([
  ["in a fragment", start.pass("First").pipe(rest, { prefix: "A " })],
  [
    "in a fragment of a Map",
    start.map("Each", { items: (s) => s.context.Execution.Input as never }, (item) =>
      item.pass("One", { parameters: () => ({ id: "1" }) }).pipe(
        (flow: PathFlow<{ id: string }>) => flow.wait("Nap", { timestamp: "tomorrow" }), // in a fragment of a Map
      ),
    ),
  ],
  [
    "the jump",
    start.pass("First").goForward("Nowhere"), // the jump
  ],
  [
    "the rule",
    start
      .choice("Which?", (choose) =>
        choose.when(
          (s) => isPresent(s.input.id),
          (flow) => flow.goForward("Nowhere"), // the rule
        ),
      )
      .succeed("Done"),
  ],
  [
    "the default",
    start.choice(
      "Which?",
      (choose) =>
        choose
          .when(
            (s) => isPresent(s.input.id),
            (flow) => flow.succeed("Done"),
          )
          .otherwise((flow) => flow.goForward("Nowhere")), // the default
    ),
  ],
  [
    "the Catcher",
    start.task("Tell", tell, {
      catch: (errors) =>
        errors
          .on(["States.Timeout"], {}, (flow) => flow.fail("Late"))
          .on(["States.TaskFailed"], { resultPath: "$.a[0:2]" }, (flow) => flow.fail("Failed")), // the Catcher
    }),
  ],
  ["the machine", machine("Late", { input, timeoutSeconds: -1 }).pass("First")], // the machine
])("%s", (place, flow) => {
  const told = build(flow).diagnostics.map(({ source }) => source);
  expect(told.every((source) => source?.file === import.meta.filename)).toBe(true);
  const [first] = told;
  expect(lines[(first?.line ?? 0) - 1]).toMatch(new RegExp(`// ${place}$`));
});
