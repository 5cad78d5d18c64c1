import type { JsonObject } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { runDefinition } from "../../run-definition.ts";
import type { SdkModule } from "./sdk-clients.ts";
import { sdkTasks } from "./sdk-tasks.ts";

type Answer = (command: string, input: JsonObject) => unknown;

/** A client package whose every command is answered by a function. */
function fakeClient(answer: Answer): (packageName: string) => Promise<SdkModule> {
  class Command {
    readonly input: JsonObject;
    constructor(input: JsonObject) {
      this.input = input;
    }
  }
  class FakeClient {
    async send(command: Command): Promise<unknown> {
      return answer(command.constructor.name, command.input);
    }
  }
  const names = [
    "GetObject",
    "PutItem",
    "SendMessage",
    "Invoke",
    "PutEvents",
    "StartExecution",
    "AddJobFlowSteps",
    "DescribeStep",
  ];
  const commands = names.map((name) => [`${name}Command`, { [name]: class extends Command {} }[name]!] as const);
  return async () => ({ FakeClient, NoSuchKey: Error, ...Object.fromEntries(commands) });
}

async function run(resource: string, Parameters: JsonObject, answer: Answer) {
  return runDefinition(
    { StartAt: "T", States: { T: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters, End: true } } },
    { tasks: sdkTasks({ load: fakeClient(answer) }) },
  );
}

const $metadata = { httpStatusCode: 200, requestId: "r" };

const payload =
  (text: string, more: object = {}): Answer =>
  () => ({ $metadata, Payload: Buffer.from(text), ...more });

function refuse(name: string): Answer {
  return () => {
    const response = { httpStatusCode: 404, requestId: "r" };
    throw Object.assign(new Error("The key does not exist."), { name, $fault: "client", $metadata: response });
  };
}

const unreachable: Answer = () => {
  throw new Error("connect ECONNREFUSED");
};

describe("aws-sdk", () => {
  test("shows times, bytes and streams as text, and nothing of the transport", async () => {
    const result = await run("aws-sdk:s3:getObject", { Bucket: "b", Key: "k" }, (command, input) => ({
      $metadata,
      Body: { transformToString: async () => `${command} ${JSON.stringify(input)}` },
      LastModified: new Date(0),
      Empty: undefined,
    }));
    expect(result).toMatchObject({
      output: { Body: 'GetObject {"Bucket":"b","Key":"k"}', LastModified: "1970-01-01T00:00:00.000Z" },
    });
    expect(Object.keys((result as { readonly output: object }).output)).toEqual(["Body", "LastModified"]);
  });

  test("an API with small letters is shown with capital ones", async () => {
    const parameters = { StateMachineArn: "arn", Input: "{}" };
    const result = await run("aws-sdk:sfn:startExecution", parameters, (_command, input) => ({
      executionArn: "e",
      input,
    }));
    expect(result).toMatchObject({ output: { ExecutionArn: "e", Input: { StateMachineArn: "arn", Input: "{}" } } });
  });

  test("a refusal is named as the service names it", async () => {
    expect(await run("aws-sdk:s3:getObject", {}, refuse("NoSuchKey"))).toMatchObject({
      error: "S3.NoSuchKeyException",
      cause: "The key does not exist. (Service: S3, Status Code: 404, Request ID: r) (SDK Attempt Count: 1)",
    });
  });

  test("what does not reach the service is a client's failure", async () => {
    expect(await run("aws-sdk:dynamodb:putItem", {}, unreachable)).toMatchObject({
      error: "DynamoDb.SdkClientException",
    });
  });
});

describe("optimized", () => {
  test("sqs sends values as text", async () => {
    const result = await run("sqs:sendMessage", { QueueUrl: "q", MessageBody: { a: 1 } }, (_command, input) => ({
      $metadata,
      MessageId: input["MessageBody"],
    }));
    expect(result).toMatchObject({
      output: {
        MessageId: '{"a":1}',
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: "r" },
      },
    });
  });

  test("lambda's payload is a value; a function's error is the task's", async () => {
    expect(await run("lambda:invoke", { FunctionName: "f" }, payload('{"n":1}'))).toMatchObject({
      output: { Payload: { n: 1 } },
    });
    expect(
      await run("lambda:invoke", { FunctionName: "f" }, payload('{"errorType":"Bad"}', { FunctionError: "Unhandled" })),
    ).toMatchObject({ status: "FAILED", error: "Bad", cause: '{"errorType":"Bad"}' });
  });

  test("an event that was not taken fails the task", async () => {
    const entries = { Entries: [{ Detail: { a: 1 } }] };
    const result = await run("events:putEvents", entries, (_command, input) => ({
      FailedEntryCount: 1,
      Entries: input["Entries"],
    }));
    expect(result).toMatchObject({
      error: "EventBridge.FailedEntry",
      cause: '{"FailedEntryCount":1,"Entries":[{"Detail":"{\\"a\\":1}"}]}',
    });
  });
});

test("a step of EMR has other names there", async () => {
  const parameters = { ClusterId: "c", Step: { Name: "s" } };
  const result = await run("elasticmapreduce:addStep.sync", parameters, (command, input) =>
    command === "AddJobFlowSteps"
      ? { $metadata, StepIds: ["1"], input }
      : { $metadata, Step: { Id: input["StepId"], Status: { State: "COMPLETED" } } },
  );
  expect(result).toMatchObject({ output: { Step: { Id: "1", Status: { State: "COMPLETED" } } } });
  const submitted = result.history.events.find(({ type }) => type === "TaskSubmitted");
  expect(submitted?.value).toMatchObject({ StepId: "1", input: { JobFlowId: "c", Steps: [{ Name: "s" }] } });
});

test("what the SDK has no call for, and a client that is not installed, say what to do", async () => {
  await expect(run("eks:runJob.sync", {}, () => ({}))).rejects.toThrow("no call");
  const definition = {
    StartAt: "T",
    States: { T: { Type: "Task", Resource: "arn:aws:states:::aws-sdk:nothere:getThing", End: true } as const },
  };
  await expect(runDefinition(definition, { tasks: sdkTasks() })).rejects.toThrow("npm install @aws-sdk/client-nothere");
});

const call = (action: string) => ({ Type: "Task", Resource: `arn:aws:states:::aws-sdk:s3:${action}` }) as const;

test("an action that the client does not have is told of the state that asks for it", async () => {
  const states = {
    Read: { ...call("getObject"), Next: "Paint" },
    Paint: { ...call("paintObject"), End: true as const },
  };
  const tasks = sdkTasks({ load: fakeClient(() => ({ $metadata })) });
  const painting = runDefinition({ StartAt: "Read", States: states }, { tasks });
  await expect(painting).rejects.toThrow(/^State "Paint" .*has no PaintObjectCommand/);
});
