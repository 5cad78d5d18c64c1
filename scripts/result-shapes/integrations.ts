/** Which integrations are described, by the operation whose result they show. */
export interface DescribedIntegration {
  /** Resource type and resource. */
  readonly keys: readonly string[];
  /** After `@aws-sdk/client-`. */
  readonly client: string;
  readonly operation: string;
  /** Into the operation's result; `[]` is the item of a list. */
  readonly path?: readonly string[];
  /** A member that the shape is put into. */
  readonly wrapIn?: string;
}

/** The client's name is the service's, without its dashes. */
function both(client: string, operations: readonly string[]): readonly DescribedIntegration[] {
  return operations.map((operation) => {
    const resource = `${client.replaceAll("-", "")}:${lower(operation)}`;
    return { keys: [`aws-sdk:${resource}`, resource], client, operation };
  });
}

function sdk(client: string, operations: readonly string[]): readonly DescribedIntegration[] {
  return operations.map((operation) => ({
    keys: [`aws-sdk:${client.replaceAll("-", "")}:${lower(operation)}`],
    client,
    operation,
  }));
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const sagemakerJobs = ["HyperParameterTuning", "Labeling", "Processing", "Training", "Transform"].map(
  (kind): DescribedIntegration => ({
    keys: [`sagemaker:create${kind}Job.sync`],
    client: "sagemaker",
    operation: `Describe${kind}Job`,
  }),
);

export const integrations: readonly DescribedIntegration[] = [
  ...both("athena", ["GetQueryExecution", "GetQueryResults", "StartQueryExecution", "StopQueryExecution"]),
  { keys: ["athena:startQueryExecution.sync"], client: "athena", operation: "GetQueryExecution" },
  ...both("batch", ["SubmitJob"]),
  ...sdk("batch", ["DescribeJobs", "TerminateJob"]),
  { keys: ["batch:submitJob.sync"], client: "batch", operation: "DescribeJobs", path: ["Jobs", "[]"] },
  ...both("codebuild", ["StartBuild", "StopBuild"]),
  ...sdk("codebuild", ["BatchGetBuilds"]),
  {
    keys: ["codebuild:startBuild.sync"],
    client: "codebuild",
    operation: "BatchGetBuilds",
    path: ["Builds", "[]"],
    wrapIn: "Build",
  },
  ...sdk("dynamodb", ["BatchGetItem", "BatchWriteItem", "DescribeTable", "Query", "Scan", "TransactWriteItems"]),
  ...both("ecs", ["RunTask"]),
  ...sdk("ecs", ["DescribeTasks", "StopTask"]),
  { keys: ["ecs:runTask.sync"], client: "ecs", operation: "DescribeTasks", path: ["Tasks", "[]"] },
  ...both("glue", ["StartJobRun"]),
  ...sdk("glue", ["GetJobRun", "GetTable", "StartCrawler"]),
  { keys: ["glue:startJobRun.sync"], client: "glue", operation: "GetJobRun", path: ["JobRun"] },
  ...sdk("lambda", ["GetFunctionConfiguration", "Invoke", "ListFunctions"]),
  ...sdk("s3", [
    "CopyObject",
    "DeleteObject",
    "DeleteObjects",
    "HeadBucket",
    "ListBuckets",
    "ListObjectsV2",
    "PutObject",
  ]),
  ...both("sagemaker", [
    "CreateEndpoint",
    "CreateEndpointConfig",
    "CreateHyperParameterTuningJob",
    "CreateLabelingJob",
    "CreateModel",
    "CreateProcessingJob",
    "CreateTransformJob",
    "UpdateEndpoint",
  ]),
  ...sdk("sagemaker", [
    "CreateTrainingJob",
    "DescribeEndpoint",
    "DescribeModel",
    "DescribeModelPackage",
    "DescribeProcessingJob",
    "DescribeTrainingJob",
    "DescribeTransformJob",
    "ListModelPackages",
  ]),
  ...sagemakerJobs,
  ...sdk("sfn", ["DescribeExecution", "ListExecutions", "SendTaskSuccess", "StartSyncExecution", "StopExecution"]),
  ...sdk("sns", ["ListTopics", "Publish", "PublishBatch"]),
];
