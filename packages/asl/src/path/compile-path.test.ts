import { describe, expect, it } from "vitest";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { scopeOf } from "../../test/scope.ts";
import { compilePathText, type CompiledPath } from "./compile-path.ts";

function compiled(text: string): CompiledPath {
  const path = compilePathText(text);
  if (path instanceof ExpressionSyntaxError) throw new Error(path.message);
  return path;
}

const evaluate = (text: string, input: JsonValue) => compiled(text).evaluate(scopeOf({ input }));
const explain = (text: string, input: JsonValue) => compiled(text).explainMiss(scopeOf({ input }));

const bicycle: JsonValue = { color: "red", price: 19 };
const store: JsonValue = {
  book: [
    { title: "A", price: 8, tags: ["x", "y"] },
    { title: "B", price: 12, isbn: "0-1" },
    { title: "C", price: 22, isbn: "0-2" },
  ],
  bicycle,
};

describe("a definite path", () => {
  it.each<[string, JsonValue]>([
    ["$", store],
    ["$.bicycle.color", "red"],
    ["$['bicycle']['color']", "red"],
    ['$["bicycle"].price', 19],
    ["$.book[0].title", "A"],
    ["$.book[-1].title", "C"],
    ["$.book[0].tags[1]", "y"],
    ["$.bicycle['color','price']", { color: "red", price: 19 }],
    ["$.bicycle['color','weight']", { color: "red" }],
    ["$.book.length()", 3],
    ["$.bicycle.keys()", ["color", "price"]],
  ])("%s finds one node", (text, expected) => {
    expect(evaluate(text, store)).toEqual(expected);
    expect(compiled(text).path.definite).toBe(true);
  });

  it("gives the data itself and not a copy", () => {
    expect(evaluate("$.bicycle", store)).toBe(bicycle);
  });

  it.each([0, false, "", null])("finds %j, which is a value", (value) => {
    expect(evaluate("$.a.b", { a: { b: value } })).toBe(value);
  });

  it("finds own keys only", () => {
    expect(evaluate("$.constructor", {})).toBeUndefined();
    expect(evaluate("$.__proto__", {})).toBeUndefined();
    expect(evaluate("$.a.toString", { a: 1 })).toBeUndefined();
    expect(evaluate("$.length", [1])).toBeUndefined();
    expect(evaluate("$.text.length", { text: "abc" })).toBeUndefined();
    const named: JsonValue = JSON.parse('{"__proto__":{"constructor":7}}');
    expect(evaluate("$.__proto__.constructor", named)).toBe(7);
  });

  it("starts at the context object or a variable where it says so", () => {
    const scope = scopeOf({ context: { Execution: { Name: "e" } }, variables: { rate: { high: 3 }, größe: 1 } });
    expect(compiled("$$.Execution.Name").evaluate(scope)).toBe("e");
    expect(compiled("$$").evaluate(scope)).toEqual({ Execution: { Name: "e" } });
    expect(compiled("$rate.high").evaluate(scope)).toBe(3);
    expect(compiled("$größe").evaluate(scope)).toBe(1);
    expect(compiled("$unknown.high").evaluate(scope)).toBeUndefined();
  });

  it("of a thousand segments is as good as a short one", () => {
    let deep: JsonValue = 1;
    for (let level = 0; level < 10_000; level += 1) deep = { a: deep };
    expect(evaluate(`$${".a".repeat(10_000)}`, deep)).toBe(1);
  });
});

describe("a path that finds nothing", () => {
  it.each([
    ["$.NoSuch", {}, "No results for path: $['NoSuch']"],
    ["$.no.such.result.path", {}, "Missing property in path $['no']"],
    ["$.a.b.c", { a: {} }, "Missing property in path $['a']['b']"],
    ["$.a[3]", { a: [] }, "No results for path: $['a'][3]"],
    ["$.a[0]", { a: {} }, "Filter: [0] can only be applied to arrays. Current context is: {}"],
  ])("%s says where it broke off", (text, input, expected) => {
    expect(evaluate(text, input)).toBeUndefined();
    expect(explain(text, input)).toBe(expected);
  });

  it("names the Java class of a value that has no members", () => {
    expect(explain("$.a.b", { a: 1 })).toContain("['b'] in path $['a'] but found 'com.fasterxml.jackson");
  });

  it("tells an index outside a list from the rest", () => {
    const scope = scopeOf({ input: { items: [1] } });
    expect(compiled("$.items[5]").endsOutsideList(scope)).toBe(true);
    expect(compiled("$.items[-2]").endsOutsideList(scope)).toBe(true);
    expect(compiled("$.items[0]").endsOutsideList(scope)).toBe(false);
    expect(compiled("$.others[0]").endsOutsideList(scope)).toBe(false);
    expect(compiled("$.items[5].a").endsOutsideList(scope)).toBe(false);
  });
});

describe("an indefinite path", () => {
  it.each<[string, JsonValue]>([
    ["$.book[*].title", ["A", "B", "C"]],
    ["$.book.*.title", ["A", "B", "C"]],
    ["$.book[0,2].price", [8, 22]],
    ["$.book[1:].price", [12, 22]],
    ["$.book[:2].price", [8, 12]],
    ["$.book[-2:].price", [12, 22]],
    ["$.book[:-1].price", [8, 12]],
    ["$.book[0:3:2].price", [8, 12, 22]],
    ["$.book[1:-1].price", []],
    ["$.book[-1:1].price", [22, 8]],
    ["$..price", [8, 12, 22, 19]],
    ["$..book[0].title", ["A"]],
    ["$..['color']", ["red"]],
    ["$..price.sum()", 61],
    ["$.book[*].isbn", ["0-1", "0-2"]],
    [
      "$.book[*]['title','price']",
      [
        { title: "A", price: 8 },
        { title: "B", price: 12 },
        { title: "C", price: 22 },
      ],
    ],
    ["$.nothing[*].here", []],
    ["$.bicycle[1:5]", []],
    ["$.bicycle.*", ["red", 19]],
    ["$.book[?(@.price > 10)].title", ["B", "C"]],
    ["$.book[?(@.isbn)].title", ["B", "C"]],
    ["$.book[?(!@.isbn)].title", ["A"]],
    ["$.book[?(@.price < 10 || @.title == 'C')].title", ["A", "C"]],
    ["$.book[?(@.price > 10 && !(@.title == 'C'))].title", ["B"]],
    ["$.book[?(@.title in ['A', 'B'])].price", [8, 12]],
    ["$.book[?(@.title nin ['A', 'B'])].price", [22]],
    ["$.book[?(@.title =~ /[ab]/i)].price", [8, 12]],
    ["$.book[?(@.tags contains 'x')].price", [8]],
    ["$.book[?(@.tags size 2)].price", [8]],
    ["$.book[?(@.tags anyof ['y', 'z'])].price", [8]],
    ["$.book[?(@.price == '12')].title", ["B"]],
    ["$.book[?(@.price === '12')].title", []],
    ["$.book[?(@.isbn != '0-1')].title", ["A", "C"]],
    ["$.book[?(@.price > $.bicycle.price)].title", ["C"]],
    ["$..[?(@.color)].price", [19]],
    ["$.bicycle[?(@.price == 19)].color", ["red"]],
  ])("%s finds a list", (text, expected) => {
    expect(evaluate(text, store)).toEqual(expected);
  });

  it("walks ten thousand levels down", () => {
    let deep: JsonValue = { leaf: 1 };
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(evaluate("$..leaf", deep)).toEqual([1]);
  });
});
