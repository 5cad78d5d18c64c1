import { expect, test } from "vitest";
import { breakLines, textWidth } from "./text-lines.ts";

test.each([
  ["between words", "one two three", 8, ["one two", "three"]],
  ["long names before capitals", "IngestTrainingDataOfModel", 12, ["Ingest", "TrainingData", "OfModel"]],
  [
    "long error names behind dots",
    "retry on DynamoDB.ConditionalCheck",
    18,
    ["retry on DynamoDB.", "ConditionalCheck"],
  ],
  ["no word that fits", "CamelCase words", 10, ["CamelCase", "words"]],
  ["not what has no place to break", "abcdefghijkl", 5, ["abcdefghijkl"]],
])("breaks %s", (_, text, width, lines) => {
  expect(breakLines(text, width, 5)).toEqual(lines);
});

test("cuts off what is too much", () => {
  expect(breakLines("one, two, three, four", 5, 2)).toEqual(["one,", "two …"]);
});

test("letters that fill a square take their room", () => {
  expect(textWidth("承認", 10)).toBe(21);
  expect(textWidth("ab", 10)).toBeLessThan(15);
});
