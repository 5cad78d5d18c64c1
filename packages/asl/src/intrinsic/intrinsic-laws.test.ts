/** What holds for every argument of the intrinsic functions. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepEqual } from "../equality.ts";
import type { JsonValue } from "../json.ts";
import { seededRandom } from "../random.ts";
import { intrinsicFunctions } from "./intrinsic-functions.ts";
import type { IntrinsicName } from "./intrinsic.ts";

const call = (name: IntrinsicName, ...values: JsonValue[]) => intrinsicFunctions[name].call(values, seededRandom(1));
const json = fc.jsonValue().map((value): JsonValue => JSON.parse(JSON.stringify(value)));
const lists = fc.array(json, { maxLength: 20 });
const integers = fc.integer({ min: -1000, max: 1000 });

describe("intrinsic functions", () => {
  it("undo each other", () => {
    fc.assert(
      fc.property(json, fc.string({ unit: "grapheme" }), (value, text) => {
        const printed = call("States.JsonToString", value);
        expect(typeof printed === "string" && call("States.StringToJson", printed)).toEqual(value);
        const encoded = call("States.Base64Encode", text);
        expect(typeof encoded === "string" && call("States.Base64Decode", encoded)).toBe(text);
      }),
    );
  });

  it("partition without loss", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 7 }), (list, size) => {
        const chunks = call("States.ArrayPartition", list, size);
        expect(Array.isArray(chunks) && chunks.flat(1)).toEqual(list.flatMap((item) => [item]));
        expect(Array.isArray(chunks) && chunks.every((chunk) => Array.isArray(chunk) && chunk.length <= size)).toBe(
          true,
        );
      }),
    );
  });

  it("keep one of each", () => {
    fc.assert(
      fc.property(lists, (list) => {
        const unique = call("States.ArrayUnique", [...list, ...list]);
        if (!Array.isArray(unique)) throw new Error("no list");
        expect(list.every((item) => unique.some((kept: JsonValue) => deepEqual(kept, item)))).toBe(true);
        expect(call("States.ArrayUnique", unique)).toEqual(unique);
      }),
    );
  });

  it("count up to and with the end", () => {
    fc.assert(
      fc.property(integers, fc.nat(50), fc.integer({ min: 1, max: 9 }), (start, steps, step) => {
        const range = call("States.ArrayRange", start, start + steps * step, step);
        expect(range).toHaveLength(steps + 1);
        expect(range).toHaveProperty(`${steps}`, start + steps * step);
      }),
    );
  });

  it("add and draw within bounds", () => {
    fc.assert(
      fc.property(integers, integers, fc.integer({ min: 1, max: 1000 }), (one, other, span) => {
        expect(call("States.MathAdd", one, other)).toBe(one + other);
        const drawn = call("States.MathRandom", one, one + span, other);
        expect(drawn).toBeGreaterThanOrEqual(one);
        expect(drawn).toBeLessThan(one + span);
      }),
    );
  });

  it("split into pieces that have no separator", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 3 }), (text, separators) => {
        const pieces = call("States.StringSplit", text, separators);
        if (!Array.isArray(pieces)) throw new Error("no list");
        const separate = new Set(separators);
        expect(pieces.join("")).toBe(
          Array.from(text)
            .filter((character) => !separate.has(character))
            .join(""),
        );
        expect(pieces).not.toContain("");
      }),
    );
  });
});
