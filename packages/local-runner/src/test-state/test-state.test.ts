import { describe, expect, test } from "vitest";
import { handlerInvoker } from "../tasks/handler-invoker.ts";
import type { TestStateRequest } from "./test-state-request.ts";
import { testState } from "./test-state.ts";

const roleArn = "arn:aws:iam::123456789012:role/test";
const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:Work", Next: "After" };

function request(state: object, more: Partial<TestStateRequest> = {}): TestStateRequest {
  return { definition: JSON.stringify(state), ...more };
}

describe("the work", () => {
  test("is done by the given tasks", async () => {
    const tasks = handlerInvoker({ Work: (event: { readonly n: number }) => ({ twice: event.n * 2 }) });
    const response = await testState(request(task, { input: '{"n": 2}', roleArn, inspectionLevel: "DEBUG" }), {
      tasks,
    });
    expect(response).toEqual({
      status: "SUCCEEDED",
      output: '{"twice":4}',
      nextState: "After",
      inspectionData: {
        input: '{"n": 2}',
        afterInputPath: '{"n":2}',
        afterParameters: '{"n":2}',
        result: '{"twice":4}',
        afterResultSelector: '{"twice":4}',
        afterResultPath: '{"twice":4}',
      },
    });
  });

  test("is mocked", async () => {
    expect(await testState(request(task, { mock: { result: "[1]" } }))).toMatchObject({ output: "[1]" });
    expect(await testState(request(task, { mock: { errorOutput: { error: "Bad", cause: "why" } } }))).toEqual({
      status: "FAILED",
      error: "Bad",
      cause: "why",
    });
  });

  test("needs a role when it is real", async () => {
    await expect(testState(request(task))).rejects.toThrow("RoleArn must be specified when testing a Task state");
  });

  test("a Wait state passes at once", async () => {
    const year = { Type: "Wait", Seconds: 31_536_000, Next: "After" };
    expect(await testState(request(year))).toMatchObject({ status: "SUCCEEDED", nextState: "After" });
  });
});

describe("failures", () => {
  const retried = { ...task, Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3, MaxAttempts: 2 }] };
  const busy = { mock: { errorOutput: { error: "Busy" } }, inspectionLevel: "DEBUG" } as const;

  test.each([
    [0, { status: "RETRIABLE", inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 3 } } }],
    [1, { status: "RETRIABLE", inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 6 } } }],
    [2, { status: "FAILED", inspectionData: { errorDetails: { retryIndex: 0 } } }],
  ])("after %i retries", async (retrierRetryCount, response) => {
    const configured = request(retried, { ...busy, stateConfiguration: { retrierRetryCount } });
    expect(await testState(configured)).toMatchObject(response);
  });

  test("are caught with the Catcher's own output", async () => {
    const caught = { ...task, Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Handler" }] };
    const response = await testState(request(caught, { input: '{"a":1}', mock: { errorOutput: { error: "Bad" } } }));
    expect(response).toMatchObject({
      status: "CAUGHT_ERROR",
      nextState: "Handler",
      output: '{"a":1,"error":{"Error":"Bad","Cause":null}}',
    });
  });

  test("of the service itself are not caught, and do not say where they happened", async () => {
    const state = { Type: "Pass", InputPath: "$.nope", End: true };
    expect(await testState(request(state))).toEqual({
      status: "FAILED",
      error: "States.Runtime",
      cause: "Invalid path '$.nope' : No results for path: $['nope']",
    });
  });
});

describe("a mocked Map", () => {
  const map = {
    Type: "Map",
    ItemsPath: "$.list",
    ItemSelector: { "n.$": "$$.Map.Item.Value" },
    ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } },
    ResultPath: "$.out",
    End: true,
  };

  test("shows items, selected items and where the result goes", async () => {
    const response = await testState(
      request(map, { input: '{"list":[1,2]}', mock: { result: '["a","b"]' }, inspectionLevel: "TRACE" }),
    );
    expect(response).toMatchObject({
      output: '{"list":[1,2],"out":["a","b"]}',
      inspectionData: { afterItemsPath: "[1,2]", afterItemSelector: '[{"n":1},{"n":2}]', maxConcurrency: 0 },
    });
  });

  test("fails for items that are no list", async () => {
    expect(await testState(request(map, { input: '{"list":1}', mock: { result: "[]" } }))).toMatchObject({
      status: "FAILED",
      cause: 'Reference path "$.list" must point to array.',
    });
  });
});

describe("refused calls", () => {
  test.each<readonly [string, Partial<TestStateRequest>, string]>([
    ["Fail", { mock: { result: "1" } }, "State type 'Fail' is not supported when a mock is specified"],
    [
      "Succeed",
      { context: '{"State":{"Nope":1}}' },
      "Invalid Context object provided: Field 'State.Nope' is not allowed",
    ],
    [
      "Succeed",
      { context: '{"Execution":{"Id":1}}' },
      "Invalid Context object provided: Execution.Id must be a string",
    ],
    ["Succeed", { context: '{"Map":{}}' }, "Invalid Context object provided: 'Map' field is not supported"],
  ])("%s with %j", async (Type, more, message) => {
    await expect(testState(request({ Type }, more))).rejects.toThrow(message);
  });

  test("a definition with errors, a state that is not there, an input that is no JSON", async () => {
    await expect(testState(request({ Type: "Nope" }))).rejects.toMatchObject({ name: "InvalidDefinition" });
    const machine = { StartAt: "A", States: { A: { Type: "Succeed" } } };
    await expect(testState(request(machine, { stateName: "B" }))).rejects.toThrow("State not found in definition");
    await expect(testState(request({ Type: "Succeed" }, { input: "{" }))).rejects.toMatchObject({
      name: "InvalidExecutionInput",
    });
  });
});

