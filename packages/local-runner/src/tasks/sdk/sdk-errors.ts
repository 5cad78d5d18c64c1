/** What the SDK throws, named and worded as the Java SDK does, which the service uses. */
import type { TaskFailed } from "../task-invoker.ts";
import type { ResponseMetadata, SdkConnection } from "./sdk-clients.ts";

/** Of an optimized integration, version 1 of that SDK; of an `aws-sdk:` one, version 2. */
export interface ErrorWords {
  readonly errorPrefix: string;
  readonly isOptimized: boolean;
}

/** An answer of the service; whatever else is thrown has not reached it. */
interface ServiceError extends Error {
  readonly $metadata: ResponseMetadata;
}

function isServiceError(thrown: unknown): thrown is ServiceError {
  return thrown instanceof Error && "$fault" in thrown && "$metadata" in thrown;
}

export function failedCall(thrown: unknown, words: ErrorWords, connection: SdkConnection): TaskFailed {
  const { errorPrefix, isOptimized } = words;
  if (!isServiceError(thrown)) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    return { status: "failed", error: `${errorPrefix}.SdkClientException`, cause };
  }
  const { message, name } = thrown;
  const { attempts = 1, extendedRequestId, httpStatusCode = 400, requestId = "" } = thrown.$metadata;
  const serviceName = serviceNames[errorPrefix] ?? `AWS${errorPrefix}`;
  const unmodelled = isOptimized ? `${serviceName.replace("v2", "")}Exception` : `${errorPrefix}Exception`;
  const exception = connection.knowsError(name) ? `${name.replace(/Exception$/, "")}Exception` : unmodelled;
  const extended = extendedRequestId === undefined ? "" : `, Extended Request ID: ${extendedRequestId}`;
  const cause = isOptimized
    ? `${message} (Service: ${serviceName}; Status Code: ${httpStatusCode}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`
    : `${message} (Service: ${errorPrefix}, Status Code: ${httpStatusCode}, Request ID: ${requestId}${extended}) (SDK Attempt Count: ${attempts})`;
  return { status: "failed", error: `${errorPrefix}.${exception}`, cause };
}

/** Those that do not begin with `AWS`. DynamoDB, SNS and SQS are recorded. */
const serviceNames: Readonly<Record<string, string>> = {
  Athena: "AmazonAthena",
  DynamoDB: "AmazonDynamoDBv2",
  ECS: "AmazonECS",
  EventBridge: "AmazonEventBridge",
  SageMaker: "AmazonSageMaker",
  SNS: "AmazonSNS",
  SQS: "AmazonSQS",
};
