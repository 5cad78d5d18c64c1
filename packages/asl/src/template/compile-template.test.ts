import { describe, expect, it } from "vitest";
import { scopeOf } from "../../test/scope.ts";
import { EvaluationFailure, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { parseJson, printJson } from "../text/json-text.ts";
import { compileTemplate, compileTemplateValue, maxTemplateDepth, TemplateError } from "./compile-template.ts";

function evaluate(template: JsonValue, scope: EvaluationScope) {
  const compiled = compileTemplate(template);
  if (compiled instanceof TemplateError) throw new Error(compiled.message);
  return compiled.evaluate(scope);
}

function json(text: string): JsonValue {
  const parsed = parseJson(text);
  if (parsed.error !== undefined) throw new Error(parsed.error.message);
  return parsed.value;
}

describe("a payload template", () => {
  it("evaluates keys that end in .$ and drops the suffix", () => {
    const scope = scopeOf({
      input: { name: "Ada", list: [1, 2] },
      context: { State: { Name: "S" } },
      variables: { limit: 3 },
    });
    const template = {
      "who.$": "$.name",
      "state.$": "$$.State.Name",
      "limit.$": "$limit",
      "greeting.$": "States.Format('Hello {}', $.name)",
      fixed: "$.name",
      nested: [{ "first.$": "$.list[0]" }, "$.list", 1],
    };
    expect(evaluate(template, scope)).toEqual({
      who: "Ada",
      state: "S",
      limit: 3,
      greeting: "Hello Ada",
      fixed: "$.name",
      nested: [{ first: 1 }, "$.list", 1],
    });
  });

  it("without anything to evaluate is one frozen value", () => {
    const compiled = compileTemplate({ a: [1, { b: null }], c: "$.x" });
    if (compiled instanceof TemplateError) throw new Error(compiled.message);
    const value = compiled.evaluate(scopeOf());
    expect(value).toEqual({ a: [1, { b: null }], c: "$.x" });
    expect(compiled.constant).toBe(true);
    expect(compiled.evaluate(scopeOf())).toBe(value);
    expect(Object.isFrozen(value)).toBe(true);
  });

  it("leaves the given template unfrozen", () => {
    const template = { a: [1] };
    compileTemplate(template);
    expect(Object.isFrozen(template) || Object.isFrozen(template.a)).toBe(false);
  });

  it("says which field's path was not found, and in what", () => {
    expect(evaluate({ deep: { "value.$": "$.x" } }, scopeOf({ input: { other: 1 } }))).toEqual(
      new EvaluationFailure(
        "States.Runtime",
        `The JSONPath '$.x' specified for the field 'value.$' could not be found in the input '{"other":1}'`,
      ),
    );
    expect(evaluate({ "value.$": "$$.x" }, scopeOf({ input: 1, context: { c: 2 } }))).toMatchObject({
      cause: `The JSONPath '$$.x' specified for the field 'value.$' could not be found in the input '{"c":2}'`,
    });
  });

  it("gives null for an index outside a list", () => {
    expect(evaluate({ "v.$": "$.items[5]" }, scopeOf({ input: { items: [] } }))).toEqual({ v: null });
  });

  it("keeps the text of numbers", () => {
    const scope = scopeOf({ input: json('{"price":1.0,"list":[2.50],"whole":{"x":3.0}}') });
    const template = json(
      '{"a":4.0,"c":[5.0],"m":[6.0,{"p.$":"$.price"}],"p.$":"$.price","l.$":"$.list[-1]","w.$":"$.whole","x.$":"$.whole.x"}',
    );
    const value = evaluate(template, scope);
    if (value instanceof EvaluationFailure) throw new Error(value.cause);
    expect(printJson(value)).toBe('{"a":4.0,"c":[5.0],"m":[6.0,{"p":1.0}],"p":1.0,"l":2.50,"w":{"x":3.0},"x":3.0}');
  });

  it("takes __proto__ for a name like any other", () => {
    const value = evaluate(json('{"__proto__.$":"$.a","b":{"__proto__":{"c":1}}}'), scopeOf({ input: { a: 7 } }));
    expect(JSON.stringify(value)).toBe('{"__proto__":7,"b":{"__proto__":{"c":1}}}');
  });
});

describe("a template that cannot be compiled", () => {
  it("is named in the service's words", () => {
    expect(compileTemplate({ a: [{ "k.$": "no path" }] })).toMatchObject({
      message: "The value for the field 'k.$' must be a valid JSONPath or a valid intrinsic function call",
      place: ["a", 0, "k.$"],
    });
    expect(compileTemplate({ "k.$": 1 })).toBeInstanceOf(TemplateError);
    expect(compileTemplate({ "k.$": String.raw`States.Format('He said \"{}\"', 'x')` })).toBeInstanceOf(TemplateError);
  });

  it("is one that gives a name twice", () => {
    expect(compileTemplate({ k: 1, "k.$": "$.k" })).toMatchObject({ place: ["k"] });
  });

  it("is one that nests too deep", () => {
    let deep: JsonValue = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(compileTemplate(deep)).toMatchObject({ message: expect.stringContaining(String(maxTemplateDepth)) });
  });
});

describe("a single value", () => {
  it("is named by its field", () => {
    const value = compileTemplateValue("$.nope", "ErrorPath");
    if (!("evaluate" in value)) throw new Error(value.message);
    expect(value.evaluate(scopeOf({ input: {} }))).toMatchObject({
      cause: "The JSONPath '$.nope' specified for the field 'ErrorPath' could not be found in the input '{}'",
    });
  });
});
