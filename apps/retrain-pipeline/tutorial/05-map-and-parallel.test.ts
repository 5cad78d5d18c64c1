/**
 * Chapter 5: many at once.
 *
 * A Map runs its states once for each item; a Parallel runs different ones on the same input, and gives a tuple.
 * Fragments are functions from flow to flow: machines share them.
 */
import { build, defineTask, machine, plain } from "@stepwright/dsl";
import type { PathFlow } from "@stepwright/dsl";
import { runDefinition } from "@stepwright/local-runner";
import { expect, test } from "vitest";

const register = defineTask<{ modelId: string; auc: number }, { version: number }>("Register");
const deploy = defineTask<{ modelId: string; auc: number }, { endpoint: string }>("Deploy");
const train = defineTask<{ modelId: string }, { modelId: string; auc: number }, "NoCapacity">("Train");

const trainPatiently = (flow: PathFlow<{ modelId: string }>) =>
  flow.task("Train", train, { retry: [{ errors: ["NoCapacity"], maxAttempts: 5 }] });

const retrainAll = machine("RetrainAll", { input: plain<{ models: { modelId: string }[] }>() })
  .map("EachModel", { items: (s) => s.input.models, maxConcurrency: 3 }, (model) =>
    model
      .pipe(trainPatiently)
      .parallel("Publish", [(branch) => branch.task("Register", register), (branch) => branch.task("Deploy", deploy)])
      // A tuple, in the order of the branches.
      .pass("Shape", { parameters: (s) => ({ version: s.input[0].version, endpoint: s.input[1].endpoint }) }),
  )
  .succeed("Done");

test("a Map of a chain with a Parallel in it", async () => {
  const { definition, diagnostics } = build(retrainAll);
  expect(diagnostics).toEqual([]);
  const result = await runDefinition(definition, {
    input: { models: [{ modelId: "card-fraud" }, { modelId: "velocity" }] },
    tasks: {
      Train: ({ modelId }) => ({ modelId, auc: 0.8 }),
      Register: () => ({ version: 7 }),
      Deploy: ({ modelId }) => ({ endpoint: `payments-${modelId}` }),
    },
  });
  expect(result).toMatchObject({
    output: [
      { version: 7, endpoint: "payments-card-fraud" },
      { version: 7, endpoint: "payments-velocity" },
    ],
  });
});

test("a state's name is used once in the whole machine, whichever branch it stands in", () => {
  const flow = machine("Publish", { input: plain<{ modelId: string; auc: number }>() }).parallel("Publish both", [
    // @ts-expect-error the state name "Register" is used in another branch, too
    (branch) => branch.task("Register", register),
    // @ts-expect-error and here
    (branch) => branch.task("Register", register),
  ]);
  expect(build(flow).diagnostics).toMatchObject([
    { code: "DUPLICATE_STATE_NAME", source: { file: import.meta.filename } },
  ]);
});
