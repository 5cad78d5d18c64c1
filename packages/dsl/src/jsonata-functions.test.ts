import { compileJsonataTemplate, EvaluationFailure, ExpressionSyntaxError, seededRandom } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import { expect, expectTypeOf, test } from "vitest";
import { build, Jsonata, jsonata, machine, plain } from "./index.ts";
import type { Expression, InputScope, OutputOf } from "./index.ts";

interface Models {
  models: { id: string; auc: number; tags: string[]; note?: string }[];
  run: { name: string; size: number };
}

/** What the service makes of an expression, given this input. */
async function evaluate(write: (scope: InputScope<Models, {}>) => Expression<unknown, "JSONata">, input: JsonValue) {
  const flow = machine("One", { input: plain<Models>(), queryLanguage: "JSONata" }).pass("Pass", { output: write });
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  const { Output } = definition.States["Pass"] as { Output: JsonValue };
  const compiled = compileJsonataTemplate(Output, "Output");
  if (compiled instanceof ExpressionSyntaxError) throw compiled;
  const random = seededRandom(1);
  const found = await compiled.evaluate({ input, context: {}, variables: new Map(), random, nowEpochMs: 0 });
  return found instanceof EvaluationFailure ? `${found.error}: ${found.cause}` : found;
}

const one = { id: "a", auc: 0.5, tags: ["x"], note: "n" };
const two = { id: "b", auc: 0.75, tags: [] };
const input = { models: [one, two], run: { name: "r", size: 2 } };
const single = { ...input, models: [one] };
const empty = { ...input, models: [] };

test.each<[string, (s: InputScope<Models, {}>) => Expression<unknown, "JSONata">, JsonValue, JsonValue]>([
  ["sum", (s) => Jsonata.sum(Jsonata.pluck(s.input.models, "auc")), input, 1.25],
  ["sum of nothing", (s) => Jsonata.sum(Jsonata.pluck(s.input.models, "auc")), empty, 0],
  ["count", (s) => Jsonata.count(s.input.models), input, 2],
  ["average", (s) => Jsonata.average(Jsonata.pluck(s.input.models, "auc")), input, 0.625],
  ["max", (s) => Jsonata.max(Jsonata.pluck(s.input.models, "auc")), single, 0.5],
  ["min", (s) => Jsonata.min(Jsonata.pluck(s.input.models, "auc")), input, 0.5],
  ["string", (s) => Jsonata.string(s.input.run), input, '{"name":"r","size":2}'],
  ["number", () => Jsonata.number(jsonata<string>`"12"`), input, 12],
  ["join", (s) => Jsonata.join(Jsonata.pluck(s.input.models, "id"), "-"), input, "a-b"],
  ["concat", (s) => Jsonata.concat(s.input.run.name, "/", s.input.run.size), input, "r/2"],
  ["concat of one", (s) => Jsonata.concat(s.input.run.name), input, "r"],
  ["append", (s) => Jsonata.append(s.input.models, s.input.models), single, [one, one]],
  ["append of nothing", (s) => Jsonata.append(s.input.models, s.input.models), empty, []],
  ["merge", (s) => Jsonata.merge(s.input.run, { size: s.input.models }), empty, { name: "r", size: [] }],
  ["map", (s) => Jsonata.map(s.input.models, (model) => ({ id: model.id, k: 1 })), single, [{ id: "a", k: 1 }]],
  ["map of nothing", (s) => Jsonata.map(s.input.models, (model) => model.id), empty, []],
  [
    "map inside map",
    (s) =>
      Jsonata.map(s.input.models, (model) => ({
        of: Jsonata.map(s.input.models, (other) => Jsonata.concat(model.id, other.id)),
      })),
    input,
    [{ of: ["aa", "ab"] }, { of: ["ba", "bb"] }],
  ],
  ["filter", (s) => Jsonata.filter(s.input.models, (model) => jsonata`${model.auc} > 0.6`), input, [two]],
  ["filter of all", (s) => Jsonata.filter(s.input.models, (model) => jsonata`${model.auc} > 0.9`), input, []],
  ["pluck", (s) => Jsonata.pluck(s.input.models, "id"), single, ["a"]],
  ["pluck what some lack", (s) => Jsonata.pluck(s.input.models, "note"), input, ["n"]],
  ["now", () => Jsonata.now(), input, "1970-01-01T00:00:00.000Z"],
])("%s", async (_name, write, given, wanted) => {
  expect(await evaluate(write, given)).toEqual(wanted);
});

test("the types follow", () => {
  const flow = machine("Types", { input: plain<Models>(), queryLanguage: "JSONata" }).pass("Shape", {
    output: (s) => ({
      best: Jsonata.max(Jsonata.pluck(s.input.models, "auc")),
      good: Jsonata.filter(s.input.models, (model) => jsonata<boolean>`${model.auc} > 0.7`),
      names: Jsonata.map(s.input.models, (model) => ({ name: model.id })),
      notes: Jsonata.pluck(s.input.models, "note"),
      run: Jsonata.merge(s.input.run, { size: "big" }),
    }),
  });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{
    best: number;
    good: Models["models"];
    names: { name: string }[];
    notes: string[];
    run: Omit<Models["run"], "size"> & { size: "big" };
  }>();
  // @ts-expect-error a sum of texts
  build(flow.pass("Sum", { output: (s) => Jsonata.sum(s.input.notes) }));
});
