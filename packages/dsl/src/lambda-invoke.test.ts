import { expect, expectTypeOf, test } from "vitest";
import { build, defineTask, machine, plain } from "./index.ts";
import type { OutputOf } from "./index.ts";

const score = defineTask<{ id: string }, { auc: number }, "NoData">("Score");
const approve = defineTask<{ id: string; token: string }, { by: string }, "Rejected">("Approve");
const input = plain<{ id: string; at: string }>();

test("the payload is the input, and the output is the payload", () => {
  const path = machine("Path", { input }).invoke("Score", score, { retry: [{ errors: ["NoData"] }] });
  const jsonata = machine("Jsonata", { input, queryLanguage: "JSONata" }).invoke("Score", score, {
    qualifier: "live",
    timeoutSeconds: 900,
  });
  expectTypeOf<OutputOf<typeof path>>().toEqualTypeOf<{ auc: number }>();
  expectTypeOf<OutputOf<typeof jsonata>>().toEqualTypeOf<{ auc: number }>();
  const [onPath, onJsonata] = [build(path), build(jsonata)];
  expect([...onPath.diagnostics, ...onJsonata.diagnostics]).toEqual([]);
  expect(onPath.definition.States["Score"]).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "${ScoreFunctionArn}", "Payload.$": "$" },
    OutputPath: "$.Payload",
    Retry: [{ ErrorEquals: ["NoData"] }],
    End: true,
  });
  expect(onJsonata.definition.States["Score"]).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: "${ScoreFunctionArn}", Qualifier: "live", Payload: "{% $states.input %}" },
    Output: "{% $states.result.Payload %}",
    TimeoutSeconds: 900,
    End: true,
  });
  expect(onPath.tasks).toMatchObject([{ stateName: "Score", contract: score }]);
});

test("whoever reshapes or places the result sees Lambda's answer", () => {
  const path = machine("Path", { input }).invoke("Score", score, {
    payload: (s) => ({ id: s.input.at }),
    resultSelector: (s) => ({ auc: s.result.Payload.auc, version: s.result.ExecutedVersion }),
    resultPath: "$.score",
  });
  const jsonata = machine("Jsonata", { input, queryLanguage: "JSONata" }).invoke("Score", score, {
    output: (s) => ({ id: s.input.id, auc: s.result.Payload.auc }),
    assign: (s) => ({ status: s.result.StatusCode }),
  });
  expectTypeOf<OutputOf<typeof path>["score"]>().toEqualTypeOf<{ auc: number; version: string }>();
  expectTypeOf<OutputOf<typeof jsonata>>().toEqualTypeOf<{ id: string; auc: number }>();
  expect(build(path).definition.States["Score"]).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "${ScoreFunctionArn}", Payload: { "id.$": "$.at" } },
    ResultSelector: { "auc.$": "$.Payload.auc", "version.$": "$.ExecutedVersion" },
    ResultPath: "$.score",
    End: true,
  });
  expect(build(jsonata).definition.States["Score"]).toMatchObject({
    Output: { id: "{% $states.input.id %}", auc: "{% $states.result.Payload.auc %}" },
  });
});

test("a task that waits for its token is sent it, and gives what comes with it", () => {
  const flow = machine("Ask", { input, queryLanguage: "JSONata" }).invoke("Approve", approve, {
    waitForTaskToken: true,
    payload: (s) => ({ id: s.input.id, token: s.context.Task.Token }),
    catch: (errors) => errors.on(["Rejected"], {}, (rejected) => rejected.fail("No")),
  });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ by: string }>();
  const { definition, diagnostics } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(definition.States["Approve"]).toEqual({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: {
      FunctionName: "${ApproveFunctionArn}",
      Payload: { id: "{% $states.input.id %}", token: "{% $states.context.Task.Token %}" },
    },
    Catch: [{ ErrorEquals: ["Rejected"], Next: "No" }],
    End: true,
  });
});
