import { expect, test } from "vitest";
import type { JsonObject } from "@stepwright/asl";
import { largestJsonBytes } from "./largest-json.ts";

const object = (properties: JsonObject): JsonObject => ({ type: "object", properties, additionalProperties: false });

test.each<[JsonObject, string]>([
  [{ type: "null" }, "null"],
  [{ type: "boolean" }, "false"],
  [{ type: "number" }, "-1.2345678901234567e-300"],
  [{ const: "ümlaut" }, '"ümlaut"'],
  [{ enum: ["a", "long", 1] }, '"long"'],
  [{ type: "string", maxLength: 2 }, JSON.stringify("\u0000\u0001")],
  [{ type: "array", items: { type: "boolean" }, maxItems: 3 }, "[false,false,false]"],
  [{ type: "array", prefixItems: [{ type: "null" }], items: false }, "[null]"],
  [object({ a: { type: "boolean" }, b: { type: "null" } }), '{"a":false,"b":null}'],
  [{ anyOf: [{ type: "null" }, { const: "either" }] }, '"either"'],
  [{ type: ["null", "boolean"] }, "false"],
  [{ allOf: [{ type: "string" }, { const: "x" }] }, '"x"'],
  [{ $ref: "#/$defs/flag", $defs: { flag: { type: "boolean" } } }, "false"],
])("%j holds %s", (schema, largest) => {
  const bytes = largestJsonBytes(schema);
  expect(bytes).toBeGreaterThanOrEqual(Buffer.byteLength(largest));
  // A comma more for each list and object is all that is added.
  expect(bytes).toBeLessThanOrEqual(Buffer.byteLength(largest) + 1);
});

test.each<[JsonObject]>([
  [{ type: "string" }],
  [{ type: "array", items: { type: "null" } }],
  [{ type: "object", properties: {} }],
  [{}],
  [{ $ref: "#", title: "itself" }],
  [{ $ref: "#/nowhere" }],
  [object({ next: { $ref: "#" } })],
])("%j has no bound", (schema) => {
  expect(largestJsonBytes(schema)).toBe(Infinity);
});
