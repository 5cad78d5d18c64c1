import * as fc from "fast-check";
import type { JsonValue } from "@stepwright/asl";
import { expect, test } from "vitest";
import { maxJsonDepth, payloadBytes } from "./payload-size.ts";

function nested(depth: number): JsonValue {
  return JSON.parse("[".repeat(depth) + "]".repeat(depth)) as JsonValue;
}

test("counts what JSON.stringify writes, in UTF-8", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(payloadBytes(value as JsonValue)).toBe(Buffer.byteLength(JSON.stringify(value)));
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("counts escapes and pairs of surrogates", () => {
  const text = '"\\\b\f\n\r\t\u0001é€😀';
  expect(payloadBytes(text)).toBe(Buffer.byteLength(JSON.stringify(text)));
});

test("a value nested too deep has no size", () => {
  expect(payloadBytes(nested(maxJsonDepth))).toBe(2 * maxJsonDepth);
  expect(payloadBytes(nested(maxJsonDepth + 1))).toBe(Number.POSITIVE_INFINITY);
});
