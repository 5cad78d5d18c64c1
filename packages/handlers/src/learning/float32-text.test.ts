import * as fc from "fast-check";
import { expect, test } from "vitest";
import { float32Text } from "./float32-text.ts";

test.each([
  [0, "0E0"],
  [-0, "0E0"],
  [3, "3E0"],
  [-1, "-1E0"],
  [0.1, "1E-1"],
  [0.03407, "3.407E-2"],
  [1e30, "1E30"],
  [16777216, "1.6777216E7"],
  [3.4028234663852886e38, "3.4028235E38"],
  [1e-45, "1.4013E-45"],
])("%d is written %s", (value, text) => {
  expect(float32Text(value)).toBe(text);
});

test("the text has at most nine digits and reads back as the same float32", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = float32Text(value);
      expect(text).toMatch(/^-?\d(\.\d{1,8})?E-?\d+$/);
      expect(Math.fround(Number(text)) + 0).toBe(value + 0);
    }),
    { numRuns: 2000 },
  );
});
