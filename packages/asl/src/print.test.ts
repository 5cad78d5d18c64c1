import { expect, test } from "vitest";
import { printDefinition } from "./print.ts";
import { parseJson } from "./text/json-text.ts";
import type { JsonObject } from "./json.ts";

test("prints fields in the specification's order, unknown fields after, and ends with a newline", () => {
  const text = printDefinition({
    States: { B: { End: true, Extra: 1, Result: { z: 1, a: 2 }, Type: "Pass" }, A: { Type: "Succeed" } },
    StartAt: "B",
    Comment: "c",
  });
  expect(text).toBe(`{
  "Comment": "c",
  "StartAt": "B",
  "States": {
    "B": {
      "Type": "Pass",
      "Result": {
        "z": 1,
        "a": 2
      },
      "End": true,
      "Extra": 1
    },
    "A": {
      "Type": "Succeed"
    }
  }
}
`);
});

test("orders the fields of retriers, branches and processors too", () => {
  const text = printDefinition({
    StartAt: "P",
    States: {
      P: {
        Type: "Parallel",
        Branches: [
          { States: { T: { Next: "X", Retry: [{ BackoffRate: 2, ErrorEquals: ["A"] }], Type: "Task" } }, StartAt: "T" },
        ],
      },
    },
  });
  const keys = [...text.matchAll(/"(StartAt|States|Type|ErrorEquals|BackoffRate|Next|Retry)":/g)].map(
    (match) => match[1],
  );
  expect(keys).toEqual([
    "StartAt",
    "States",
    "Type",
    "StartAt",
    "States",
    "Type",
    "Retry",
    "ErrorEquals",
    "BackoffRate",
    "Next",
  ]);
});

test("keeps the text of numbers and a member named __proto__", () => {
  const source =
    '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"__proto__":1.0,"big":12345678901234567890},"End":true}}}';
  const definition = parseJson(source).value as JsonObject;
  expect(JSON.stringify(JSON.parse(printDefinition(definition)))).toBe(JSON.stringify(JSON.parse(source)));
  expect(printDefinition(definition)).toContain('"__proto__": 1.0');
  expect(printDefinition(definition)).toContain('"big": 12345678901234567890');
});
