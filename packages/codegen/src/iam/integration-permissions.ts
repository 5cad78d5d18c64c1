/**
 * What each optimized integration needs: the call itself, and with `.sync` the calls that watch and stop the job
 * and the EventBridge rule that the service keeps for it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html
 */
import { isJsonArray, isJsonObject } from "@stepwright/asl";
import { arnOf } from "./permission.ts";
import type { Permission } from "./permission.ts";
import { textArgument } from "./task-request.ts";
import type { TaskRequest } from "./task-request.ts";

type PermissionsOf = (request: TaskRequest) => readonly Permission[];

export const integrationPermissions: Readonly<Record<string, PermissionsOf>> = {
  apigateway: (request) => {
    const host = textArgument(request, "ApiEndpoint")?.split(".")[0];
    const stage = textArgument(request, "Stage") ?? "*";
    const method = textArgument(request, "Method") ?? "*";
    const path = textArgument(request, "Path")?.replace(/^\//, "") ?? "*";
    return [
      allow(
        ["execute-api:Invoke"],
        host === undefined ? unknown("ApiEndpoint") : arnOf("execute-api", `${host}/${stage}/${method}/${path}`),
      ),
    ];
  },
  athena: (request) => [
    allow(
      [
        iamAction("athena", request.action),
        ...whenSync(request, ["athena:GetQueryExecution", "athena:StopQueryExecution"]),
      ],
      named(request, "WorkGroup", (name) => arnOf("athena", `workgroup/${name}`)),
    ),
    ...(request.action === "startQueryExecution" ? athenaData : []),
  ],
  batch: (request) => [
    allow(
      ["batch:SubmitJob"],
      [
        byArn(request, "JobQueue", (name) => arnOf("batch", `job-queue/${name}`)),
        byArn(request, "JobDefinition", (name) => arnOf("batch", `job-definition/${name}`)),
      ],
    ),
    ...watched(request, ["batch:DescribeJobs", "batch:TerminateJob"], "StepFunctionsGetEventsForBatchJobsRule"),
  ],
  bedrock: (request) =>
    request.action === "invokeModel"
      ? [
          allow(
            ["bedrock:InvokeModel"],
            byArn(request, "ModelId", (id) => `arn:\${Partition}:bedrock:\${Region}::foundation-model/${id}`),
          ),
        ]
      : [
          allow(["bedrock:CreateModelCustomizationJob"], anything("a customization job has no name before it is made")),
          ...whenSync(request, [
            allow(
              ["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"],
              arnOf("bedrock", "model-customization-job/*"),
            ),
          ]),
          passRole(request, "RoleArn", "bedrock.amazonaws.com"),
        ],
  codebuild: (request) => {
    const project = byArn(request, "ProjectName", (name) => arnOf("codebuild", `project/${name}`));
    const isBatch = request.action.endsWith("Batch") || request.action.endsWith("BuildBatches");
    const watching = isBatch
      ? ["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"]
      : ["codebuild:StopBuild", "codebuild:BatchGetBuilds"];
    const rule = isBatch
      ? "StepFunctionsGetEventForCodeBuildStartBuildBatchRule"
      : "StepFunctionsGetEventForCodeBuildStartBuildRule";
    return [
      allow([iamAction("codebuild", request.action), ...whenSync(request, watching)], project),
      ...whenSync(request, [managedRule(rule)]),
    ];
  },
  databrew: (request) => [
    allow(
      ["databrew:StartJobRun", ...whenSync(request, ["databrew:ListJobRuns", "databrew:StopJobRun"])],
      named(request, "Name", (name) => arnOf("databrew", `job/${name}`)),
    ),
  ],
  dynamodb: (request) => [
    allow(
      [iamAction("dynamodb", request.action)],
      byArn(request, "TableName", (name) => arnOf("dynamodb", `table/${name}`)),
    ),
  ],
  ecs: (request) => [
    allow(
      ["ecs:RunTask"],
      byArn(request, "TaskDefinition", (name) =>
        arnOf("ecs", `task-definition/${name.includes(":") ? name : `${name}:*`}`),
      ),
    ),
    ...watched(request, ["ecs:DescribeTasks", "ecs:StopTask"], "StepFunctionsGetEventsForECSTaskRule"),
    {
      actions: ["iam:PassRole"],
      ...anything("the roles stand in the task definition"),
      condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ],
  eks: (request) => {
    const cluster =
      request.action === "createCluster"
        ? named(request, "Name", (name) => arnOf("eks", `cluster/${name}`))
        : named(request, "ClusterName", (name) => arnOf("eks", `cluster/${name}`));
    // Kubernetes itself says who may call it or run jobs on it; AWS asks for no permission.
    if (request.action === "call" || request.action === "runJob") {
      return [];
    }
    const kind = request.action.replace(/^(?:create|delete)/, "");
    const inner = kind === "Cluster" ? cluster : anything("node groups and profiles have generated identifiers");
    return [
      allow([iamAction("eks", request.action)], cluster),
      ...whenSync(request, [allow([`eks:Describe${kind}`], inner)]),
      ...(request.action.startsWith("create")
        ? [
            passRole(
              request,
              kind === "Cluster" ? "RoleArn" : kind === "Nodegroup" ? "NodeRole" : "PodExecutionRoleArn",
              "eks.amazonaws.com",
            ),
          ]
        : []),
    ];
  },
  elasticmapreduce: (request) => {
    const cluster = named(request, "ClusterId", (id) => arnOf("elasticmapreduce", `cluster/${id}`));
    const { actions, watching, rule } = emrActions[request.action] ?? { actions: [], watching: [] };
    return [
      allow(
        [...actions.map((action) => `elasticmapreduce:${action}`), ...whenSync(request, watching)],
        request.action === "createCluster" ? anything("a cluster has no name before it is made") : cluster,
      ),
      ...(rule === undefined ? [] : whenSync(request, [managedRule(rule)])),
      ...(request.action === "createCluster"
        ? [
            passRole(request, "ServiceRole", "elasticmapreduce.amazonaws.com"),
            passRole(request, "JobFlowRole", "ec2.amazonaws.com"),
          ]
        : []),
    ];
  },
  "emr-containers": (request) => {
    const cluster = named(request, "VirtualClusterId", (id) => arnOf("emr-containers", `/virtualclusters/${id}`));
    if (request.action === "startJobRun") {
      return [
        allow(["emr-containers:StartJobRun"], cluster),
        ...whenSync(request, [
          allow(
            ["emr-containers:DescribeJobRun", "emr-containers:CancelJobRun"],
            named(request, "VirtualClusterId", (id) => arnOf("emr-containers", `/virtualclusters/${id}/jobruns/*`)),
          ),
        ]),
      ];
    }
    return request.action === "createVirtualCluster"
      ? [allow(["emr-containers:CreateVirtualCluster"], anything("a virtual cluster has no name before it is made"))]
      : [
          allow(
            ["emr-containers:DeleteVirtualCluster", ...whenSync(request, ["emr-containers:DescribeVirtualCluster"])],
            named(request, "Id", (id) => arnOf("emr-containers", `/virtualclusters/${id}`)),
          ),
        ];
  },
  "emr-serverless": (request) => {
    const isRun = request.action.endsWith("JobRun");
    const application = named(request, "ApplicationId", (id) => arnOf("emr-serverless", `/applications/${id}`));
    const watching = isRun
      ? ["emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"]
      : ["emr-serverless:GetApplication", "emr-serverless:StopApplication", "emr-serverless:DeleteApplication"];
    const rule = isRun
      ? "StepFunctionsGetEventsForEMRServerlessJobRule"
      : "StepFunctionsGetEventsForEMRServerlessApplicationRule";
    const jobs = named(request, "ApplicationId", (id) => arnOf("emr-serverless", `/applications/${id}/jobruns/*`));
    const made =
      request.action === "createApplication" ? anything("an application has no name before it is made") : application;
    return [
      allow([iamAction("emr-serverless", request.action)], request.action === "cancelJobRun" ? jobs : made),
      ...whenSync(request, [allow(watching, isRun ? jobs : made), managedRule(rule)]),
      ...(request.action === "startJobRun"
        ? [passRole(request, "ExecutionRoleArn", "emr-serverless.amazonaws.com")]
        : []),
    ];
  },
  events: (request) => [allow(["events:PutEvents"], eventBuses(request))],
  glue: (request) => [
    allow(
      ["glue:StartJobRun", ...whenSync(request, ["glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"])],
      named(request, "JobName", (name) => arnOf("glue", `job/${name}`)),
    ),
  ],
  http: (request) => {
    const endpoint = textArgument(request, "ApiEndpoint");
    const method = textArgument(request, "Method");
    const strings = {
      ...(method === undefined ? {} : { "states:HTTPMethod": method }),
      ...(endpoint === undefined ? {} : { "states:HTTPEndpoint": endpoint }),
    };
    const connection = connectionOf(request);
    return [
      {
        ...allow(["states:InvokeHTTPEndpoint"], anything("the machine itself; the condition names the endpoint")),
        ...(Object.keys(strings).length === 0 ? {} : { condition: { StringEquals: strings } }),
      },
      allow(["events:RetrieveConnectionCredentials"], connection ?? unknown("ConnectionArn")),
      allow(
        ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        arnOf("secretsmanager", "secret:events!connection/*"),
      ),
    ];
  },
  lambda: (request) => [invokeFunction(textArgument(request, "FunctionName"), textArgument(request, "Qualifier"))],
  mediaconvert: (request) => [
    allow(
      ["mediaconvert:CreateJob"],
      ["queues/*", "jobTemplates/*", "presets/*"].map((kind) => arnOf("mediaconvert", kind)),
    ),
    ...whenSync(request, [
      allow(["mediaconvert:GetJob", "mediaconvert:CancelJob"], arnOf("mediaconvert", "jobs/*")),
      managedRule("StepFunctionsGetEventsForMediaConvertJobRule"),
    ]),
    passRole(request, "Role", "mediaconvert.amazonaws.com"),
  ],
  sagemaker: (request) => {
    const { argument, kind, rule } = sagemakerJobs[request.action] ?? { argument: "", kind: "" };
    const noun = request.action.replace(/^(?:create|update)/, "");
    const resource = named(request, argument, (name) => arnOf("sagemaker", `${kind}/${name.toLowerCase()}`));
    const watching = [`sagemaker:Describe${noun}`, `sagemaker:Stop${noun}`];
    return [
      allow([iamAction("sagemaker", request.action), ...whenSync(request, watching)], resource),
      // Making something with tags is a call of its own to IAM; whether there are any may be known at run time only.
      allow(["sagemaker:ListTags", "sagemaker:AddTags"], resource),
      ...(rule === undefined ? [] : whenSync(request, [managedRule(rule)])),
      ...(roleOfSagemaker.has(request.action)
        ? [
            passRole(
              request,
              request.action === "createModel" ? "ExecutionRoleArn" : "RoleArn",
              "sagemaker.amazonaws.com",
            ),
          ]
        : []),
    ];
  },
  sns: (request) => {
    const topic = textArgument(request, "TopicArn") ?? textArgument(request, "TargetArn");
    const isPhone = topic === undefined && request.argument("PhoneNumber") !== undefined;
    return [
      allow(["sns:Publish"], topic ?? (isPhone ? anything("a telephone number has no ARN") : unknown("TopicArn"))),
    ];
  },
  sqs: (request) => [allow(["sqs:SendMessage"], queueOf(request))],
  states: (request) => startExecution(request),
};

interface EmrAction {
  readonly actions: readonly string[];
  readonly watching: readonly string[];
  readonly rule?: string;
}

const emrActions: Readonly<Record<string, EmrAction>> = {
  createCluster: {
    actions: ["RunJobFlow"],
    watching: ["elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"],
    rule: "StepFunctionsGetEventForEMRRunJobFlowRule",
  },
  terminateCluster: {
    actions: ["TerminateJobFlows"],
    watching: ["elasticmapreduce:DescribeCluster"],
    rule: "StepFunctionsGetEventForEMRTerminateJobFlowsRule",
  },
  addStep: {
    actions: ["AddJobFlowSteps"],
    watching: ["elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"],
    rule: "StepFunctionsGetEventForEMRAddJobFlowStepsRule",
  },
  cancelStep: { actions: ["CancelSteps"], watching: [] },
  setClusterTerminationProtection: { actions: ["SetTerminationProtection"], watching: [] },
  modifyInstanceFleetByName: { actions: ["ModifyInstanceFleet", "ListInstanceFleets"], watching: [] },
  modifyInstanceGroupByName: { actions: ["ModifyInstanceGroups", "ListInstanceGroups"], watching: [] },
};

interface SagemakerJob {
  /** The argument that names what is made. */
  readonly argument: string;
  /** In its ARN. */
  readonly kind: string;
  readonly rule?: string;
}

const sagemakerJobs: Readonly<Record<string, SagemakerJob>> = {
  createTrainingJob: {
    argument: "TrainingJobName",
    kind: "training-job",
    rule: "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
  },
  createTransformJob: {
    argument: "TransformJobName",
    kind: "transform-job",
    rule: "StepFunctionsGetEventsForSageMakerTransformJobsRule",
  },
  createHyperParameterTuningJob: {
    argument: "HyperParameterTuningJobName",
    kind: "hyper-parameter-tuning-job",
    rule: "StepFunctionsGetEventsForSageMakerTuningJobsRule",
  },
  createLabelingJob: {
    argument: "LabelingJobName",
    kind: "labeling-job",
    rule: "StepFunctionsGetEventsForSageMakerLabelingJobsRule",
  },
  createProcessingJob: {
    argument: "ProcessingJobName",
    kind: "processing-job",
    rule: "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
  },
  createModel: { argument: "ModelName", kind: "model" },
  createEndpointConfig: { argument: "EndpointConfigName", kind: "endpoint-config" },
  createEndpoint: { argument: "EndpointName", kind: "endpoint" },
  updateEndpoint: { argument: "EndpointName", kind: "endpoint" },
};

const roleOfSagemaker = new Set([
  "createTrainingJob",
  "createHyperParameterTuningJob",
  "createLabelingJob",
  "createProcessingJob",
  "createModel",
]);

const athenaData: readonly Permission[] = [
  {
    actions: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    ...anything("which buckets a query reads and writes stands in the query and in its work group"),
  },
  {
    actions: ["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"],
    ...anything("which tables a query reads stands in the query"),
  },
];

/** @param functionName  a name, an ARN or a placeholder; `undefined` when it is read at run time */
export function invokeFunction(functionName: string | undefined, qualifier?: string): Permission {
  if (functionName === undefined) {
    return allow(["lambda:InvokeFunction"], unknown("FunctionName"));
  }
  return invokeArn(isArn(functionName) ? functionName : arnOf("lambda", `function:${functionName}`), qualifier);
}

/** Without a qualifier the function's versions and aliases too, so that a deployment may name one of them. */
export function invokeArn(arn: string, qualifier?: string): Permission {
  const isQualified = /:function:[^:]+:[^:]+$/.test(arn);
  const versions = qualifier === undefined ? [arn, `${arn}:*`] : [`${arn}:${qualifier}`];
  return allow(["lambda:InvokeFunction"], isQualified ? [arn] : versions);
}

function startExecution(request: TaskRequest): readonly Permission[] {
  const machine = textArgument(request, "StateMachineArn");
  const executions =
    machine === undefined || !machine.includes(":stateMachine:")
      ? { resources: [arnOf("states", "execution:*")], note: "executions of a machine whose name is not known here" }
      : `${machine.replace(":stateMachine:", ":execution:")}:*`;
  return [
    allow(["states:StartExecution"], machine ?? unknown("StateMachineArn")),
    ...whenSync(request, [
      allow(["states:DescribeExecution", "states:StopExecution"], executions),
      managedRule("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
    ]),
  ];
}

function eventBuses(request: TaskRequest): Target {
  const entries = request.argument("Entries");
  if (!isJsonArray(entries)) {
    return unknown("Entries");
  }
  const buses = entries.map((entry) => {
    const fields = isJsonObject(entry) ? entry : {};
    const { EventBusName: name = "default" } = fields;
    if (typeof name !== "string" || name.startsWith("{%") || Object.hasOwn(fields, "EventBusName.$")) {
      return "*";
    }
    return isArn(name) ? name : arnOf("events", `event-bus/${name}`);
  });
  return buses.includes("*") ? unknown("EventBusName") : buses;
}

function connectionOf(request: TaskRequest): string | undefined {
  const holders = [request.argument("Authentication"), request.argument("InvocationConfig")];
  const arn = holders.filter(isJsonObject).map((holder) => holder["ConnectionArn"])[0];
  return typeof arn === "string" && !arn.startsWith("{%") ? arn : undefined;
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/orders` names the queue `orders` of that account and region. */
export function queueOf(request: TaskRequest): string | Wide {
  const url = textArgument(request, "QueueUrl");
  if (url === undefined) {
    return unknown("QueueUrl");
  }
  const match = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com[a-z.]*\/(\d+)\/([A-Za-z0-9_.-]+)$/.exec(url);
  return match === null
    ? { resources: ["*"], note: `the queue's ARN cannot be told from ${url}` }
    : `arn:\${Partition}:sqs:${match[1]}:${match[2]}:${match[3]}`;
}

/** A resource that is not known, and why. */
export interface Wide {
  readonly resources: readonly string[];
  readonly note: string;
}

export type Target = string | Wide | readonly (string | Wide)[];

export function allow(actions: readonly string[], target: Target): Permission {
  const targets = (Array.isArray(target) ? target : [target]) as readonly (string | Wide)[];
  const note = targets.find((one) => typeof one !== "string")?.note;
  return {
    actions,
    resources: targets.flatMap((one) => (typeof one === "string" ? [one] : one.resources)),
    ...(note === undefined ? {} : { note }),
  };
}

/** The note for what is read at run time; such a resource can be given in the configuration. */
export function unknown(argument: string): Wide {
  return { resources: ["*"], note: `${argument} is not known before the machine runs` };
}

function anything(note: string): Wide {
  return { resources: ["*"], note };
}

/** An argument that is a name; every name of its kind when it is read at run time. */
export function named(request: TaskRequest, argument: string, arnOfName: (name: string) => string): string | Wide {
  const name = textArgument(request, argument);
  return name === undefined ? { ...unknown(argument), resources: [arnOfName("*")] } : arnOfName(name);
}

/** An argument that is a name or an ARN already. */
export function byArn(request: TaskRequest, argument: string, arnOfName: (name: string) => string): string | Wide {
  const name = textArgument(request, argument);
  if (name === undefined) {
    return unknown(argument);
  }
  return isArn(name) ? name : arnOfName(name);
}

/** A placeholder whose name ends with `Arn` is filled with one. */
export function isArn(text: string): boolean {
  return text.startsWith("arn:") || /^\$\{[A-Za-z0-9_.:-]*Arn\}/i.test(text);
}

function passRole(request: TaskRequest, argument: string, service: string): Permission {
  return {
    ...allow(
      ["iam:PassRole"],
      byArn(request, argument, (name) => `arn:\${Partition}:iam::\${AccountId}:role/${name}`),
    ),
    condition: { StringEquals: { "iam:PassedToService": service } },
  };
}

function watched(request: TaskRequest, actions: readonly string[], rule: string): readonly Permission[] {
  return whenSync(request, [allow(actions, anything("a job has no name before it is made")), managedRule(rule)]);
}

function managedRule(name: string): Permission {
  return allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], arnOf("events", `rule/${name}`));
}

function whenSync<Item>({ pattern }: TaskRequest, items: readonly Item[]): readonly Item[] {
  return pattern === "sync" ? items : [];
}

/** @example iamAction("dynamodb", "getItem") // => "dynamodb:GetItem" */
export function iamAction(prefix: string, action: string): string {
  return `${prefix}:${action.charAt(0).toUpperCase()}${action.slice(1)}`;
}