describe("mocked results", () => {
  const start = { Type: "Task", Resource: "arn:aws:states:::states:startExecution", End: true };
  const mocked = (result: string, fieldValidationMode?: "STRICT" | "PRESENT" | "NONE") =>
    testState(
      request(start, { mock: { result, ...(fieldValidationMode === undefined ? {} : { fieldValidationMode }) } }),
    );

  test("are held against the integration's answer unless told otherwise", async () => {
    await expect(mocked("{}")).rejects.toThrow("Required field 'ExecutionArn' is missing");
    await expect(mocked('{"ExecutionArn":1}', "PRESENT")).rejects.toThrow("Field 'ExecutionArn' must be a string");
    expect(await mocked("{}", "PRESENT")).toMatchObject({ status: "SUCCEEDED" });
    expect(await mocked('{"ExecutionArn":1}', "NONE")).toMatchObject({ status: "SUCCEEDED" });
  });
});

test("variables and the context object are what is given", async () => {
  const state = {
    Type: "Pass",
    QueryLanguage: "JSONata",
    Output: "{% $threshold & ' ' & $states.context.Execution.Name %}",
    End: true,
  };
  const given = { variables: '{"threshold":7}', context: '{"Execution":{"Name":"mine"}}' };
  expect(await testState(request(state, given))).toMatchObject({ output: '"7 mine"' });
});

describe("a Distributed Map", () => {
  const distributed = {
    Type: "Map",
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "JSON", ItemsPointer: "/day/orders" },
      Parameters: { Bucket: "b", Key: "k" },
    },
    ItemSelector: { "id.$": "$$.Map.Item.Value" },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { "run.$": "$.run" } },
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "P",
      States: { P: { Type: "Pass", End: true } },
    },
    End: true,
  };
  const inspected = (mapItemReaderData: string) =>
    testState(
      request(distributed, {
        input: '{"run":7}',
        inspectionLevel: "DEBUG",
        mock: { result: "[]" },
        stateConfiguration: { mapItemReaderData },
      }),
    );

  test("shows the items that its pointer leads to, and its batches", async () => {
    expect(await inspected('{"day":{"orders":[1,2,3]}}')).toMatchObject({
      status: "SUCCEEDED",
      inspectionData: {
        afterItemsPointer: "[1,2,3]",
        afterItemSelector: '[{"id":1},{"id":2},{"id":3}]',
        afterItemBatcher:
          '[{"BatchInput":{"run":7},"Items":[{"id":1},{"id":2}]},{"BatchInput":{"run":7},"Items":[{"id":3}]}]',
      },
    });
  });

  test("fails when its pointer leads nowhere", async () => {
    expect(await inspected('{"night":[]}')).toMatchObject({ status: "FAILED", error: "States.ItemReaderFailed" });
  });
});

function withMock(resource: string, result: object, fieldValidationMode: "STRICT" | "PRESENT" | "NONE" = "STRICT") {
  return testState(
    request(
      { Type: "Task", Resource: `arn:aws:states:::${resource}`, End: true },
      { mock: { result: JSON.stringify(result), fieldValidationMode } },
    ),
  );
}

describe("mocks are held against the models of the SDK", () => {
  test.each([
    ["aws-sdk:sfn:startSyncExecution", { ExecutionArn: "a" }, "Required field 'StartDate' is missing"],
    ["glue:startJobRun.sync", { JobRunState: 1 }, "Field 'JobRunState' must be a string"],
    ["ecs:runTask.sync", { Containers: [{ ExitCode: "0" }] }, "Field 'ExitCode' must be a number"],
    ["codebuild:startBuild.sync", { Build: { Logs: [] } }, "Field 'Logs' must be an object"],
    ["sagemaker:createTransformJob", {}, "Required field 'TransformJobArn' is missing"],
  ])("%s", async (resource, result, problem) => {
    await expect(withMock(resource, result)).rejects.toThrow(`Mock result schema validation error: ${problem}`);
    expect(await withMock(resource, result, "NONE")).toMatchObject({ status: "SUCCEEDED" });
  });

  test("an answer of the real service fits", async () => {
    const job = { TrainingJobName: "j", TrainingJobArn: "arn", TrainingJobStatus: "Completed" };
    expect(await withMock("sagemaker:createTrainingJob.sync", job, "PRESENT")).toMatchObject({ status: "SUCCEEDED" });
    expect(await withMock("glue:startJobRun.sync", { Id: "jr", JobRunState: "SUCCEEDED" })).toMatchObject({
      output: '{"Id":"jr","JobRunState":"SUCCEEDED"}',
    });
  });
});
