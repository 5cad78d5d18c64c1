import type { JsonValue } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { schemaChanges } from "./schema-changes.ts";

const object = (properties: JsonValue, required: readonly string[] = []): JsonValue => ({
  type: "object",
  properties,
  ...(required.length === 0 ? {} : { required: [...required] }),
});
const text = { type: "string" };
const number = { type: "number" };

describe("each change has a counterpart: what narrows one way widens the other", () => {
  test.each<[name: string, before: JsonValue, after: JsonValue, narrowed: string, widened: string]>([
    ["a required member", object({ a: text }), object({ a: text }, ["a"]), "a is required", "a may be absent"],
    ["a new required member", object({}), object({ a: text }, ["a"]), "a is required", "a may be absent"],
    ["a value", { enum: ["x", "y"] }, { enum: ["x"] }, 'it is no longer "y"', 'it is also "y"'],
    ["values", text, { type: "string", enum: ["x"] }, 'it is one of "x"', 'it is no longer one of "x"'],
    ["a kind", { type: ["string", "null"] }, text, "it is string or null -> string", "it is string -> string or null"],
    ["integers", number, { type: "integer" }, "it is number -> integer", "it is integer -> number"],
    ["anything", true, text, "it is anything -> string", "it is string -> anything"],
    ["a lower bound", { minimum: 1 }, { minimum: 2 }, "it is at least 1 -> 2", "it is at least 2 -> 1"],
    ["an upper bound", {}, { maximum: 2 }, "it is at most 2", "it is no longer at most 2"],
    ["a pattern", text, { ...text, pattern: "a" }, 'it has pattern "a"', 'it no longer has pattern "a"'],
    [
      "members beside the named",
      { type: "object" },
      { type: "object", additionalProperties: false },
      "it takes no other members",
      "it takes other members too",
    ],
    [
      "a member that may not be there",
      { ...(object({ a: text }) as object), additionalProperties: false },
      { ...(object({}) as object), additionalProperties: false },
      "a may no longer be given",
      "a may be given",
    ],
    [
      "inside arrays and objects",
      object({ models: { type: "array", items: object({ seed: number }) } }),
      object({ models: { type: "array", items: object({ seed: { type: "integer" } }) } }),
      "models[].seed is number -> integer",
      "models[].seed is integer -> number",
    ],
    ["an alternative", { anyOf: [text, { type: "null" }] }, text, "it is no longer null", "it is also null"],
    [
      "a tagged alternative",
      { oneOf: [object({ status: { const: "OK" } }), object({ status: { const: "SKIPPED" } })] },
      { oneOf: [object({ status: { const: "OK" } })] },
      "it is no longer status=SKIPPED",
      "it is also status=SKIPPED",
    ],
    [
      "inside a tagged alternative",
      { oneOf: [object({ status: { const: "OK" }, auc: number }), object({ status: { const: "NO" } })] },
      { oneOf: [object({ status: { const: "NO" } }), object({ status: { const: "OK" }, auc: { type: "integer" } })] },
      "(status=OK).auc is number -> integer",
      "(status=OK).auc is integer -> number",
    ],
  ])("%s", (_, before, after, narrowed, widened) => {
    expect(schemaChanges(before, after)).toEqual([{ effect: "narrowed", message: narrowed }]);
    expect(schemaChanges(after, before)).toEqual([{ effect: "widened", message: widened }]);
  });
});

test.each<[name: string, before: JsonValue, after: JsonValue]>([
  ["words", { type: "string", description: "a" }, { type: "string", title: "b", default: "c" }],
  ["the order of values", { enum: ["a", "b"] }, { enum: ["b", "a"] }],
  ["the order of alternatives", { anyOf: [text, number] }, { anyOf: [number, text] }],
  ["one value said in two ways", { const: "a" }, { enum: ["a"] }],
  ["anyOf and oneOf of different kinds", { anyOf: [text, number] }, { oneOf: [text, number] }],
  ["a definition under a name", { $defs: { A: text }, $ref: "#/$defs/A" }, text],
  [
    "a recursive schema",
    { $defs: { T: object({ next: { $ref: "#/$defs/T" } }) }, $ref: "#/$defs/T" },
    { $defs: { U: object({ next: { $ref: "#/$defs/U" } }) }, $ref: "#/$defs/U" },
  ],
  ["parts", { allOf: [object({ a: text }, ["a"]), object({ b: text })] }, object({ a: text, b: text }, ["a"])],
])("%s are no change", (_, before, after) => {
  expect(schemaChanges(before, after)).toEqual([]);
});

const tree = (seed: JsonValue) => ({
  $defs: { T: object({ seed, next: { $ref: "#/$defs/T" } }) },
  $ref: "#/$defs/T",
});

test("a change inside a recursive schema is told once", () => {
  expect(schemaChanges(tree(number), tree({ type: "integer" }))).toEqual([
    { effect: "narrowed", message: "seed is number -> integer" },
  ]);
});

test("other values of the same place are changed, neither more nor less", () => {
  const closed = (properties: JsonValue, required: readonly string[]) => ({
    ...(object(properties, required) as object),
    additionalProperties: false,
  });
  expect(schemaChanges(closed({}, []), closed({ a: text }, ["a"]))).toEqual([
    { effect: "changed", message: "a is new and required" },
  ]);
  expect(schemaChanges(closed({ a: text }, ["a"]), closed({}, []))).toEqual([
    { effect: "changed", message: "a may no longer be given" },
  ]);
  expect(schemaChanges(object({ a: text }), object({ a: number }))).toEqual([
    { effect: "changed", message: "a is string -> number" },
  ]);
  expect(schemaChanges({ pattern: "a" }, { pattern: "b" })).toEqual([
    { effect: "changed", message: 'it has pattern "a" -> "b"' },
  ]);
});

/** What a schema of zod takes decides whether the words are right. */
test("a narrowed schema takes no value that the wider one refuses", () => {
  const before = z.object({
    id: z.string(),
    mode: z.enum(["full", "fast"]).optional(),
    limits: z.array(z.int().min(1)),
  });
  const after = before.extend({ mode: z.enum(["full"]).optional(), limits: z.array(z.int().min(2)).max(3) });
  expect(schemaChanges(z.toJSONSchema(before) as JsonValue, z.toJSONSchema(after) as JsonValue)).toEqual([
    { effect: "narrowed", message: 'mode is no longer "fast"' },
    { effect: "narrowed", message: "limits has at most 3 items" },
    { effect: "narrowed", message: "limits[] is at least 1 -> 2" },
  ]);
});
