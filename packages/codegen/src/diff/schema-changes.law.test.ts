/** Whatever the words are, they must not promise too much: ajv decides which values two random schemas take. */
import { isJsonObject, seededRandom } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { schemaChanges } from "./schema-changes.ts";

type Random = (below: number) => number;

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random(items.length)] as Item;
}

const names = ["a", "b", "c"];

function someSchema(random: Random, depth: number): JsonObject {
  const kinds: readonly (() => JsonObject)[] = [
    () => ({ type: "string", ...(random(2) === 0 ? { minLength: random(3) } : {}) }),
    () => ({ enum: names.slice(0, 1 + random(3)) }),
    () => ({ const: pick([1, "a", null], random) }),
    () => ({ type: pick(["number", "integer"], random), ...(random(2) === 0 ? { maximum: random(4) } : {}) }),
    () => ({ type: ["string", "null"] }),
    () => ({}),
    ...(depth === 0
      ? []
      : [
          () => someObject(random, depth),
          () => someObject(random, depth),
          () => ({
            type: "array",
            items: someSchema(random, depth - 1),
            ...(random(2) === 0 ? { maxItems: random(3) } : {}),
          }),
          () => ({ anyOf: [someSchema(random, depth - 1), someSchema(random, depth - 1)] }),
        ]),
  ];
  return pick(kinds, random)();
}

function someObject(random: Random, depth: number): JsonObject {
  const own = names.filter(() => random(2) === 0);
  const required = own.filter(() => random(2) === 0);
  return {
    type: "object",
    properties: Object.fromEntries(own.map((name) => [name, someSchema(random, depth - 1)])),
    ...(required.length === 0 ? {} : { required }),
    ...(random(2) === 0 ? { additionalProperties: false } : {}),
  };
}

/** The same schema with a change somewhere, most of the time. */
function mutated(schema: JsonObject, random: Random, depth: number): JsonObject {
  if (random(3) === 0) return someSchema(random, depth);
  const { properties } = schema;
  const name = pick(names, random);
  if (!isJsonObject(properties) || !isJsonObject(properties[name])) {
    return schema["type"] === "object" && random(2) === 0
      ? { ...schema, additionalProperties: random(2) === 0 }
      : schema;
  }
  return { ...schema, properties: { ...properties, [name]: mutated(properties[name], random, depth - 1) } };
}

function someValue(random: Random, depth: number): JsonValue {
  const kinds: readonly (() => JsonValue)[] = [
    () => pick(["", "a", "b", "c", "long"], random),
    () => pick([0, 1, 2, 3.5], random),
    () => null,
    ...(depth === 0
      ? []
      : [
          () =>
            Object.fromEntries(names.filter(() => random(2) === 0).map((name) => [name, someValue(random, depth - 1)])),
          () => Array.from({ length: random(3) }, () => someValue(random, depth - 1)),
        ]),
  ];
  return pick(kinds, random)();
}

test("what is only narrowed takes nothing new, what is only widened refuses nothing more, and no change is none", () => {
  const source = seededRandom(7);
  const random: Random = (below) => Math.floor(source.next() * below);
  const ajv = new Ajv2020({ strict: false });
  const values = Array.from({ length: 300 }, () => someValue(random, 2));
  const seen = { none: 0, narrowed: 0, widened: 0, changed: 0 };
  for (let round = 0; round < 1500; round++) {
    const before = someSchema(random, 2);
    const after = mutated(before, random, 2);
    const effects = new Set(schemaChanges(before, after).map(({ effect }) => effect));
    const [took, takes] = [ajv.compile(before), ajv.compile(after)];
    const come = values.find((value) => takes(value) && !took(value));
    const gone = values.find((value) => took(value) && !takes(value));
    const [only] = effects;
    const effect = effects.size === 0 ? "none" : effects.size === 1 && only !== undefined ? only : "changed";
    seen[effect]++;
    const broken = [
      ...(effect === "none" || effect === "narrowed" ? [come] : []),
      ...(effect === "none" || effect === "widened" ? [gone] : []),
    ].filter((value) => value !== undefined);
    expect({ broken, before, after }).toEqual({ broken: [], before, after });
  }
  // Each of the promises was made often enough to be broken.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(25);
});
