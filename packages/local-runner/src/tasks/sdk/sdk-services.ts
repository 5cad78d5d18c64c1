/**
 * Which client of the AWS SDK for JavaScript does the work of which integration, and what Step Functions adds to it.
 * See the developer guide, "Supported AWS SDK service integrations" and "Integrating optimized services".
 */
import { isJsonObject } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import type { TaskFailed } from "../task-invoker.ts";

export interface SdkService {
  /** After `@aws-sdk/client-`. */
  readonly client: string;
  /** Before the `.` of an error: that of the Java SDK, which the service uses. */
  readonly errorPrefix: string;
  /** Its members begin with a small letter, which Step Functions does not show. */
  readonly isCamelCase: boolean;
}

/** Services whose client or error prefix does not follow from their name. */
const services: Readonly<Record<string, Partial<SdkService>>> = {
  apigatewayv2: { errorPrefix: "ApiGatewayV2" },
  apigateway: { client: "api-gateway", errorPrefix: "ApiGateway", isCamelCase: true },
  batch: { isCamelCase: true },
  cloudformation: { errorPrefix: "CloudFormation" },
  cloudwatch: { errorPrefix: "CloudWatch" },
  cloudwatchlogs: { client: "cloudwatch-logs", errorPrefix: "CloudWatchLogs", isCamelCase: true },
  codebuild: { errorPrefix: "CodeBuild", isCamelCase: true },
  cognitoidentityprovider: { client: "cognito-identity-provider", errorPrefix: "CognitoIdentityProvider" },
  dynamodb: { errorPrefix: "DynamoDb" },
  ecs: { isCamelCase: true },
  eks: { isCamelCase: true },
  eventbridge: { errorPrefix: "EventBridge" },
  s3control: { client: "s3-control", errorPrefix: "S3Control" },
  sagemaker: { errorPrefix: "SageMaker" },
  secretsmanager: { client: "secrets-manager", errorPrefix: "SecretsManager" },
  sfn: { isCamelCase: true },
};

/** @param name as the Resource says it after `aws-sdk:` */
export function sdkService(name: string): SdkService {
  const known = Object.hasOwn(services, name) ? services[name] : undefined;
  const errorPrefix = name.charAt(0).toUpperCase() + name.slice(1);
  return { client: name, errorPrefix, isCamelCase: false, ...known };
}

/** An optimized integration as one call of the SDK. */
export interface OptimizedCall {
  readonly service: string;
  readonly errorPrefix: string;
  /** Where the API has another name for it. */
  readonly action?: string;
  readonly toParameters?: (parameters: JsonObject) => JsonObject;
  readonly toResult?: (result: JsonObject) => JsonObject | TaskFailed;
}

/** Members that may be given as values and are sent as JSON text. */
function textMembers(...names: readonly string[]): (parameters: JsonObject) => JsonObject {
  return (parameters) => {
    const texts = names
      .filter((name) => Object.hasOwn(parameters, name) && typeof parameters[name] !== "string")
      .map((name) => [name, JSON.stringify(parameters[name])] as const);
    return { ...parameters, ...Object.fromEntries(texts) };
  };
}

const dynamodb: OptimizedCall = { service: "dynamodb", errorPrefix: "DynamoDB" };
const sagemaker: OptimizedCall = { service: "sagemaker", errorPrefix: "SageMaker" };

/** By resource type and action. Those that are no API call are not here. */
export const optimizedCalls: Readonly<Record<string, OptimizedCall>> = {
  "dynamodb:getItem": dynamodb,
  "dynamodb:putItem": dynamodb,
  "dynamodb:updateItem": dynamodb,
  "dynamodb:deleteItem": dynamodb,
  "events:putEvents": {
    service: "eventbridge",
    errorPrefix: "EventBridge",
    toParameters: (parameters) => ({ ...parameters, Entries: listOf(parameters["Entries"]).map(eventEntry) }),
    toResult: (result) =>
      typeof result["FailedEntryCount"] === "number" && result["FailedEntryCount"] > 0
        ? { status: "failed", error: "EventBridge.FailedEntry", cause: JSON.stringify(result) }
        : result,
  },
  "lambda:invoke": {
    service: "lambda",
    errorPrefix: "Lambda",
    toParameters: (parameters) => ({ ...parameters, Payload: JSON.stringify(parameters["Payload"] ?? {}) }),
    toResult: lambdaResult,
  },
  "sns:publish": { service: "sns", errorPrefix: "SNS", toParameters: textMembers("Message") },
  "sqs:sendMessage": { service: "sqs", errorPrefix: "SQS", toParameters: textMembers("MessageBody") },
  "states:startExecution": { service: "sfn", errorPrefix: "StepFunctions", toParameters: textMembers("Input") },
  "sagemaker:createEndpoint": sagemaker,
  "sagemaker:createEndpointConfig": sagemaker,
  "sagemaker:createModel": sagemaker,
  "sagemaker:createTrainingJob": sagemaker,
  "sagemaker:createTransformJob": sagemaker,
  "sagemaker:createHyperParameterTuningJob": sagemaker,
  "sagemaker:createLabelingJob": sagemaker,
  "sagemaker:createProcessingJob": sagemaker,
  "sagemaker:updateEndpoint": sagemaker,
  "elasticmapreduce:addStep": {
    service: "emr",
    errorPrefix: "ElasticMapReduce",
    action: "addJobFlowSteps",
    toParameters: ({ ClusterId = null, Step = null, ...others }) => ({
      ...others,
      JobFlowId: ClusterId,
      Steps: [Step],
    }),
    toResult: ({ StepIds, ...others }) => ({ ...others, StepId: listOf(StepIds)[0] ?? null }),
  },
  "glue:startJobRun": { service: "glue", errorPrefix: "Glue" },
  "batch:submitJob": { service: "batch", errorPrefix: "Batch" },
  "codebuild:startBuild": { service: "codebuild", errorPrefix: "CodeBuild" },
  "codebuild:stopBuild": { service: "codebuild", errorPrefix: "CodeBuild" },
  "ecs:runTask": { service: "ecs", errorPrefix: "ECS" },
  "athena:startQueryExecution": { service: "athena", errorPrefix: "Athena" },
  "athena:getQueryExecution": { service: "athena", errorPrefix: "Athena" },
  "athena:getQueryResults": { service: "athena", errorPrefix: "Athena" },
  "athena:stopQueryExecution": { service: "athena", errorPrefix: "Athena" },
};

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function eventEntry(entry: JsonValue): JsonValue {
  return isJsonObject(entry) ? textMembers("Detail")(entry) : entry;
}

function lambdaResult(result: JsonObject): JsonObject | TaskFailed {
  const { FunctionError: functionError, Payload: payload, ...others } = result;
  const text = typeof payload === "string" ? payload : "";
  const value = parsed(text);
  if (functionError === undefined) return { ...others, Payload: value };
  const errorType = isJsonObject(value) ? value["errorType"] : undefined;
  return {
    status: "failed",
    error: typeof errorType === "string" ? errorType : "Lambda.Unknown",
    cause:
      typeof errorType === "string"
        ? text
        : `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  };
}

function parsed(text: string): JsonValue {
  try {
    return text === "" ? null : (JSON.parse(text) as JsonValue);
  } catch {
    return text;
  }
}
