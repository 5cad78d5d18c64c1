import { describe, expect, it } from "vitest";
import { scopeOf } from "../../test/scope.ts";
import { ExpressionSyntaxError } from "../expression-syntax-error.ts";
import type { JsonValue } from "../json.ts";
import { compileJsonataTemplate, type CompiledJsonataTemplate } from "./compile-jsonata-template.ts";

function compiled(value: JsonValue, field = "Output"): CompiledJsonataTemplate {
  const template = compileJsonataTemplate(value, field);
  if (template instanceof ExpressionSyntaxError) throw new Error(template.message);
  return template;
}

describe("a JSONata template", () => {
  it("evaluates expressions anywhere and nothing else", async () => {
    const template = compiled([null, " {% $x %} ", "$x", { key: "{% $x %}", "{% $x %}": ["{% $x + 1 %}"] }]);
    const expected = [null, " {% $x %} ", "$x", { key: 1, "{% $x %}": [2] }];
    const scope = scopeOf({ variables: { x: 1 } });
    expect(await template.evaluate(scope)).toEqual(expected);
    expect(template.evaluateSync?.(scope)).toEqual(expected);
  });

  it("without expressions is one frozen value", async () => {
    const template = compiled({ a: [1] });
    expect(template.constant).toBe(true);
    const value = await template.evaluate(scopeOf());
    expect(value).toEqual({ a: [1] });
    expect(template.evaluateSync?.(scopeOf())).toBe(value);
    expect(Object.isFrozen(value)).toBe(true);
  });

  it("names the place of a failure", async () => {
    const scope = scopeOf({ input: { list: [{ a: 1 }, { a: 2 }] } });
    expect(await compiled({ a: 1, b: ["{% $nope %}"] }).evaluate(scope)).toMatchObject({ location: "Output/b[0]" });
    expect(await compiled("{% $nope %}", "Arguments").evaluate(scope)).toMatchObject({
      cause: "The JSONata expression '$nope' specified for the field 'Arguments' returned nothing (undefined).",
    });
  });

  it("answers at once unless the data needs the library", async () => {
    const template = compiled({ v: "{% $states.input.list.a %}" });
    const lists = scopeOf({ input: { list: [{ a: 1 }, { a: null }] } });
    expect(template.evaluateSync?.(lists)).toBeUndefined();
    expect(await template.evaluate(lists)).toEqual({ v: [1, null] });
    expect(template.evaluateSync?.(scopeOf({ input: { list: { a: null } } }))).toEqual({ v: null });
    expect(compiled("{% $sum([1]) %}").evaluateSync).toBeUndefined();
  });

  it("passes a syntax error on", () => {
    expect(compileJsonataTemplate({ a: "{% 1 + %}" }, "Output")).toBeInstanceOf(ExpressionSyntaxError);
  });

  it("takes __proto__ for a name like any other", async () => {
    const value: JsonValue = JSON.parse('{"__proto__":"{% 1 %}"}');
    expect(JSON.stringify(await compiled(value).evaluate(scopeOf()))).toBe('{"__proto__":1}');
  });
});
