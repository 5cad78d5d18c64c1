import type * as DynamoDb from "@aws-sdk/client-dynamodb";
import { expect, expectTypeOf, test } from "vitest";
import {
  awsSdk,
  build,
  defineIntegration,
  defineTask,
  dynamodb,
  eventBridge,
  http,
  machine,
  plain,
  s3,
  sagemaker,
  sns,
  sqs,
  stepFunctions,
} from "./index.ts";
import type { OutputOf, TaskInput, TaskOutput } from "./index.ts";

const services = {
  dynamodb,
  eventBridge,
  http,
  s3,
  sagemaker,
  sns,
  sqs,
  stepFunctions,
};
const contracts = Object.values(services).flatMap((service) =>
  Object.values(service).map((contract) => (typeof contract === "function" ? contract() : contract)),
);

test.each(contracts.map(({ name, resource }) => [name, resource]))(
  "%s is an integration that AWS has",
  (_, resource) => {
    const flow = machine("One", { input: plain<object>() }).task("Call", defineTask<object, object>("Call"), {
      resource: resource ?? "",
    });
    expect(build(flow).diagnostics).toEqual([]);
  },
);

test("an integration's request and response are typed, and it is no function of ours", () => {
  const flow = machine("Train", { input: plain<{ job: string; image: string }>(), queryLanguage: "JSONata" })
    .task("Train", sagemaker.createTrainingJobSync, {
      arguments: (s) => ({
        TrainingJobName: s.input.job,
        RoleArn: "${RoleArn}",
        AlgorithmSpecification: { TrainingImage: s.input.image, TrainingInputMode: "File" },
        OutputDataConfig: { S3OutputPath: "s3://models" },
        ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 10 },
        StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      }),
      retry: [{ errors: ["SageMaker.ResourceLimitExceededException"] }],
      output: (s) => ({ model: s.result.ModelArtifacts.S3ModelArtifacts }),
    })
    .task("Ask", sqs.sendMessageWaitForTaskToken<{ approved: boolean }>(), {
      arguments: (s) => ({
        QueueUrl: "${QueueUrl}",
        MessageBody: { model: s.input.model, token: s.context.Task.Token },
      }),
    });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ approved: boolean }>();
  const { definition, diagnostics, tasks } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(tasks).toEqual([]);
  expect(definition.States["Train"]).toMatchObject({ Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync" });
  expect(definition.States["Ask"]).toMatchObject({ Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken" });
});

test("an execution of another machine gives its output", () => {
  const child = stepFunctions.startExecutionSync2<{ id: string }, { auc: number }>();
  const flow = machine("Parent", { input: plain<{ id: string }>() }).task("Child", child, {
    parameters: (s) => ({ StateMachineArn: "${ChildArn}", Input: { id: s.input.id } }),
    resultSelector: (s) => ({ auc: s.result.Output.auc }),
  });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ auc: number }>();
  expect(build(flow).diagnostics).toEqual([]);
});

test("an activity is a contract with a resource of its own", () => {
  const review = defineTask<{ id: string }, { approved: boolean }, "Refused">("Review");
  const flow = machine("Work", { input: plain<{ id: string }>() }).task("Review", review, {
    resource: "arn:aws:states:eu-west-1:123456789012:activity:Review",
    heartbeatSeconds: 60,
    retry: [{ errors: ["Refused"] }],
  });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ approved: boolean }>();
  const { diagnostics, tasks } = build(flow);
  expect(diagnostics).toEqual([]);
  expect(tasks).toEqual([]);
});

/** As the packages of the AWS SDK for JavaScript v3 declare a command. */
declare class Command<Input, Output> {
  readonly input: Input;
  constructor(input: Input);
  resolveMiddleware(stack: object): (args: { input: Input }) => Promise<{ output: Output; response: unknown }>;
}
interface Client {
  readonly StartThingCommand: typeof Command<
    { thingArn: string | undefined; when?: Date; data?: Uint8Array; tags?: Record<string, string> },
    { $metadata: object; startDate: Date | undefined; size?: number | undefined }
  >;
  readonly paginateThings: () => void;
}

test("an action of the AWS SDK has the SDK's types as Step Functions sends them", () => {
  const startThing = awsSdk<Client>("things")("startThing");
  expectTypeOf<TaskInput<typeof startThing>>().toEqualTypeOf<{
    ThingArn: string;
    When?: string;
    Data?: string;
    Tags?: { [x: string]: string };
  }>();
  expectTypeOf<TaskOutput<typeof startThing>>().toEqualTypeOf<{ StartDate: string; Size?: number }>();
  expect(startThing.resource).toBe("arn:aws:states:::aws-sdk:things:startThing");
  // @ts-expect-error the module has no such command
  awsSdk<Client>("things")("stopThing");
  const anything = awsSdk("sfn")("anything");
  expectTypeOf<TaskOutput<typeof anything>>().toBeUnknown();
});

test("the SDK's own packages serve as they are", () => {
  const dynamo = awsSdk<typeof DynamoDb>("dynamodb");
  const flow = machine("Orders", { input: plain<{ customer: string }>(), queryLanguage: "JSONata" }).task(
    "Query",
    dynamo("query"),
    {
      arguments: (s) => ({
        TableName: "${OrdersTable}",
        KeyConditionExpression: "customer = :customer",
        ExpressionAttributeValues: { ":customer": { S: s.input.customer } },
      }),
      output: (s) => ({ count: s.result.Count, next: s.result.LastEvaluatedKey }),
      retry: [{ errors: ["DynamoDb.ProvisionedThroughputExceededException"] }],
    },
  );
  expectTypeOf<OutputOf<typeof flow>["count"]>().toEqualTypeOf<number | undefined>();
  expect(build(flow).diagnostics).toEqual([]);
  // Everything in this request may be absent, which the SDK declares in another way.
  expectTypeOf<TaskInput<ReturnType<typeof dynamo<"listTables">>>>().toEqualTypeOf<{
    ExclusiveStartTableName?: string;
    Limit?: number;
  }>();
  // @ts-expect-error the SDK has no such action
  dynamo("qery");
  // @ts-expect-error the SDK's request needs a TableName
  flow.task("Wrong", dynamo("scan"), { arguments: () => ({ Limit: 1 }) });
});

test("an integration without a helper is defined like a task", () => {
  const run = defineIntegration("glue:startJobRun.sync", {
    input: plain<{ JobName: string }>(),
    output: plain<{ JobRunState: string }>(),
    errors: ["Glue.ConcurrentRunsExceededException"],
  });
  const flow = machine("Glue", { input: plain<{ job: string }>() }).task("Run", run, {
    parameters: (s) => ({ JobName: s.input.job }),
    retry: [{ errors: ["Glue.ConcurrentRunsExceededException"] }],
  });
  expectTypeOf<OutputOf<typeof flow>>().toEqualTypeOf<{ JobRunState: string }>();
  expect(build(flow).definition.States["Run"]).toMatchObject({
    Resource: "arn:aws:states:::glue:startJobRun.sync",
    Parameters: { "JobName.$": "$.job" },
  });
});
