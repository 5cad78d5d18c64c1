/**
 * Chapter 2: errors.
 *
 * A contract names the errors that its task throws on purpose. Retry and Catch may mention those and AWS's own; a
 * misspelt one does not compile. In virtual time a retry that waits for an hour costs nothing.
 */
import { build, defineTask, machine } from "@stepwright/dsl";
import { runScripted, visitsOf } from "@stepwright/local-runner/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const train = defineTask("TrainModel", {
  input: z.object({ modelId: z.string() }),
  output: z.object({ modelId: z.string(), auc: z.number() }),
  errors: ["NoCapacity", "BadData"],
});

const start = machine("Retrain", { input: z.object({ modelId: z.string() }) });

const retrain = start
  .task("Train", train, {
    retry: [{ errors: ["NoCapacity"], intervalSeconds: 3600, maxAttempts: 2 }],
    catch: (errors) =>
      errors.on(["BadData"], { resultPath: "$.failure" }, (flow) =>
        // The error output lies where `resultPath` put it, and is typed.
        flow.fail("Give up", { error: "NotTrainable", cause: (s) => s.input.failure.Cause }),
      ),
  })
  .succeed("Trained");

const { definition } = build(retrain);
const input = { modelId: "card-fraud" };

test("what passes is retried", async () => {
  const trained = { output: { modelId: "card-fraud", auc: 0.8 } };
  const result = await runScripted(definition, { input, script: { Train: [{ error: "NoCapacity" }, trained] } });
  expect(result.status).toBe("SUCCEEDED");
  expect(visitsOf(result)[0]).toMatchObject({ stateName: "Train", attempts: 2 });
  expect(result.stoppedAtEpochMs - result.startedAtEpochMs).toBe(3_600_000);
});

test("what does not pass is caught", async () => {
  const script = { Train: { error: "BadData", cause: "no labels" } };
  expect(await runScripted(definition, { input, script })).toMatchObject({
    status: "FAILED",
    error: "NotTrainable",
    cause: "no labels",
  });
});

test("an error that the task does not throw cannot be named, though AWS would take it", () => {
  const flow = start.task("Train", train, {
    // @ts-expect-error did you mean "NoCapacity"?
    retry: [{ errors: ["NoCapacty"] }],
  });
  expect(build(flow).diagnostics).toEqual([]);
});
