/** What AWS answered for templates, intrinsic functions and JSONata in machines of one Pass state. */
import { describe, expect, it } from "vitest";
import { EvaluationFailure } from "../src/evaluation.ts";
import type { JsonObject, JsonValue } from "../src/json.ts";
import { compileJsonataTemplate } from "../src/jsonata/compile-jsonata-template.ts";
import { compileTemplate } from "../src/template/compile-template.ts";
import { hasCorpus, readCorpus } from "./corpus.ts";
import { scopeOf } from "./scope.ts";

interface ExecutionCase {
  readonly kind: string;
  readonly definition: { readonly States: { readonly [name: string]: JsonObject } } | null;
  readonly inputText?: string;
  readonly expected: {
    readonly status: string;
    /** An object as it is; anything else as JSON text. */
    readonly output?: JsonValue;
    readonly outputText?: string;
    readonly cause?: string;
  };
}

const prefix = /^An error occurred while executing the state '.*' \(entered at the event id #\d+\)\. /;
/** The context object of a recording is not in its case, and its random answers are placeholders. */
const unrepeatable = /\$\$|\$states\.context|UUID|MathRandom/;
const groups = ["base", "intrinsic_functions", "outputdecl", "states_variables"];

const cases = groups
  .flatMap((group) => readCorpus<ExecutionCase>(`cases/${group}`))
  .flatMap(({ path, content: { kind, definition, inputText, expected } }) => {
    const [state, ...others] = Object.values(definition?.States ?? {});
    const text = JSON.stringify(state);
    const isSimple = kind === "execution" && state?.["Type"] === "Pass" && others.length === 0;
    if (!isSimple || inputText === undefined || unrepeatable.test(text)) return [];
    const isJsonata = state["QueryLanguage"] === "JSONata";
    const template = state[isJsonata ? "Output" : "Parameters"];
    const hasMore = ["ResultPath", "InputPath", "OutputPath", "Assign", "Result"].some((field) => field in state);
    return template === undefined || hasMore ? [] : [{ path, isJsonata, template, inputText, expected }];
  });

async function evaluate(template: JsonValue, isJsonata: boolean, input: JsonValue) {
  const compiled = isJsonata ? compileJsonataTemplate(template, "Output") : compileTemplate(template);
  if (!("evaluate" in compiled)) throw new Error(compiled.message);
  return compiled.evaluate(scopeOf({ input }));
}

function recordedOutput({ output, outputText }: ExecutionCase["expected"]): JsonValue {
  const text = outputText ?? output;
  return typeof text === "string" ? JSON.parse(text) : (text ?? null);
}

describe.skipIf(!hasCorpus)("a recorded evaluation", () => {
  it("is there in numbers", () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  it.each(cases)("$path", async ({ isJsonata, template, inputText, expected }) => {
    const input: JsonValue = JSON.parse(inputText);
    const answer = await evaluate(template, isJsonata, input);
    const given = answer instanceof EvaluationFailure ? { cause: answer.cause } : { output: answer };
    const recorded =
      expected.status === "SUCCEEDED"
        ? { output: recordedOutput(expected) }
        : { cause: expected.cause?.replace(prefix, "") };
    expect(given).toEqual(recorded);
  });
});
