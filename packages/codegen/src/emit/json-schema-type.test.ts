import type { JsonObject } from "@stepwright/asl";
import { expect, test } from "vitest";
import { printType } from "./json-schema-type.ts";

const noDefinitions = () => undefined;

test.each<[type: string, schema: JsonObject]>([
  ["string", { type: "string", format: "date-time", pattern: "^a" }],
  ["number", { type: "integer", minimum: 1 }],
  ["number | null", { type: ["number", "null"] }],
  ['"a" | 1 | true | null', { enum: ["a", 1, true, null] }],
  ['"fixed"', { type: "string", const: "fixed" }],
  ["readonly string[]", { type: "array", items: { type: "string" } }],
  ["readonly (string | null)[]", { type: "array", items: { anyOf: [{ type: "string" }, { type: "null" }] } }],
  ["readonly (readonly number[])[]", { type: "array", items: { type: "array", items: { type: "number" } } }],
  [
    "readonly [string, number]",
    { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
  ],
  [
    "readonly [string, number?, ...boolean[]]",
    { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: { type: "boolean" }, minItems: 1 },
  ],
  ["Readonly<Record<string, number>>", { type: "object", additionalProperties: { type: "number" } }],
  ["Readonly<Record<string, never>>", { type: "object", properties: {}, additionalProperties: false }],
  [
    "(string | number) & boolean",
    { allOf: [{ anyOf: [{ type: "string" }, { type: "number" }] }, { type: "boolean" }] },
  ],
  ["unknown", {}],
  ["unknown", { type: "frobnicated" }],
  ["unknown", { anyOf: [{ type: "string" }, {}] }],
  ["unknown", { $ref: "#/$defs/Missing" }],
])("prints %s", (expected, schema) => {
  expect(printType(schema, noDefinitions)).toBe(expected);
});

test("prints members in their order, optional where they are not required, with their descriptions", () => {
  const schema: JsonObject = {
    type: "object",
    properties: {
      id: { type: "string", description: "Never */ reused." },
      "content-type": { type: "string" },
      nested: { type: "object", properties: { deep: { type: "boolean" } }, required: ["deep"] },
    },
    required: ["id"],
  };
  expect(printType(schema, noDefinitions)).toBe(`{
  /** Never *\\/ reused. */
  readonly id: string;
  readonly "content-type"?: string;
  readonly nested?: {
    readonly deep: boolean;
  };
}`);
});

function member(kind: string): JsonObject {
  return { type: "object", properties: { kind: { const: kind } }, required: ["kind"] };
}

test("puts each object of a union on lines of its own", () => {
  expect(printType({ oneOf: [member("a"), member("b")] }, noDefinitions)).toBe(`
  | {
      readonly kind: "a";
    }
  | {
      readonly kind: "b";
    }`);
});

test("names a definition", () => {
  const schema = { type: "array", items: { $ref: "#/$defs/Line~1Item" } };
  expect(printType(schema, (definition) => (definition === "Line/Item" ? "Line" : undefined))).toBe("readonly Line[]");
});
