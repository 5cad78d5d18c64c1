import { optimizedIntegrations } from "@stepwright/asl";
import { describe, expect, test } from "vitest";
import { integrationPermissions } from "./integration-permissions.ts";
import { policyCharacters, policyDocument, printPolicyPage } from "./policy-document.ts";
import { policyOf } from "./policy.ts";

const home = (service: string) => `arn:\${Partition}:${service}:\${Region}:\${AccountId}`;

const machineOf = (states: Readonly<Record<string, object>>) => ({
  StartAt: Object.keys(states)[0],
  States: states,
});

const task = (resource: string, members: object = {}) => ({ Type: "Task", Resource: resource, End: true, ...members });

/** What one Task needs, as `action resource` lines. */
function needs(resource: string, members: object = {}): readonly string[] {
  const { statements } = policyOf(machineOf({ One: task(resource, members) }), { machine: "M" });
  return statements.flatMap(({ actions, resources, condition }) =>
    actions.flatMap((action) =>
      resources.map((each) => `${action} ${each}${condition === undefined ? "" : ` if ${JSON.stringify(condition)}`}`),
    ),
  );
}

const integration = (name: string) => `arn:aws:states:::${name}`;

describe("a state needs", () => {
  test.each<[string, object, readonly string[]]>([
    [
      "${TrainFunctionArn}",
      {},
      ["lambda:InvokeFunction ${TrainFunctionArn}", "lambda:InvokeFunction ${TrainFunctionArn}:*"],
    ],
    [
      "arn:aws:lambda:eu-west-1:123456789012:function:train:live",
      {},
      ["lambda:InvokeFunction arn:aws:lambda:eu-west-1:123456789012:function:train:live"],
    ],
    ["arn:aws:states:eu-west-1:123456789012:activity:label", {}, []],
    ["${LabelActivity}", {}, []],
    [
      integration("lambda:invoke.waitForTaskToken"),
      { Parameters: { FunctionName: "train", Qualifier: "live" } },
      [`lambda:InvokeFunction ${home("lambda")}:function:train:live`],
    ],
    [integration("lambda:invoke"), { Parameters: { "FunctionName.$": "$.f" } }, ["lambda:InvokeFunction *"]],
    [integration("sns:publish"), { Arguments: { TopicArn: "${TopicArn}" } }, ["sns:Publish ${TopicArn}"]],
    [integration("sns:publish"), { Arguments: { TopicArn: "{% $t %}" } }, ["sns:Publish *"]],
    [
      integration("sqs:sendMessage"),
      { Parameters: { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders" } },
      ["sqs:SendMessage arn:${Partition}:sqs:eu-west-1:123456789012:orders"],
    ],
    [
      integration("dynamodb:updateItem"),
      { Parameters: { TableName: "${LedgerTable}" } },
      [`dynamodb:UpdateItem ${home("dynamodb")}:table/\${LedgerTable}`],
    ],
    [
      integration("events:putEvents"),
      { Parameters: { Entries: [{ Source: "a" }, { EventBusName: "orders" }] } },
      [`events:PutEvents ${home("events")}:event-bus/default`, `events:PutEvents ${home("events")}:event-bus/orders`],
    ],
    [
      integration("states:startExecution.sync:2"),
      { Parameters: { StateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:Child" } },
      [
        "states:StartExecution arn:aws:states:eu-west-1:123456789012:stateMachine:Child",
        "states:DescribeExecution arn:aws:states:eu-west-1:123456789012:execution:Child:*",
        "states:StopExecution arn:aws:states:eu-west-1:123456789012:execution:Child:*",
        ...["events:PutTargets", "events:PutRule", "events:DescribeRule"].map(
          (action) => `${action} ${home("events")}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
        ),
      ],
    ],
    [
      integration("sagemaker:createTrainingJob"),
      { Parameters: { TrainingJobName: "Nightly", RoleArn: "${SageMakerRoleArn}" } },
      [
        `sagemaker:CreateTrainingJob ${home("sagemaker")}:training-job/nightly`,
        `sagemaker:ListTags ${home("sagemaker")}:training-job/nightly`,
        `sagemaker:AddTags ${home("sagemaker")}:training-job/nightly`,
        'iam:PassRole ${SageMakerRoleArn} if {"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}',
      ],
    ],
    [
      integration("glue:startJobRun"),
      { Parameters: { "JobName.$": "$.job" } },
      [`glue:StartJobRun ${home("glue")}:job/*`],
    ],
    [
      integration("aws-sdk:s3:listObjectsV2"),
      { Parameters: { Bucket: "data" } },
      ["s3:ListBucket arn:${Partition}:s3:::data"],
    ],
    [
      integration("aws-sdk:s3:getObject"),
      { Parameters: { Bucket: "data", "Key.$": "$.key" } },
      ["s3:GetObject arn:${Partition}:s3:::data/*"],
    ],
    [
      integration("aws-sdk:dynamodb:query"),
      { Parameters: { TableName: "t", IndexName: "byDay" } },
      [`dynamodb:Query ${home("dynamodb")}:table/t`, `dynamodb:Query ${home("dynamodb")}:table/t/index/*`],
    ],
    [integration("aws-sdk:cloudwatchlogs:createLogGroup"), {}, ["logs:CreateLogGroup *"]],
    [integration("aws-sdk:constructor:call"), {}, ["constructor:Call *"]],
    [
      integration("aws-sdk:s3:getObject"),
      { Parameters: { Bucket: "data", Key: "k" }, Credentials: { RoleArn: "arn:aws:iam::123456789012:role/other" } },
      ["sts:AssumeRole arn:aws:iam::123456789012:role/other"],
    ],
  ])("%s %j", (resource, members, wanted) => {
    expect(needs(resource, members)).toEqual(wanted);
  });

  test("something, for every optimized integration in every pattern", () => {
    const suffix = { requestResponse: "", sync: ".sync", waitForTaskToken: ".waitForTaskToken" };
    const withoutAny = Object.entries(optimizedIntegrations).flatMap(([service, actions]) =>
      Object.entries(actions).flatMap(([action, patterns]) =>
        patterns
          .map((pattern) => integration(`${service}:${action}${suffix[pattern]}`))
          .filter((resource) => needs(resource).length === 0),
      ),
    );
    expect(withoutAny).toEqual(
      ["eks:call", "eks:runJob", "eks:runJob.sync", "eks:runJob.waitForTaskToken"].map(integration),
    );
    expect(Object.keys(integrationPermissions).toSorted()).toEqual(Object.keys(optimizedIntegrations).toSorted());
  });

  test("for a Distributed Map: the executions of its own machine, what it reads and where it writes", () => {
    const { statements } = policyOf(
      machineOf({
        Each: {
          Type: "Map",
          ItemReader: { Resource: integration("s3:getObject"), Parameters: { Bucket: "in", "Key.$": "$.key" } },
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "Rest",
            States: { Rest: { Type: "Pass", End: true } },
          },
          ResultWriter: { Resource: integration("s3:putObject"), Parameters: { Bucket: "out", Prefix: "runs/" } },
          End: true,
        },
      }),
      { machine: "Bulk" },
    );
    expect(statements.map(({ actions, resources }) => [actions[0], ...resources])).toEqual([
      ["states:StartExecution", `${home("states")}:stateMachine:Bulk`],
      ["states:DescribeExecution", `${home("states")}:execution:Bulk/*`],
      ["s3:GetObject", "arn:${Partition}:s3:::in/*"],
      ["s3:PutObject", "arn:${Partition}:s3:::out/runs/*"],
    ]);
  });
});

test.each([
  [{ Resource: integration("s3:listObjectsV2") }, ["s3:ListBucket arn:${Partition}:s3:::in"]],
  [
    { Resource: integration("s3:listObjectsV2"), ReaderConfig: { Transformation: "LOAD_AND_FLATTEN" } },
    ["s3:ListBucket arn:${Partition}:s3:::in", "s3:GetObject arn:${Partition}:s3:::in/*"],
  ],
  [
    { Resource: integration("s3:getObject"), ReaderConfig: { InputType: "MANIFEST" } },
    ["s3:GetObject arn:${Partition}:s3:::in/*"],
  ],
])("an item reader %j", (reader, wanted) => {
  const processor = {
    ProcessorConfig: { Mode: "DISTRIBUTED" },
    StartAt: "A",
    States: { A: { Type: "Pass", End: true } },
  };
  const map = { Type: "Map", ItemProcessor: processor, End: true };
  const parameters = { Bucket: "in", Key: "k", Prefix: "p" };
  const definition = machineOf({ Each: { ...map, ItemReader: { ...reader, Parameters: parameters } } });
  const { statements } = policyOf(definition, { machine: "M" });
  const found = statements.flatMap(({ actions, resources }) =>
    actions.map((action) => `${action} ${resources.join()}`),
  );
  expect(found.filter((line) => line.startsWith("s3:"))).toEqual(wanted);
});

describe("a policy", () => {
  const definition = machineOf({
    Fetch: { ...task("${FetchFunctionArn}"), End: undefined, Next: "Store" },
    Store: { ...task("${StoreFunctionArn}"), End: undefined, Next: "Tell" },
    Tell: task(integration("sns:publish"), { Parameters: { "TopicArn.$": "$.topic" } }),
  });

  test("says equal things once, and who needs them", () => {
    expect(policyOf(definition, { machine: "M" }).statements).toEqual([
      {
        sid: "InvokeFunctionFor2States",
        actions: ["lambda:InvokeFunction"],
        resources: ["${FetchFunctionArn}", "${FetchFunctionArn}:*", "${StoreFunctionArn}", "${StoreFunctionArn}:*"],
        neededBy: ["Fetch", "Store"],
        notes: [],
      },
      {
        sid: "PublishForTell",
        actions: ["sns:Publish"],
        resources: ["*"],
        neededBy: ["Tell"],
        notes: ["TopicArn is not known before the machine runs"],
      },
    ]);
  });

  test("is narrowed by what the configuration knows", () => {
    const { statements } = policyOf(definition, { machine: "M", resources: { Tell: ["${AlertsTopicArn}"] } });
    expect(statements[1]).toMatchObject({ resources: ["${AlertsTopicArn}"], notes: [] });
  });

  test("is printed as IAM reads it, and as a page", () => {
    const policy = policyOf(definition, { machine: "M" });
    expect(policyDocument(policy)).toMatchObject({
      Version: "2012-10-17",
      Statement: [
        { Sid: "InvokeFunctionFor2States", Effect: "Allow" },
        { Sid: "PublishForTell", Resource: ["*"] },
      ],
    });
    expect(policyCharacters(policy)).toBe(JSON.stringify(policyDocument(policy)).length);
    expect(printPolicyPage("M", policy)).toContain("- wide, because TopicArn is not known before the machine runs");
  });

  test("of a machine that calls nothing is empty", () => {
    expect(policyOf(machineOf({ Done: { Type: "Succeed" } }), { machine: "M" })).toEqual({ statements: [] });
  });

  test("allows logs and traces when they are on", () => {
    const { statements } = policyOf(machineOf({}), { machine: "M", logging: true, tracing: true });
    expect(statements.map(({ neededBy }) => neededBy)).toEqual([["logging"], ["tracing"]]);
  });
});
