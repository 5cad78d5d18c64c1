import { expect, test } from "vitest";
import { z } from "zod";
import { wireSchemaOf } from "./wire-schema.ts";

test("what a task takes is what may be sent: defaults are optional", () => {
  const schema = z.object({ limit: z.int().min(0).max(9).default(3) });
  const limit = { type: "integer", minimum: 0, maximum: 9, default: 3 };
  expect(wireSchemaOf(schema, "input")).toEqual({ schema: { type: "object", properties: { limit } } });
  expect(wireSchemaOf(schema, "output")).toMatchObject({ schema: { required: ["limit"] } });
});

test("a Date is a string on the wire", () => {
  expect(wireSchemaOf(z.date(), "output")).toEqual({ schema: { type: "string", format: "date-time" } });
});

test.each([
  ["bigint", z.bigint()],
  ["map", z.map(z.string(), z.string())],
  ["set", z.set(z.string())],
])("a %s has no JSON form", (type, schema) => {
  expect(() => wireSchemaOf(z.object({ schema }), "input")).toThrow(`a ${type} has no JSON form`);
});

test("without a schema, or from a library that gives no JSON Schema, the wire is unknown and says why", () => {
  expect(wireSchemaOf(undefined, "input")).toEqual({
    unknownBecause: "the contract gives a plain type and no schema",
    isPlainType: true,
  });
  const foreign = { "~standard": { version: 1, vendor: "other", validate: () => ({ value: 1 }) } };
  expect(wireSchemaOf(foreign, "input")).toEqual({ unknownBecause: "other gives no Standard JSON Schema" });
});
