import { expect, test } from "vitest";
import { walkGraphs, walkStates } from "./walk.ts";

const definition = {
  StartAt: "M",
  QueryLanguage: "JSONPath",
  States: {
    M: {
      Type: "Map",
      QueryLanguage: "JSONata",
      ItemProcessor: { StartAt: "In/ner", States: { "In/ner": { Type: "Pass", End: true } } },
      Next: "P",
    },
    P: {
      Type: "Parallel",
      Branches: [{ StartAt: "B", States: { B: { Type: "Succeed" } } }, "not a branch"],
      End: true,
    },
    Odd: null,
  },
};

test("visits every state, outer before inner, with AWS's location", () => {
  expect(walkStates(definition).map(({ name, location }) => [name, location])).toEqual([
    ["M", "/States/M"],
    ["In/ner", "/States/M/ItemProcessor/States/In/ner"],
    ["P", "/States/P"],
    ["B", "/States/P/Branches[0]/States/B"],
  ]);
});

test("an inner state takes the machine's query language, not its Map's", () => {
  expect(walkStates(definition).map(({ name, queryLanguage }) => [name, queryLanguage])).toEqual([
    ["M", "JSONata"],
    ["In/ner", "JSONPath"],
    ["P", "JSONPath"],
    ["B", "JSONPath"],
  ]);
});

test("knows the graphs and the states that own them", () => {
  expect(walkGraphs(definition).map(({ role, owner, states }) => [role, owner?.name, states.length])).toEqual([
    ["StateMachine", undefined, 2],
    ["ItemProcessor", "M", 1],
    ["Branch", "P", 1],
  ]);
});

test("finds nothing in what is no definition", () => {
  for (const value of [null, 1, "x", [], {}, { States: [] }]) expect(walkStates(value as object)).toEqual([]);
});
