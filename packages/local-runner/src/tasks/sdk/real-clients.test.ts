/** The real clients of the SDK, against a server that says what it is told to say. */
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { JsonObject } from "@stepwright/asl";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ExecutionResult } from "../../execution-result.ts";
import { runDefinition } from "../../run-definition.ts";
import type { RunOptions } from "../../run-definition.ts";
import { sdkTasks } from "./sdk-tasks.ts";

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

/** By operation: the last segment of the target header, or method and path. Each list is answered in order. */
type Script = Readonly<Record<string, readonly Answer[]>>;

let server: Server;
let url: string;
let script: Script;
/** Says the operation of each call that has come. */
let arrivals: EventEmitter;
/** What came, in order. */
let calls: { readonly operation: string; readonly body: string }[];

beforeEach(async () => {
  calls = [];
  arrivals = new EventEmitter();
  server = createServer((request, response) => {
    void respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body = {}, headers = {}, status = 200 } = await answerTo(request);
  response.writeHead(status, { "x-amzn-requestid": "req-1", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const target = request.headers["x-amz-target"];
  const path = request.url!.replace(/\?.*/, "");
  const operation = typeof target === "string" ? target.split(".").at(-1)! : `${request.method} ${path}`;
  const count = calls.filter((call) => call.operation === operation).length;
  calls.push({ operation, body: await text(request) });
  arrivals.emit(operation);
  const answers = script[operation] ?? [];
  return answers[count] ?? answers.at(-1) ?? { status: 500, body: `Nobody answers ${operation}.` };
}

async function run(resource: string, Parameters: JsonObject, options: Pick<RunOptions, "onEvent" | "signal"> = {}) {
  const config = {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "s" },
    maxAttempts: 1,
  };
  return runDefinition(
    { StartAt: "T", States: { T: { Type: "Task", Resource: `arn:aws:states:::${resource}`, Parameters, End: true } } },
    { tasks: sdkTasks({ config, pollIntervalMs: 1 }), ...options },
  );
}

function submitted(result: ExecutionResult): JsonObject | undefined {
  const event = result.history.events.find(({ type }) => type === "TaskSubmitted");
  return event?.value as JsonObject | undefined;
}

const metadata = { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: "req-1" } };

describe("protocols", () => {
  test("JSON: DynamoDB, as the SDK shows it and as the optimized integration does", async () => {
    script = { GetItem: [{ body: { Item: { id: { S: "1" } } } }] };
    const parameters = { TableName: "models", Key: { id: { S: "1" } } };
    expect(await run("aws-sdk:dynamodb:getItem", parameters)).toMatchObject({ output: { Item: { id: { S: "1" } } } });
    expect(await run("dynamodb:getItem", parameters)).toMatchObject({
      output: { Item: { id: { S: "1" } }, ...metadata },
    });
    expect(JSON.parse(calls[0]!.body)).toEqual(parameters);
  });

  test("query: SNS, a value sent as text", async () => {
    const body = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></PublishResponse>`;
    script = { "POST /": [{ body, headers: { "content-type": "text/xml" } }] };
    const result = await run("sns:publish", { TopicArn: "arn:aws:sns:us-east-1:1:t", Message: { trained: true } });
    expect(result).toMatchObject({ output: { MessageId: "m-1", ...metadata } });
    expect(new URLSearchParams(calls[0]!.body).get("Message")).toBe('{"trained":true}');
  });

  test("REST with XML: S3, a body as text", async () => {
    const headers = { "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT", etag: '"e"' };
    script = { "GET /bucket/key": [{ body: "line 1\n", headers }] };
    expect(await run("aws-sdk:s3:getObject", { Bucket: "bucket", Key: "key" })).toMatchObject({
      output: { Body: "line 1\n", ETag: '"e"', LastModified: "1970-01-01T00:00:00.000Z" },
    });
  });

  test("REST with JSON: Lambda, a payload as a value", async () => {
    script = { "POST /2015-03-31/functions/Train/invocations": [{ body: { auc: 0.9 } }] };
    const result = await run("lambda:invoke", { FunctionName: "Train", Payload: { n: 1 } });
    expect(result).toMatchObject({ output: { Payload: { auc: 0.9 }, StatusCode: 200, ...metadata } });
    expect(calls[0]!.body).toBe('{"n":1}');
  });
});

describe("errors", () => {
  test("of the service's model keep their name", async () => {
    const xml = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";
    script = {
      "GET /bucket/key": [
        { status: 404, body: xml, headers: { "x-amz-id-2": "x", "content-type": "application/xml" } },
      ],
    };
    expect(await run("aws-sdk:s3:getObject", { Bucket: "bucket", Key: "key" })).toMatchObject({
      error: "S3.NoSuchKeyException",
      cause:
        "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: req-1, Extended Request ID: x) (SDK Attempt Count: 1)",
    });
  });

  test("of no model have the service's own", async () => {
    script = {
      GetItem: [{ status: 400, body: { __type: "com.amazon.coral.validate#ValidationException", message: "No." } }],
    };
    expect(await run("aws-sdk:dynamodb:getItem", { TableName: "t", Key: {} })).toMatchObject({
      error: "DynamoDb.DynamoDbException",
    });
    expect(await run("dynamodb:getItem", { TableName: "t", Key: {} })).toMatchObject({
      error: "DynamoDB.AmazonDynamoDBException",
      cause:
        "No. (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; Request ID: req-1; Proxy: null)",
    });
  });

  test("without an answer are the client's", async () => {
    script = {};
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await run("aws-sdk:dynamodb:getItem", { TableName: "t", Key: {} })).toMatchObject({
      error: "DynamoDb.SdkClientException",
    });
  });
});

interface Job {
  readonly resource: string;
  readonly parameters: JsonObject;
  readonly start: readonly [operation: string, answer: object];
  readonly look: readonly [operation: string, request: JsonObject];
  readonly running: object;
  readonly done: object;
  readonly failed: object;
  /** What the task shows of `done`. */
  readonly output: JsonObject;
  readonly stop: readonly [operation: string, request: JsonObject];
}

const jobs: readonly Job[] = [
  ...[
    { kind: "Training", more: { AlgorithmSpecification: { TrainingInputMode: "File" } } },
    { kind: "Transform", more: { ModelName: "m" } },
    { kind: "Processing", more: { RoleArn: "r" } },
  ].map(({ kind, more }): Job => {
    const name = `${kind}JobName`;
    const status = `${kind}JobStatus`;
    return {
      resource: `sagemaker:create${kind}Job`,
      parameters: { [name]: "j", ...more },
      start: [`Create${kind}Job`, { [`${kind}JobArn`]: "arn" }],
      look: [`Describe${kind}Job`, { [name]: "j" }],
      running: { [status]: "InProgress" },
      done: { [name]: "j", [status]: "Completed", CreationTime: 1_700_000_000 },
      failed: { [name]: "j", [status]: "Failed", FailureReason: "bad data" },
      output: { [name]: "j", [status]: "Completed", CreationTime: 1_700_000_000_000 },
      stop: [`Stop${kind}Job`, { [name]: "j" }],
    };
  }),
  {
    resource: "glue:startJobRun",
    parameters: { JobName: "g", Arguments: { "--day": "1" } },
    start: ["StartJobRun", { JobRunId: "jr" }],
    look: ["GetJobRun", { JobName: "g", RunId: "jr" }],
    running: { JobRun: { Id: "jr", JobRunState: "RUNNING" } },
    done: { JobRun: { Id: "jr", JobRunState: "SUCCEEDED" } },
    failed: { JobRun: { Id: "jr", JobRunState: "TIMEOUT" } },
    output: { Id: "jr", JobRunState: "SUCCEEDED" },
    stop: ["BatchStopJobRun", { JobName: "g", JobRunIds: ["jr"] }],
  },
  {
    resource: "batch:submitJob",
    parameters: { JobName: "b", JobQueue: "q", JobDefinition: "d", Parameters: { InputKey: "k" } },
    start: ["POST /v1/submitjob", { jobId: "1", jobName: "b" }],
    look: ["POST /v1/describejobs", { jobs: ["1"] }],
    running: { jobs: [{ jobId: "1", status: "RUNNABLE" }] },
    done: { jobs: [{ jobId: "1", status: "SUCCEEDED", parameters: { InputKey: "k" } }] },
    failed: { jobs: [{ jobId: "1", status: "FAILED", statusReason: "why" }] },
    output: { JobId: "1", Status: "SUCCEEDED", Parameters: { InputKey: "k" } },
    stop: ["POST /v1/terminatejob", { jobId: "1", reason: "Aborted by AWS Step Functions" }],
  },
  {
    resource: "ecs:runTask",
    parameters: { Cluster: "c", TaskDefinition: "t" },
    start: ["RunTask", { failures: [], tasks: [{ taskArn: "a" }] }],
    look: ["DescribeTasks", { cluster: "c", tasks: ["a"] }],
    running: { tasks: [{ taskArn: "a", lastStatus: "RUNNING" }] },
    done: { tasks: [{ taskArn: "a", lastStatus: "STOPPED", containers: [{ exitCode: 0 }] }] },
    failed: { tasks: [{ taskArn: "a", lastStatus: "STOPPED", containers: [{ exitCode: 0 }, { exitCode: 1 }] }] },
    output: { TaskArn: "a", LastStatus: "STOPPED", Containers: [{ ExitCode: 0 }] },
    stop: ["StopTask", { cluster: "c", task: "a" }],
  },
  {
    resource: "codebuild:startBuild",
    parameters: { ProjectName: "p" },
    start: ["StartBuild", { build: { id: "p:1" } }],
    look: ["BatchGetBuilds", { ids: ["p:1"] }],
    running: { builds: [{ id: "p:1", buildStatus: "IN_PROGRESS" }] },
    done: { builds: [{ id: "p:1", buildStatus: "SUCCEEDED" }] },
    failed: { builds: [{ id: "p:1", buildStatus: "TIMED_OUT" }] },
    output: { Build: { Id: "p:1", BuildStatus: "SUCCEEDED" } },
    stop: ["StopBuild", { id: "p:1" }],
  },
  {
    resource: "athena:startQueryExecution",
    parameters: { QueryString: "select 1" },
    start: ["StartQueryExecution", { QueryExecutionId: "q" }],
    look: ["GetQueryExecution", { QueryExecutionId: "q" }],
    running: { QueryExecution: { Status: { State: "QUEUED" } } },
    done: { QueryExecution: { Status: { State: "SUCCEEDED" } } },
    failed: { QueryExecution: { Status: { State: "CANCELLED" } } },
    output: { QueryExecution: { Status: { State: "SUCCEEDED" } } },
    stop: ["StopQueryExecution", { QueryExecutionId: "q" }],
  },
];

describe.each(jobs)(
  "the job of $resource",
  ({ done, failed, look, output, parameters, resource, running, start, stop }) => {
    test("waits for the job and shows it", async () => {
      script = { [start[0]]: [{ body: start[1] }], [look[0]]: [{ body: running }, { body: done }] };
      const result = await run(`${resource}.sync`, parameters);
      expect(result).toMatchObject({ status: "SUCCEEDED", output });
      expect(submitted(result)).toMatchObject(metadata);
      expect(calls.map(({ operation }) => operation)).toEqual([start[0], look[0], look[0]]);
      expect(JSON.parse(calls[1]!.body)).toEqual(look[1]);
    });

    test("is submitted while the job runs", async () => {
      script = { [start[0]]: [{ body: start[1] }], [look[0]]: [{ body: running }, { body: done }] };
      const recorded: string[] = [];
      const looked = once(arrivals, look[0]).then(() => recorded.at(-1));
      await run(`${resource}.sync`, parameters, { onEvent: ({ type }) => recorded.push(type) });
      expect(await looked).toBe("TaskSubmitted");
      expect(recorded.filter((type) => type === "TaskSubmitted")).toHaveLength(1);
    });

    test("fails with the job", async () => {
      script = { [start[0]]: [{ body: start[1] }], [look[0]]: [{ body: failed }] };
      const result = await run(`${resource}.sync`, parameters);
      expect(result).toMatchObject({ status: "FAILED", error: "States.TaskFailed" });
      expect(Object.keys(JSON.parse("cause" in result ? result.cause! : "") as object)).toContain(
        Object.keys(output)[0],
      );
    });

    test("stops the job when nobody waits any more", async () => {
      const stopping = new AbortController();
      script = { [start[0]]: [{ body: start[1] }], [look[0]]: [{ body: running }], [stop[0]]: [{ body: {} }] };
      const looked = once(arrivals, look[0]);
      const stopped = once(arrivals, stop[0]);
      const result = run(`${resource}.sync`, parameters, { signal: stopping.signal });
      await looked;
      stopping.abort();
      expect(await result).toMatchObject({ status: "ABORTED" });
      await stopped;
      expect(JSON.parse(calls.at(-1)!.body)).toEqual(stop[1]);
    });
  },
);

test("a task of ECS that nobody could place fails at once", async () => {
  script = { RunTask: [{ body: { failures: [{ reason: "RESOURCE:CPU" }], tasks: [] } }] };
  expect(await run("ecs:runTask.sync", { Cluster: "c", TaskDefinition: "t" })).toMatchObject({
    error: "AmazonECS.Unknown",
  });
});
