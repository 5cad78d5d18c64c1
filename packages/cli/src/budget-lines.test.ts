import { expect, test } from "vitest";
import { budgetLine } from "./budget-lines.ts";

const budget = {
  machine: "Order",
  historyEvents: { least: 9, most: 15 },
  transitions: { least: 2, most: 4 },
  priceUsd: { least: 0.000_05, most: 0.000_1 },
  durationSeconds: 2700,
  unbounded: [],
  payload: undefined,
};

test("a machine's budget in one line", () => {
  expect(budgetLine(budget)).toBe(
    "Order: 9 to 15 history events, 2 to 4 transitions ($0.00005 to $0.0001), at most 45 min\n",
  );
});

test("what nothing bounds, and what contracts bound", () => {
  const unbounded = { least: 9, most: Infinity };
  const dear = {
    ...budget,
    historyEvents: unbounded,
    priceUsd: { least: 0, most: Infinity },
    durationSeconds: Infinity,
  };
  expect(
    budgetLine({
      ...dear,
      transitions: { least: 2, most: 2 },
      payload: { state: "Sum", location: "/States/Sum", bytes: 12_345 },
    }),
  ).toBe(
    "Order: 9 to any number of history events, 2 transitions ($0 to any number of), any duration, Sum gives at most 12,345 bytes\n",
  );
});

test.each([
  [30, "30 s"],
  [5400, "1.5 h"],
  [31_536_000, "365 d"],
])("%i seconds are %s", (durationSeconds, words) => {
  expect(budgetLine({ ...budget, durationSeconds })).toContain(`at most ${words}\n`);
});
