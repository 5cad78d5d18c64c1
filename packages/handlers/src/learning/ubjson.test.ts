import { expect, test } from "vitest";
import { decodeUbjson } from "./ubjson.ts";

/** Characters stand for their codes, numbers for bytes. */
function bytes(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === "number" ? [part] : Array.from(part, (c) => c.charCodeAt(0)))),
  );
}

test.each([
  ["null, with a no-op before it", bytes("NZ"), null],
  ["true", bytes("T"), true],
  ["false", bytes("F"), false],
  ["int8", bytes("i", 0xff), -1],
  ["uint8", bytes("U", 0xff), 255],
  ["int16", bytes("I", 0xff, 0xfe), -2],
  ["int32", bytes("l", 0x7f, 0xff, 0xff, 0xff), 2 ** 31 - 1],
  ["int64", bytes("L", 0, 0, 0, 1, 0, 0, 0, 0), 2 ** 32],
  ["float32", bytes("d", 0x3f, 0xc0, 0, 0), 1.5],
  ["float64", bytes("D", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5],
  ["a character", bytes("Ca"), "a"],
  ["text in UTF-8", bytes("Si", 2, 0xc3, 0xa9), "é"],
  ["an open array", bytes("[i", 1, "T]"), [1, true]],
  ["a counted array", bytes("[#i", 2, "i", 1, "T"), [1, true]],
  ["a typed array", bytes("[$U#i", 3, 1, 2, 3), [1, 2, 3]],
  ["an empty array", bytes("[]"), []],
  ["an open object", bytes("{i", 1, "aTi", 1, "bF}"), { a: true, b: false }],
  ["a counted object", bytes("{#i", 1, "i", 1, "aZ"), { a: null }],
  ["a typed object", bytes("{$i#i", 1, "i", 1, "a", 5), { a: 5 }],
])("reads %s", (_, encoded, value) => {
  expect(decodeUbjson(encoded)).toEqual(value);
});

test("__proto__ is a key like any other", () => {
  const value = decodeUbjson(bytes("{i", 9, "__proto__", "i", 1, "}"));
  expect(JSON.stringify(value)).toBe('{"__proto__":1}');
});

test.each([
  ["nothing", bytes(), "byte 0", "found the end after 0 bytes"],
  ["a cut number", bytes("D", 0, 0), "byte 1", "found the end after 2 bytes; wanted 8"],
  ["a cut array", bytes("[T"), "byte 2", "found the end"],
  ["an unknown marker", bytes("[x]"), "byte 1", 'found "x"; wanted a type marker'],
  ["a key of the prototype as marker", bytes("constructor"), "byte 0", 'found "c"'],
  ["a length beyond the end", bytes("[$U#l", 0x7f, 0xff, 0xff, 0xff), "byte 4", "found the length 2147483647; 0 bytes"],
  ["a negative length", bytes("Si", 0xff), "byte 1", "found the length -1"],
  ["a length that is no number", bytes("ST"), "byte 1", 'found "T"; wanted a length'],
  ["a typed array without a count", bytes("[$Ui"), "byte 3", "wanted #"],
  ["text that is no UTF-8", bytes("Si", 1, 0xff), "byte 3", "no UTF-8"],
  ["an integer beyond 2^53", bytes("L", 0x7f, 0, 0, 0, 0, 0, 0, 0), "byte 1", "below 2^53"],
  ["bytes after the document", bytes("TT"), "byte 1", "1 bytes follow"],
  ["endless nesting", bytes("[".repeat(1000)), "byte 66", "nested more than 64 deep"],
])("refuses %s", (_, encoded, location, message) => {
  expect(() => decodeUbjson(encoded)).toThrow(
    expect.objectContaining({ name: "ModelArtifactCorruptError", location, message: expect.stringContaining(message) }),
  );
});
