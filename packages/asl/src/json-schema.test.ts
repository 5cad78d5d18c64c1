import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { definitionJsonSchema } from "./json-schema.ts";

const ajv = new Ajv2020({ allowUnionTypes: true });
const validate = ajv.compile(definitionJsonSchema());

test("asl.schema.json is what the field table says (vitest -u writes it)", async () => {
  await expect(`${JSON.stringify(definitionJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    "../generated/asl.schema.json",
  );
});

test("accepts a definition with placeholders, expressions and nested states", () => {
  const definition = {
    StartAt: "Each",
    TimeoutSeconds: "${Timeout}",
    States: {
      Each: {
        Type: "Map",
        QueryLanguage: "JSONata",
        MaxConcurrency: "{% $states.input.n %}",
        ItemProcessor: {
          StartAt: "Call",
          States: { Call: { Type: "Task", Resource: { "Fn::GetAtt": ["F", "Arn"] }, End: true } },
        },
        End: true,
      },
    },
  };
  validate(definition);
  expect(validate.errors).toBeNull();
});

test.each([
  ["an unknown field", { StartAt: "A", States: { A: { Type: "Pass", Enter: 1 } } }],
  ["a field of another type", { StartAt: "A", States: { A: { Type: "Pass", Retry: [] } } }],
  ["an unknown type", { StartAt: "A", States: { A: { Type: "pass" } } }],
  ["no state", { StartAt: "A", States: {} }],
  ["a number out of range", { StartAt: "A", States: { A: { Type: "Wait", Seconds: -1 } } }],
  ["no Resource", { StartAt: "A", States: { A: { Type: "Task", End: true } } }],
])("refuses %s", (_what, definition) => {
  expect(validate(definition)).toBe(false);
});
