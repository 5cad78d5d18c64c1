/**
 * Chapter 4: JSONata and variables.
 *
 * With `queryLanguage: "JSONata"` a state has `arguments` and `output`, and expressions compute. A template holds
 * typed references and says what it gives; `Jsonata` has the everyday functions with types. Variables reach every
 * state behind the one that assigned them, if every way there assigned them.
 */
import { build, Jsonata, jsonata, machine, plain } from "@stepwright/dsl";
import { runDefinition } from "@stepwright/local-runner";
import { expect, test } from "vitest";

interface Batch {
  threshold: number;
  models: { modelId: string; auc: number }[];
}

const summary = machine("Summary", { input: plain<Batch>(), queryLanguage: "JSONata" })
  .pass("Remember", { assign: (s) => ({ threshold: s.input.threshold }) })
  .pass("Shape", {
    output: (s) => ({
      good: Jsonata.filter(s.input.models, (model) => jsonata<boolean>`${model.auc} >= ${s.vars.threshold}`),
      spread: jsonata<number>`$max(${s.input.models}.auc) - $min(${s.input.models}.auc)`,
    }),
  })
  .succeed("Done", {
    output: (s) => ({
      names: Jsonata.join(Jsonata.pluck(s.input.good, "modelId"), ", "),
      spread: s.input.spread,
      threshold: s.vars.threshold,
    }),
  });

test("expressions compute while the machine runs", async () => {
  const { definition, diagnostics } = build(summary);
  expect(diagnostics).toEqual([]);
  const result = await runDefinition(definition, {
    input: {
      threshold: 0.75,
      models: [
        { modelId: "card-fraud", auc: 0.875 },
        { modelId: "chargeback", auc: 0.75 },
        { modelId: "velocity", auc: 0.5 },
      ],
    },
  });
  expect(result).toMatchObject({ output: { names: "card-fraud, chargeback", spread: 0.375, threshold: 0.75 } });
});

test("every expression is parsed when the machine is built", () => {
  const typo = machine("Typo", { input: plain<Batch>(), queryLanguage: "JSONata" }).pass("Sum", {
    output: (s) => ({ total: jsonata<number>`$sum(${s.input.models}.auc` }),
  });
  const [diagnostic] = build(typo).diagnostics;
  expect(diagnostic).toMatchObject({ severity: "ERROR", source: { file: import.meta.filename } });
});

test("in a JSONPath machine, the states that compute can be in JSONata", async () => {
  const best = machine("Best", { input: plain<Batch>() })
    .inJsonata((flow) =>
      flow.pass("Compute", { output: (s) => ({ best: Jsonata.max(Jsonata.pluck(s.input.models, "auc")) }) }),
    )
    .pass("Name", { parameters: (s) => ({ auc: s.input.best }) });
  const { definition, diagnostics } = build(best);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Compute"]).toMatchObject({ QueryLanguage: "JSONata" });
  const result = await runDefinition(definition, {
    input: { threshold: 0, models: [{ modelId: "velocity", auc: 0.5 }] },
  });
  expect(result).toMatchObject({ output: { auc: 0.5 } });
});
