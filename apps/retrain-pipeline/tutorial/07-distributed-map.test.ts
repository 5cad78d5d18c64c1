/**
 * Chapter 7: tens of thousands, with a champion to beat.
 *
 * A Distributed Map reads its items from S3 and runs each in an execution of its own, so that some may fail and the
 * others go on. Such an execution sees none of the variables outside: `itemSelector` hands over what it needs. Inside,
 * a gate compares each challenger with its champion. `src/retrain-v2.machine.ts` is the whole pipeline of this kind.
 */
import { build, defineTask, Jsonata, machine, plain, stringEquals } from "@stepwright/dsl";
import { memoryObjects } from "@stepwright/local-runner";
import { runScripted } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";

interface Challenger {
  modelId: string;
  runId: string;
}
type Verdict = Challenger & { decision: "PROMOTE" | "REJECT" };

const challenge = defineTask<Challenger, Verdict, "NoLabels">("Challenge");
const promote = defineTask<Verdict, { modelId: string; live: true }>("Promote");

const retrainAll = machine("RetrainAll", {
  input: plain<{ bucket: string; manifest: string; runId: string }>(),
  queryLanguage: "JSONata",
})
  .distributedMap(
    "EachModel",
    {
      itemReader: {
        item: plain<{ modelId: string }>(),
        arguments: (s) => ({ Bucket: s.input.bucket, Key: s.input.manifest }),
        readerConfig: { inputType: "CSV", csvHeaderLocation: "FIRST_ROW" },
      },
      itemSelector: (s) => ({ modelId: s.context.Map.Item.Value.modelId, runId: s.input.runId }),
      maxConcurrency: 100,
      toleratedFailurePercentage: 40,
      resultWriter: {
        arguments: (s) => ({ Bucket: s.input.bucket, Prefix: Jsonata.concat("results/", s.input.runId) }),
      },
    },
    (model) =>
      model
        .task("Challenge", challenge)
        .choice("Champion beaten?", (choose) =>
          choose.when(
            (s) => stringEquals(s.input.decision, "REJECT"),
            (flow) => flow.succeed("Champion stays", { output: (s) => ({ modelId: s.input.modelId, live: false }) }),
          ),
        )
        .task("Promote", promote),
  )
  .succeed("Done", { output: (s) => ({ results: s.input.ResultWriterDetails.Key }) });

test("each model is an execution, and the results lie in S3", async () => {
  const { definition, diagnostics } = build(retrainAll);
  expect(diagnostics).toEqual([]);
  const outputs: unknown[] = [];
  const result = await runScripted(definition, {
    input: { bucket: "runs", manifest: "models.csv", runId: "run-1" },
    objects: memoryObjects({ runs: { "models.csv": "modelId\ncard-fraud\nchargeback\nvelocity\n" } }),
    script: {
      Challenge: (challenger: Challenger) =>
        challenger.modelId === "velocity"
          ? { error: "NoLabels" }
          : { output: { ...challenger, decision: challenger.modelId === "card-fraud" ? "PROMOTE" : "REJECT" } },
      Promote: ({ modelId }: Verdict) => ({ output: { modelId, live: true } }),
    },
    onChildExecution: (child) => outputs.push(child.status === "SUCCEEDED" ? child.output : child.error),
  });
  // In the order in which they ended.
  expect(outputs).toEqual([{ modelId: "chargeback", live: false }, "NoLabels", { modelId: "card-fraud", live: true }]);
  expect(result).toMatchObject({
    status: "SUCCEEDED",
    output: { results: expect.stringMatching(/^results\/run-1\/.*manifest\.json$/) },
  });
});
