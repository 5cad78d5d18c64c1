import type { JsonObject, JsonValue } from "@stepwright/asl";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { validationSchema } from "./validation-schema.ts";

const ajv = new Ajv2020({ strict: false, validateFormats: false, discriminator: true, allErrors: true });

const money: JsonObject = {
  type: "object",
  description: "An amount",
  properties: { cents: { type: "integer" }, currency: { type: "string", pattern: "^[A-Z]{3}$" } },
  required: ["cents"],
};

/** Schemas that a careless rewriting would change, with events on both sides of their verdict. */
const cases: readonly { readonly what: string; readonly schema: JsonObject; readonly events: readonly JsonValue[] }[] =
  [
    {
      what: "properties that are named like keywords",
      schema: {
        type: "object",
        properties: {
          description: { type: "string" },
          format: money,
          items: { const: 1 },
          oneOf: money,
          properties: money,
        },
        required: ["description", "format"],
        additionalProperties: false,
      },
      events: [
        { description: "d", format: { cents: 1 } },
        { description: 1, format: { cents: 1 } },
        { description: "d", format: {}, oneOf: { cents: "1" }, items: 2 },
        { description: "d", format: { cents: 1 }, default: 1 },
      ],
    },
    {
      what: "constants that look like schemas",
      schema: { enum: [{ description: "kept", type: "object" }, { type: "object" }] },
      events: [{ description: "kept", type: "object" }, { type: "object" }, {}, { description: "kept" }],
    },
    {
      what: "parts that occur again, one inside another",
      schema: {
        type: "object",
        properties: {
          a: { type: "array", items: money },
          b: { type: "array", items: money },
          c: { type: "object", properties: { a: { type: "array", items: money } } },
        },
      },
      events: [
        {},
        { a: [{ cents: 1 }] },
        { b: [{ cents: 1.5 }] },
        { c: { a: [{}] } },
        { a: [], b: [{ cents: 1, currency: "eur" }] },
      ],
    },
    {
      what: "a union that occurs twice",
      schema: {
        type: "array",
        prefixItems: [1, 2].map(() => ({
          oneOf: [
            { type: "object", properties: { kind: { const: "a" }, paid: money }, required: ["kind", "paid"] },
            { type: "object", properties: { kind: { enum: ["b", "c"] }, paid: money }, required: ["kind"] },
          ],
        })),
        items: false,
      },
      events: [
        [],
        [{ kind: "a", paid: { cents: 1 } }, { kind: "c" }],
        [{ kind: "a" }],
        [{ kind: "b" }, { kind: "b", paid: {} }],
        [{ kind: "d" }],
        [{}],
        ["a"],
        [{ kind: "b" }, { kind: "b" }, 3],
      ],
    },
    {
      what: "a union whose members cannot be told apart by one property",
      schema: {
        oneOf: [
          { type: "object", required: ["x"] },
          { type: "object", required: ["y"] },
        ],
      },
      events: [{ x: 1 }, { y: 1 }, { x: 1, y: 1 }, {}],
    },
    {
      what: "names of properties that are restricted",
      schema: {
        type: "object",
        propertyNames: { type: "string", pattern: "^x-" },
        additionalProperties: { type: "string" },
      },
      events: [{ "x-a": "1" }, { a: "1" }, { "x-a": 1 }],
    },
    {
      what: "definitions of its own, recursive ones too",
      schema: {
        $ref: "#/$defs/Tree",
        $defs: { Tree: { type: "object", properties: { left: { $ref: "#/$defs/Tree" }, cost: money, price: money } } },
      },
      events: [{}, { left: { left: {} } }, { left: { left: 1 } }, { cost: {} }, { left: { price: { cents: 2 } } }],
    },
  ];

describe.each(cases)("$what", ({ schema, events }) => {
  const before = ajv.compile(schema);
  const after = ajv.compile(validationSchema(schema));

  test.each(events.map((event) => ({ event, fits: before(event) })))("$event: $fits", ({ event, fits }) => {
    expect(after(event)).toBe(fits);
  });

  test("is judged both ways", () => {
    expect(new Set(events.map((event) => before(event)))).toEqual(new Set([true, false]));
  });
});
