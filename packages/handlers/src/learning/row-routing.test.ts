import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MISSING_BIN } from "./binning.ts";
import { partitionRows, routeRows } from "./row-routing.ts";

const bin = fc.oneof(fc.integer({ min: 0, max: 254 }), fc.constantFrom(0, 254, MISSING_BIN));

test("rows part by their bin, missing ones as told, and keep their order", () => {
  fc.assert(
    fc.property(fc.array(bin), fc.integer({ min: 0, max: 254 }), fc.boolean(), (bins, border, missingGoesLeft) => {
      const rows = Int32Array.from(bins, (_, row) => row);
      const question = { feature: 0, bin: border, missingGoesLeft };
      const middle = partitionRows(
        rows,
        { start: 0, end: rows.length },
        Uint8Array.from(bins),
        question,
        new Int32Array(rows.length),
      );
      const goesLeft = (row: number) => (bins[row] === MISSING_BIN ? missingGoesLeft : bins[row]! <= border);
      const all = bins.map((_, row) => row);
      expect([...rows.subarray(0, middle)]).toEqual(all.filter(goesLeft));
      expect([...rows.subarray(middle)]).toEqual(all.filter((row) => !goesLeft(row)));
    }),
    { numRuns: 300 },
  );
});

test("rows outside the range stay where they are", () => {
  const rows = Int32Array.of(0, 1, 2, 3);
  partitionRows(
    rows,
    { start: 1, end: 3 },
    Uint8Array.of(9, 9, 0, 0),
    { feature: 0, bin: 5, missingGoesLeft: false },
    new Int32Array(4),
  );
  expect([...rows]).toEqual([0, 2, 1, 3]);
});

test("a routed row ends in its leaf", () => {
  const routing = [
    { question: { feature: 1, bin: 3, missingGoesLeft: true }, left: 1, right: 2 },
    undefined,
    { question: { feature: 0, bin: 0, missingGoesLeft: false }, left: 3, right: 4 },
    undefined,
    undefined,
  ];
  const columns = [Uint8Array.of(0, 1, 0, 1), Uint8Array.of(3, MISSING_BIN, 4, 4)];
  const rows = Int32Array.of(0, 1, 2, 3);
  expect(routeRows(routing, columns, rows)).toEqual([
    { node: 1, start: 0, end: 2 },
    { node: 3, start: 2, end: 3 },
    { node: 4, start: 3, end: 4 },
  ]);
});
