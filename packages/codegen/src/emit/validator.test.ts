import type { JsonObject, JsonValue } from "@stepwright/asl";
import { expect, test } from "vitest";
import { compileValidator } from "./validator.ts";

type ViolationsOf = (event: unknown) => readonly { readonly path: string; readonly message: string }[];

async function validatorOf(schema: JsonObject): Promise<ViolationsOf> {
  const code = await compileValidator(schema);
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  const module = (await import(/* @vite-ignore */ url)) as { violationsOf: ViolationsOf };
  return module.violationsOf;
}

const order: JsonObject = {
  type: "object",
  properties: {
    id: { type: "string", minLength: 2 },
    total: { type: "number", minimum: 0 },
    currency: { enum: ["EUR", "USD"] },
  },
  required: ["id", "total"],
};

test("an event that fits has no violations", async () => {
  const violationsOf = await validatorOf(order);
  expect(violationsOf({ id: "o1", total: 3, currency: "EUR", more: true })).toEqual([]);
});

test("every violation is told, with its place and what was wanted", async () => {
  const violationsOf = await validatorOf(order);
  expect(violationsOf({ id: "o", total: -1, currency: "GBP" })).toEqual([
    { path: "/id", message: "must NOT have fewer than 2 characters" },
    { path: "/total", message: "must be >= 0" },
    { path: "/currency", message: 'must be one of "EUR", "USD"' },
  ]);
});

test("the code stands alone: it imports nothing", async () => {
  expect(await compileValidator(order)).not.toMatch(/\bimport\b|[^'"]require\(/);
});

test("the same schema gives the same bytes, and a description changes nothing", async () => {
  const described = { ...order, description: "An order", title: "Order" };
  expect(await compileValidator(described)).toBe(await compileValidator(structuredClone(order)));
});

test("a long pattern is cut short", async () => {
  const violationsOf = await validatorOf({ type: "string", pattern: `^(?:${"abcdefghij|".repeat(20)}k)$` });
  const [violation] = violationsOf("other");
  expect(violation?.message).toMatch(/^must match pattern "\^\(\?:abcdefghij\|.*…$/);
  expect(violation?.message).toHaveLength(100);
});

test("characters are counted as code points", async () => {
  const violationsOf = await validatorOf({ type: "string", maxLength: 1 });
  expect(violationsOf("😀")).toEqual([]);
});

test("a union is judged by the kind that the event claims to be", async () => {
  const violationsOf = await validatorOf({
    oneOf: [
      {
        type: "object",
        properties: { kind: { const: "cat" }, lives: { type: "integer" } },
        required: ["kind", "lives"],
      },
      { type: "object", properties: { kind: { enum: ["dog", "wolf"] } }, required: ["kind"] },
    ],
  });
  expect(violationsOf({ kind: "wolf" })).toEqual([]);
  expect(violationsOf({ kind: "cat" })).toEqual([{ path: "", message: "must have required property 'lives'" }]);
  expect(violationsOf({ kind: "fish" })).toEqual([
    { path: "/kind", message: 'is "fish", which is none of the allowed kinds' },
  ]);
});

test("parts that occur again are judged each time", async () => {
  const money: JsonObject = { type: "object", properties: { cents: { type: "integer" } }, required: ["cents"] };
  const violationsOf = await validatorOf({
    type: "object",
    properties: { paid: money, due: money },
    required: ["paid", "due"],
  });
  expect(violationsOf({ paid: { cents: 1 }, due: { cents: "1" } })).toEqual([
    { path: "/due/cents", message: "must be integer" },
  ]);
});

test.each(["constructor", "toString"])("a required %s must be the event's own", async (key) => {
  const violationsOf = await validatorOf({ type: "object", properties: { [key]: {} }, required: [key] });
  expect(violationsOf({})).toEqual([{ path: "", message: `must have required property '${key}'` }]);
  expect(violationsOf({ [key]: 1 })).toEqual([]);
});

test.each<[JsonValue]>([[null], [[]], ["text"], [0]])("%j is no object", async (event) => {
  const violationsOf = await validatorOf(order);
  expect(violationsOf(event)).toEqual([{ path: "", message: "must be object" }]);
});
