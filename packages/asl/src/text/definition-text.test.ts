import { describe, expect, test } from "vitest";
import { parseDefinitionText } from "./definition-text.ts";
import type { JsonObject } from "../json.ts";
import { printDefinition } from "../print.ts";

const json = `{
  "StartAt": "A",
  "States": {
    "A": {"Type": "Wait", "Seconds": 1.0,
      "End": true}
  }
}`;
const yaml = `# waits
StartAt: A
States:
  A:
    Type: Wait
    Seconds: 1.0
    End: true
`;

describe.each([
  ["json", json, { line: 4, column: 5 }, { line: 5, column: 7 }],
  ["yaml", yaml, { line: 4, column: 3 }, { line: 7, column: 5 }],
] as const)("%s", (format, text, state, end) => {
  const parsed = parseDefinitionText(text, { file: `wait.${format}` });

  test("is told by the file's name and by the text", () => {
    expect(parsed.format).toBe(format);
    expect(parseDefinitionText(text).format).toBe(format);
  });

  test("gives the definition and keeps the text of numbers", () => {
    expect(parsed.definition).toEqual({ StartAt: "A", States: { A: { Type: "Wait", Seconds: 1, End: true } } });
    expect(printDefinition(parsed.definition as JsonObject)).toContain('"Seconds": 1.0');
  });

  test("locates members, and what is missing at the nearest member there is", () => {
    expect(parsed.positions.locate(["States", "A"])).toEqual({ file: `wait.${format}`, ...state });
    expect(parsed.positions.locate(["States", "A", "End"])).toEqual({ file: `wait.${format}`, ...end });
    expect(parsed.positions.locate(["States", "A", "Next", 3])).toEqual({ file: `wait.${format}`, ...state });
  });
});

test("says what is no JSON as the service does", () => {
  const { definition, diagnostics } = parseDefinitionText("not a definition");
  expect(definition).toBeUndefined();
  expect(diagnostics).toEqual([
    {
      severity: "ERROR",
      code: "INVALID_JSON_DESCRIPTION",
      message: `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"not a definition"; line: 1, column: 4]`,
      location: '[Source: (String)"not a definition"; line: 1, column: 4]',
      source: { file: "definition", line: 1, column: 4 },
    },
  ]);
});

test.each([
  ["json", '{"StartAt":"A","StartAt":"B"}', 16],
  ["yaml", "StartAt: A\nStartAt: B\n", 1],
] as const)("warns of duplicate keys in %s", (format, text, column) => {
  expect(parseDefinitionText(text, { format }).diagnostics).toMatchObject([
    { severity: "WARNING", code: "DUPLICATE_FIELD", location: "/StartAt", source: { column } },
  ]);
});

test("YAML: anchors are followed, CloudFormation's tags let through, bombs and loops defused", () => {
  const anchored = "a: &x {b: 1}\nc: *x\nd: !Sub text\n";
  expect(parseDefinitionText(anchored, { format: "yaml" }).definition).toEqual({ a: { b: 1 }, c: { b: 1 }, d: "text" });
  const bomb = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? "a0: &a0 [x]"
      : `a${level}: &a${level} [${Array(12)
          .fill(`*a${level - 1}`)
          .join(", ")}]`,
  ).join("\n");
  expect(parseDefinitionText(bomb, { format: "yaml" }).diagnostics).toMatchObject([{ code: "TOO_DEEPLY_NESTED" }]);
  expect(parseDefinitionText("a: &a [*a]", { format: "yaml" }).definition).toBeUndefined();
});
