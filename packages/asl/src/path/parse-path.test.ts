import { describe, expect, it } from "vitest";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import { maxFilterDepth, parsePath, parseReferencePath } from "./parse-path.ts";

const nested = (depth: number) => `$[?${"(".repeat(depth)}@.a${")".repeat(depth)}]`;

describe("a path", () => {
  it.each([
    "$.a",
    "$.a.b[0]",
    "$['a b'][1]",
    '$["x"]',
    "$$.Execution.Id",
    "$var.a",
    "$.delivery-partner",
    "$",
    "$.a[-1]",
  ])("%s is a reference path", (text) => {
    expect(parsePath(text)).toMatchObject({ text, definite: true, reference: true });
    expect(parseReferencePath(text)).toMatchObject({ reference: true });
  });

  it.each(["$.*", "$..a", "$[0,1]", "$[1:]", "$[?(@.a)]", "$['a','b'].c", "$[*]"])("%s finds a list", (text) => {
    expect(parsePath(text)).toMatchObject({ definite: false, reference: false });
    expect(parseReferencePath(text)).toBeInstanceOf(ExpressionSyntaxError);
  });

  it.each(["$['a','b']", "$.a.length()"])("%s finds one value and is no reference path", (text) => {
    expect(parsePath(text)).toMatchObject({ definite: true, reference: false });
  });

  it("keeps escapes and odd names", () => {
    expect(parsePath(String.raw`$['it\'s'].$ref['\u00e9\n']['a.b']`)).toMatchObject({
      segments: [
        { kind: "member", name: "it's" },
        { kind: "member", name: "$ref" },
        { kind: "member", name: "é\n" },
        { kind: "member", name: "a.b" },
      ],
    });
  });

  it.each([
    ["", 0, "found the end at offset 0, wanted '$'"],
    ["a.b", 0, "found 'a' at offset 0, wanted '$'"],
    ["$.", 2, "wanted a member name, '*' or '['"],
    ["$..", 3, "wanted a member name, '*' or '['"],
    ["$...a", 3, "wanted a member name, '*' or '['"],
    ["$.a..", 5, "wanted a member name"],
    ["$.a b", 4, "wanted '.' or '['"],
    ["$a-b", 2, "wanted '.' or '['"],
    ["$[]", 2, "wanted an index, a slice, a quoted member name, '*' or a filter '?('"],
    ["$[", 2, "wanted an index"],
    ["$['a", 4, "wanted a closing '"],
    ["$[1", 3, "wanted ']'"],
    ["$[:]", 3, "wanted a slice with a start or an end"],
    ["$[99999999999]", 2, "wanted an integer of 32 bits"],
    ["$[?(@.a]", 7, "wanted ')'"],
    ["$[?(@.a ==)]", 10, "wanted a path, a number"],
    ["$[?(@.a ~ 1)]", 8, "wanted ')'"],
    ["$[?(@.a =~ /(/)]", 11, "wanted a regular expression"],
    ["$.a.nope()", 4, "wanted one of the functions length"],
    ["$.length().a", 10, "wanted '.' or '['"],
  ])("%j is none", (text, offset, message) => {
    const error = parsePath(text);
    expect(error).toBeInstanceOf(ExpressionSyntaxError);
    expect(error).toMatchObject({ text, offset, message: expect.stringContaining(message) });
  });

  it("nests filters to a bound and no deeper", () => {
    expect(parsePath(nested(maxFilterDepth))).toMatchObject({ definite: false });
    expect(parsePath(nested(maxFilterDepth + 1))).toBeInstanceOf(ExpressionSyntaxError);
    expect(parsePath(nested(100_000))).toBeInstanceOf(ExpressionSyntaxError);
    expect(parsePath("$[?(@".repeat(10_000))).toBeInstanceOf(ExpressionSyntaxError);
  });
});
