import { expect, test } from "vitest";
import { historyEventsOfMap } from "./history-events.ts";
import { walkStates } from "./walk.ts";

const work = { Type: "Task", Resource: "${F}" };

function eventsOf(states: Readonly<Record<string, object>>, startAt: string, items: number): number | undefined {
  const definition = {
    StartAt: "Each",
    States: { Each: { Type: "Map", ItemProcessor: { StartAt: startAt, States: states } } },
  };
  const [map] = walkStates(definition);
  return map && historyEventsOfMap(map, items, () => undefined);
}

test("four for the Map, two for an item and five for each task", () => {
  expect(eventsOf({ A: { ...work, Next: "B" }, B: { ...work, End: true } }, "A", 3)).toBe(4 + 3 * (2 + 10));
});

test("takes the shortest way", () => {
  const states = {
    Ask: { Type: "Choice", Choices: [{ Next: "Long" }], Default: "Short" },
    Long: { ...work, Next: "Longer" },
    Longer: { ...work, Next: "Short" },
    Short: { Type: "Pass", End: true },
  };
  expect(eventsOf(states, "Ask", 1)).toBe(4 + 2 + 4);
});

test("counts every branch, and ends where a loop or a missing state would not", () => {
  const branch = { StartAt: "B", States: { B: { Type: "Wait", Seconds: 1, End: true } } };
  expect(eventsOf({ P: { Type: "Parallel", Branches: [branch, branch], End: true } }, "P", 1)).toBe(4 + 2 + 4 + 4);
  expect(eventsOf({ A: { Type: "Pass", Next: "A" } }, "A", 1)).toBe(6);
  expect(eventsOf({}, "Gone", 2)).toBe(8);
});
