import { expect, test } from "vitest";
import { greetingProject, projectFolder } from "../../test/project-folder.ts";
import type { BudgetsConfig } from "../config.ts";
import { generate } from "../generate.ts";

const eachGuest = {
  "src/contracts.ts": `
import { defineTask } from "@stepwright/dsl";
import { z } from "zod";
export const Guests = z.object({ guests: z.array(z.string()) });
export const greet = defineTask("GreetGuest", { input: z.string(), output: z.object({ ok: z.boolean() }) });
`,
  "src/greeting.machine.ts": `
import { machine } from "@stepwright/dsl";
import { greet, Guests } from "./contracts.ts";

export default machine("Greeting", { input: Guests })
  .map("Each", { items: (s) => s.input.guests }, (guest) => guest.task("Greet", greet));
`,
};

async function generated(budgets: BudgetsConfig, infrastructure: object = { formats: [] }) {
  const config = { machines: ["src/greeting.machine.ts"], budgets, infrastructure };
  await using project = await projectFolder({
    ...greetingProject,
    ...eachGuest,
    "stepwright.config.ts": `export default ${JSON.stringify(config)};`,
  });
  // Awaited, or the folder would be gone first.
  const generation = await generate({ ...project, check: true });
  return generation;
}

test("every machine's budget is told", async () => {
  const { budgets, diagnostics } = await generated({ items: { Each: 100 } });
  expect(diagnostics).toEqual([]);
  expect(budgets).toEqual([
    {
      machine: "Greeting",
      historyEvents: { least: 2 + 4 + 100 * 7, most: 2 + 4 + 100 * 7 },
      transitions: { least: 101, most: 101 },
      priceUsd: { least: expect.closeTo(0.002_525), most: expect.closeTo(0.002_525) },
      durationSeconds: 3 * 900,
      unbounded: [],
      // Twelve bytes and commas for each, and the brackets.
      payload: { state: "Each", location: "/States/Each", bytes: 2 + 100 * 14 },
    },
  ]);
});

test("a function's own timeout bounds the duration", async () => {
  const functions = { GreetGuest: { timeoutSeconds: 5 } };
  const { budgets } = await generated({}, { formats: ["policy"], functions });
  expect(budgets[0]?.durationSeconds).toBe(5);
});

test("a threshold that is exceeded is an error, and nothing is planned", async () => {
  const { diagnostics, files } = await generated({
    items: { "*": 1000 },
    historyEvents: 5000,
    transitions: 1001,
    priceUsd: 0.01,
    durationSeconds: 60,
    payloadBytes: 1000,
  });
  expect(diagnostics.map(({ severity, code, message, source }) => [severity, code, message, source?.file])).toEqual(
    [
      "An execution of Greeting may come to 7006 history events; `budgets.historyEvents` allows 5000",
      "An execution of Greeting may come to 0.025025 US dollars; `budgets.priceUsd` allows 0.01",
      "An execution of Greeting may come to 22500 s; `budgets.durationSeconds` allows 60",
      expect.stringMatching(
        /^An execution of Greeting may come to \d+ bytes of payload; `budgets.payloadBytes` allows 1000$/,
      ),
    ].map((message) => ["ERROR", "BUDGET_EXCEEDED", message, "src/greeting.machine.ts"]),
  );
  // Which state it is, only the payload's threshold knows.
  expect(diagnostics.map(({ location, source }) => [location, source?.line])).toEqual([
    [undefined, 1],
    [undefined, 1],
    [undefined, 1],
    ["/States/Each", expect.any(Number)],
  ]);
  expect(diagnostics[3]?.source?.line).toBeGreaterThan(1);
  expect(files).toEqual([]);
});
