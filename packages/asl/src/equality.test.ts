import * as fc from "fast-check";
import { expect, it } from "vitest";
import { compareCodeUnits, deepEqual } from "./equality.ts";
import type { JsonValue } from "./json.ts";

it("values are equal to their copies, whatever the order of members", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (drawn) => {
      const value: JsonValue = JSON.parse(JSON.stringify(drawn));
      const reversed: JsonValue = JSON.parse(JSON.stringify(drawn), (_key, member: JsonValue) =>
        typeof member === "object" && member !== null && !Array.isArray(member)
          ? Object.fromEntries(Object.entries(member).toReversed())
          : member,
      );
      expect(deepEqual(value, reversed)).toBe(true);
      expect(deepEqual([value], value)).toBe(false);
    }),
  );
});

it.each<[JsonValue, JsonValue]>([
  [1, "1"],
  [null, {}],
  [[], {}],
  [{ a: 1 }, { a: 1, b: 1 }],
  [{ a: 1 }, { b: 1 }],
  [
    [1, 2],
    [2, 1],
  ],
  [{}, Object.fromEntries([["__proto__", {}]])],
])("%j is not %j", (one, other) => {
  expect(deepEqual(one, other)).toBe(false);
  expect(deepEqual(other, one)).toBe(false);
});

it("text is ordered by UTF-16 code units, as Java orders it", () => {
  expect(["b", "a", "B", "\uFFFD", "🙂"].toSorted(compareCodeUnits)).toEqual(["B", "a", "b", "🙂", "\uFFFD"]);
  expect(compareCodeUnits("a", "a")).toBe(0);
});
