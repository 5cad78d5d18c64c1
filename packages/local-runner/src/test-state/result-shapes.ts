/**
 * What some integrations can answer, for the validation of mocked results: the fields that AWS's API reference gives
 * them, with their bounds and values, as Step Functions spells them. What of others is known stands in
 * `result-shapes.generated.ts`.
 */
export type FieldShape =
  | {
      readonly type: "string";
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly values?: readonly string[];
    }
  /** Step Functions shows both as texts. */
  | { readonly type: "timestamp" }
  | { readonly type: "blob"; readonly minLength?: number; readonly maxLength?: number }
  | { readonly type: "number"; readonly min?: number; readonly max?: number }
  | { readonly type: "boolean" }
  | { readonly type: "list"; readonly of?: FieldShape }
  /** Any keys. */
  | { readonly type: "map"; readonly of?: FieldShape }
  | ObjectShape;

export interface ObjectShape {
  readonly type: "object";
  readonly fields: Readonly<Record<string, FieldShape>>;
  readonly required?: readonly string[];
}

const text: FieldShape = { type: "string" };
const number: FieldShape = { type: "number" };
const flag: FieldShape = { type: "boolean" };
const timestamp: FieldShape = { type: "timestamp" };
const texts: FieldShape = { type: "list", of: text };

function object(fields: ObjectShape["fields"], required: readonly string[] = []): ObjectShape {
  return { type: "object", fields, required };
}

function oneOf(...values: readonly string[]): FieldShape {
  return { type: "string", values };
}

const capacity = { CapacityUnits: number, ReadCapacityUnits: number, WriteCapacityUnits: number };
const capacities: FieldShape = { type: "map", of: object(capacity) };
const consumedCapacity = object({
  ...capacity,
  TableName: text,
  Table: object(capacity),
  LocalSecondaryIndexes: capacities,
  GlobalSecondaryIndexes: capacities,
});
const itemCollectionMetrics = object({
  ItemCollectionKey: { type: "map" },
  SizeEstimateRangeGB: { type: "list", of: number },
});
const written = object({
  Attributes: { type: "map" },
  ConsumedCapacity: consumedCapacity,
  ItemCollectionMetrics: itemCollectionMetrics,
});
const gotItem = object({ Item: { type: "map" }, ConsumedCapacity: consumedCapacity });

const startedExecution = object(
  { ExecutionArn: { type: "string", minLength: 1, maxLength: 256 }, StartDate: timestamp },
  ["ExecutionArn", "StartDate"],
);

const s3Object = object({
  AcceptRanges: text,
  BucketKeyEnabled: flag,
  CacheControl: text,
  ContentLength: number,
  ContentType: text,
  DeleteMarker: flag,
  ETag: text,
  LastModified: timestamp,
  Metadata: { type: "map", of: text },
  MissingMeta: number,
  PartsCount: number,
  ServerSideEncryption: oneOf("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"),
  StorageClass: oneOf(
    "STANDARD",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "OUTPOSTS",
    "GLACIER_IR",
    "SNOW",
    "EXPRESS_ONEZONE",
    "FSX_OPENZFS",
  ),
  TagCount: number,
  VersionId: text,
});

const lambdaFunction = object({
  Configuration: object({
    FunctionName: text,
    FunctionArn: text,
    Runtime: text,
    Role: text,
    Handler: text,
    CodeSize: number,
    Description: { type: "string", maxLength: 256 },
    Timeout: { type: "number", min: 1 },
    MemorySize: { type: "number", min: 128, max: 10_240 },
    State: oneOf("Pending", "Active", "Inactive", "Failed"),
    PackageType: oneOf("Zip", "Image"),
    Architectures: texts,
  }),
  Tags: { type: "map", of: text },
});

/** By resource type and action, as the event details name them. */
export const resultShapes: Readonly<Record<string, ObjectShape>> = {
  "lambda:invoke": object({ ExecutedVersion: text, FunctionError: text, LogResult: text, StatusCode: number }),
  "states:startExecution": startedExecution,
  "aws-sdk:sfn:startExecution": startedExecution,
  "dynamodb:getItem": gotItem,
  "dynamodb:putItem": written,
  "dynamodb:updateItem": written,
  "dynamodb:deleteItem": written,
  "aws-sdk:dynamodb:getItem": gotItem,
  "aws-sdk:dynamodb:putItem": written,
  "aws-sdk:dynamodb:updateItem": written,
  "aws-sdk:dynamodb:deleteItem": written,
  "events:putEvents": object({
    FailedEntryCount: number,
    Entries: { type: "list", of: object({ EventId: text, ErrorCode: text, ErrorMessage: text }) },
  }),
  "sns:publish": object({ MessageId: text, SequenceNumber: text }),
  "sqs:sendMessage": object({
    MD5OfMessageBody: text,
    MD5OfMessageAttributes: text,
    MD5OfMessageSystemAttributes: text,
    MessageId: text,
    SequenceNumber: text,
  }),
  "aws-sdk:s3:getObject": s3Object,
  "aws-sdk:s3:headObject": s3Object,
  "aws-sdk:kms:encrypt": object({
    CiphertextBlob: { type: "blob", minLength: 1, maxLength: 6144 },
    KeyId: { type: "string", minLength: 1, maxLength: 2048 },
    EncryptionAlgorithm: oneOf("SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"),
  }),
  "aws-sdk:lambda:getFunction": lambdaFunction,
  "sagemaker:createTrainingJob": object({ TrainingJobArn: { type: "string", maxLength: 256 } }, ["TrainingJobArn"]),
};
