import { expect, test } from "vitest";
import { PipelineError } from "../failures.ts";
import { invocationLine } from "./invocation-line.ts";

const invocation = {
  task: "EvaluateModel",
  startedAtEpochMs: 1_000,
  endedAtEpochMs: 3_500,
  requestId: "request-1",
  event: { modelId: "card-fraud", runId: "2026-09" },
};
const lineOf = (...given: Parameters<typeof invocationLine>) => JSON.parse(invocationLine(...given)) as object;

test("an invocation is one line that says whose it was, and what every task measures", () => {
  const output = { ...invocation.event, outcome: "OK" };
  expect(lineOf(invocation, { output })).toEqual({
    _aws: {
      Timestamp: 3_500,
      CloudWatchMetrics: [
        {
          Namespace: "Stepwright/Retraining",
          Dimensions: [["Task"]],
          Metrics: [
            { Name: "Duration", Unit: "Milliseconds" },
            { Name: "Failures", Unit: "Count" },
            { Name: "ModelsStopped", Unit: "Count" },
          ],
        },
      ],
    },
    level: "INFO",
    message: "EvaluateModel ended",
    requestId: "request-1",
    modelId: "card-fraud",
    runId: "2026-09",
    outcome: "OK",
    Task: "EvaluateModel",
    Duration: 2_500,
    Failures: 0,
    ModelsStopped: 0,
  });
});

test("a model that is stopped is counted, and is no failure of the function", () => {
  const output = { ...invocation.event, outcome: "SKIPPED", error: "StaleDataError", reason: "old" };
  expect(lineOf(invocation, { output })).toMatchObject({
    level: "INFO",
    outcome: "SKIPPED",
    stoppedBy: "StaleDataError",
    Failures: 0,
    ModelsStopped: 1,
  });
});

test("an exception is told by its name, with the model that the event named", () => {
  const error = new PipelineError("EndpointBusy", "the endpoint is moving");
  expect(lineOf(invocation, { error })).toMatchObject({
    level: "ERROR",
    message: "the endpoint is moving",
    outcome: "EndpointBusy",
    modelId: "card-fraud",
    Failures: 1,
  });
});

test.each([[undefined], [null], ["text"], [[]], [{ modelId: 7 }]])("an event of any shape has a line: %j", (event) => {
  expect(lineOf({ ...invocation, event }, { error: "thrown text" })).toMatchObject({ message: "thrown text" });
});

test("an answer's own metrics have dimensions of their own", () => {
  const measured = [{ dimensions: { ModelId: "card-fraud" }, metrics: { Auc: { value: 0.9, unit: "None" as const } } }];
  expect(lineOf({ ...invocation, measured }, { output: {} })).toMatchObject({
    _aws: { CloudWatchMetrics: [{}, { Dimensions: [["ModelId"]], Metrics: [{ Name: "Auc", Unit: "None" }] }] },
    ModelId: "card-fraud",
    Auc: 0.9,
  });
});
