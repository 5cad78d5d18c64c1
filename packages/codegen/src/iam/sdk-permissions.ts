/**
 * What an `aws-sdk` integration needs: one action, usually of the API's own name, on the resource that the
 * request names where the service is a usual one.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { allow, byArn, iamAction, invokeFunction, isArn, named, queueOf, unknown } from "./integration-permissions.ts";
import type { Target } from "./integration-permissions.ts";
import { arnOf } from "./permission.ts";
import type { Permission } from "./permission.ts";
import { textArgument } from "./task-request.ts";
import type { TaskRequest } from "./task-request.ts";

export function sdkPermissions(request: TaskRequest): readonly Permission[] {
  const { service, action } = request;
  const own = `${service}:${action}`;
  if (own === "lambda:invoke") {
    return [invokeFunction(textArgument(request, "FunctionName"), textArgument(request, "Qualifier"))];
  }
  const prefix = Object.hasOwn(iamPrefixes, service) ? (iamPrefixes[service] ?? service) : service;
  const actions = Object.hasOwn(otherActions, own) ? otherActions[own] : undefined;
  const resourceOf = Object.hasOwn(resources, service) ? resources[service] : undefined;
  const target: Target = resourceOf?.(request) ?? {
    resources: ["*"],
    note: `${own} was not narrowed: its resource is not known here`,
  };
  return [allow(actions ?? [iamAction(prefix, action)], target)];
}

/** Where IAM's name of a service is not the one in `aws-sdk:<service>`. */
const iamPrefixes: Readonly<Record<string, string>> = {
  cloudwatchlogs: "logs",
  cloudwatchevents: "events",
  cognitoidentity: "cognito-identity",
  cognitoidentityprovider: "cognito-idp",
  databasemigration: "dms",
  directory: "ds",
  efs: "elasticfilesystem",
  elasticloadbalancing: "elasticloadbalancing",
  elasticloadbalancingv2: "elasticloadbalancing",
  emr: "elasticmapreduce",
  emrcontainers: "emr-containers",
  emrserverless: "emr-serverless",
  eventbridge: "events",
  iotdataplane: "iot",
  bedrockruntime: "bedrock",
  costexplorer: "ce",
  opensearch: "es",
  rdsdata: "rds-data",
  redshiftdata: "redshift-data",
  resourcegroupstaggingapi: "tag",
  sagemakerruntime: "sagemaker",
  sesv2: "ses",
  sfn: "states",
};

/** Where IAM's action is not the call's name. */
const otherActions: Readonly<Record<string, readonly string[]>> = {
  "s3:copyObject": ["s3:GetObject", "s3:PutObject"],
  "s3:deleteObjects": ["s3:DeleteObject"],
  "s3:headBucket": ["s3:ListBucket"],
  "s3:headObject": ["s3:GetObject"],
  "s3:listBuckets": ["s3:ListAllMyBuckets"],
  "s3:listObjects": ["s3:ListBucket"],
  "s3:listObjectsV2": ["s3:ListBucket"],
  "s3:createMultipartUpload": ["s3:PutObject"],
  "dynamodb:executeStatement": [
    "dynamodb:PartiQLSelect",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PartiQLDelete",
  ],
  "dynamodb:transactGetItems": ["dynamodb:GetItem"],
  "dynamodb:transactWriteItems": [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
  ],
  "sagemakerruntime:invokeEndpoint": ["sagemaker:InvokeEndpoint"],
};

const bucketActions = new Set(["listObjects", "listObjectsV2", "headBucket", "listObjectVersions"]);

/** `undefined` where the request names no resource that is known here. */
const resources: Readonly<Record<string, (request: TaskRequest) => Target | undefined>> = {
  dynamodb: (request) => {
    const table = textArgument(request, "TableName");
    if (table === undefined) {
      return unknown("TableName");
    }
    const arn = isArn(table) ? table : arnOf("dynamodb", `table/${table}`);
    return request.argument("IndexName") === undefined ? arn : [arn, `${arn}/index/*`];
  },
  eventbridge: () => undefined,
  kinesis: (request) => byArn(request, "StreamName", (name) => arnOf("kinesis", `stream/${name}`)),
  s3: (request) => {
    if (request.action === "listBuckets" || request.action === "copyObject") {
      return undefined;
    }
    const bucket = textArgument(request, "Bucket");
    if (bucket === undefined) {
      return unknown("Bucket");
    }
    const arn = `arn:\${Partition}:s3:::${bucket}`;
    return bucketActions.has(request.action) ? arn : `${arn}/${textArgument(request, "Key") ?? "*"}`;
  },
  sagemakerruntime: (request) =>
    named(request, "EndpointName", (name) => arnOf("sagemaker", `endpoint/${name.toLowerCase()}`)),
  secretsmanager: (request) => byArn(request, "SecretId", (name) => arnOf("secretsmanager", `secret:${name}-??????`)),
  sfn: (request) =>
    request.argument("StateMachineArn") === undefined && textArgument(request, "ExecutionArn") !== undefined
      ? textArgument(request, "ExecutionArn")
      : named(request, "StateMachineArn", (arn) => arn),
  sns: (request) => named(request, "TopicArn", (arn) => arn),
  sqs: queueOf,
  ssm: (request) =>
    request.action.startsWith("getParameter") || request.action === "putParameter"
      ? named(request, "Name", (name) => arnOf("ssm", `parameter/${name.replace(/^\//, "")}`))
      : undefined,
};
