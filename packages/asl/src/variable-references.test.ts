import { describe, expect, it } from "vitest";
import { hasCorpus, readCorpus } from "../test/corpus.ts";
import type { JsonObject } from "./json.ts";
import { variableReferences } from "./variable-references.ts";

interface ApiCase {
  readonly steps: readonly {
    readonly params: { readonly definition?: string };
    readonly recorded?: readonly { readonly value: { readonly variableReferences?: JsonObject } }[];
  }[];
}

const cases = readCorpus<ApiCase>("cases/api_variable_references").map(({ path, content: { steps } }) => ({
  path,
  definition: steps.map(({ params }) => params.definition).find((text) => text !== undefined) ?? "{}",
  recorded:
    steps
      .flatMap(({ recorded = [] }) => recorded)
      .map(({ value }) => value.variableReferences)
      .find((references) => references !== undefined) ?? {},
}));

describe.skipIf(!hasCorpus)("recorded variable references", () => {
  it.each(cases)("$path", ({ definition, recorded }) => {
    expect(variableReferences(JSON.parse(definition))).toEqual(recorded);
  });
});

describe("variable references", () => {
  it("are those of a state itself, in either language", () => {
    const inner = { StartAt: "I", States: { I: { Type: "Pass", Parameters: { "v.$": "$inner.a" }, End: true } } };
    const states = {
      A: { Type: "Pass", Assign: { x: 1, string: 2 }, Result: { "y.$": "$.z" }, Parameters: { y: "$no" }, Next: "M" },
      M: { Type: "Map", ItemsPath: "$items", ResultPath: "$.no", ItemProcessor: inner, Next: "J" },
      J: { Type: "Pass", QueryLanguage: "JSONata", Output: ["{% $map($x, $number) %}", { k: "{% $x + 1 %}" }, "$no"] },
    };
    expect(variableReferences({ StartAt: "A", States: states })).toEqual({ I: ["inner"], M: ["items"], J: ["x"] });
  });
});
