/** Versions of models: a record in DynamoDB that is written once, and a model package of SageMaker for people. */
import type { SageMaker } from "@aws-sdk/client-sagemaker";
import { PipelineError } from "../../failures.ts";
import type { ModelRecord, ModelRegistry, ObjectStore } from "../../ports.ts";
import { sha256 } from "../../sha256.ts";
import { parseStored } from "../../stored-json.ts";
import { keepServingArchive } from "./model-archive.ts";
import { tagsOf } from "./sagemaker.ts";
import type { ConnectSageMaker, SageMakerSettings } from "./sagemaker.ts";
import { isSdkError } from "./sdk-error.ts";
import { getItem, itemKey } from "./table.ts";
import type { Table } from "./table.ts";

export interface SageMakerRegistryOptions {
  readonly table: Table;
  readonly objects: ObjectStore;
  readonly connect: ConnectSageMaker;
  readonly settings: Pick<SageMakerSettings, "image" | "endpointInstanceType">;
}

export function sageMakerModelRegistry(options: SageMakerRegistryOptions): ModelRegistry {
  const { table } = options;

  /** The record that is there afterwards, this one or an older one. */
  async function putOnce(record: ModelRecord) {
    const key = place(record.modelId, record.version);
    try {
      await (
        await table.connect()
      ).putItem({
        TableName: table.name,
        Item: { ...itemKey(...key), record: { S: JSON.stringify(record) } },
        ConditionExpression: "attribute_not_exists(pk)",
      });
      return undefined;
    } catch (error) {
      if (!isSdkError(error, "ConditionalCheckFailedException")) throw error;
      return getItem(table, ...key);
    }
  }

  return {
    register: async (record) => {
      const older = await putOnce(record);
      const olderRecord = older?.["record"]?.S;
      const found = olderRecord === undefined ? record : parseStored<ModelRecord>(olderRecord);
      if (found.modelSha256 !== record.modelSha256) {
        throw new PipelineError(
          "RegistryConflictError",
          `${record.modelId} ${record.version} is registered with the model ${found.modelSha256}; wanted ${record.modelSha256}.`,
        );
      }
      const known = older?.["modelPackageArn"]?.S;
      if (known !== undefined) return { recordUri: known };
      const recordUri = await createPackage(options, found);
      await (
        await table.connect()
      ).updateItem({
        TableName: table.name,
        Key: itemKey(...place(record.modelId, record.version)),
        UpdateExpression: "SET modelPackageArn = :arn",
        ExpressionAttributeValues: { ":arn": { S: recordUri } },
      });
      return { recordUri };
    },
    find: async (modelId, version) => {
      const text = (await getItem(table, ...place(modelId, version)))?.["record"]?.S;
      return text === undefined ? undefined : parseStored<ModelRecord>(text);
    },
    versions: async (modelId) => {
      const { paginateQuery } = await import("@aws-sdk/client-dynamodb");
      const pages = paginateQuery(
        { client: await table.connect() },
        {
          TableName: table.name,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :version)",
          ExpressionAttributeValues: { ":pk": { S: `MODEL#${modelId}` }, ":version": { S: "VERSION#" } },
          ProjectionExpression: "sk",
          ConsistentRead: true,
        },
      );
      const versions: string[] = [];
      for await (const { Items = [] } of pages) {
        versions.push(...Items.map((item) => (item["sk"]?.S ?? "").slice("VERSION#".length)));
      }
      return versions;
    },
  };
}

async function createPackage(options: SageMakerRegistryOptions, record: ModelRecord): Promise<string> {
  const { objects, settings } = options;
  const sageMaker = await options.connect();
  await ensureGroup(sageMaker, record.modelId);
  const archive = await keepServingArchive(objects, record);
  // No tags: SageMaker takes them on the group of a versioned package only.
  const { ModelPackageArn } = await sageMaker.createModelPackage({
    ModelPackageGroupName: record.modelId,
    ModelPackageDescription: `${record.modelId} ${record.version}`,
    ModelApprovalStatus: record.status,
    InferenceSpecification: {
      Containers: [{ Image: settings.image, ModelDataUrl: archive.uri }],
      SupportedContentTypes: ["text/csv"],
      SupportedResponseMIMETypes: ["text/csv"],
      SupportedRealtimeInferenceInstanceTypes: [settings.endpointInstanceType as "ml.m5.large"],
    },
    ModelMetrics: { ModelQuality: json(record.evaluationUri) },
    DriftCheckBaselines: { ModelDataQuality: json(record.baselineUri) },
    CustomerMetadataProperties: metadataOf(record),
    // Two attempts of one step make one package.
    ClientToken: sha256(`${record.modelId} ${record.version}`).slice(0, 36),
  });
  if (ModelPackageArn === undefined) throw new Error(`SageMaker gave the package of ${record.version} no ARN.`);
  return ModelPackageArn;
}

async function ensureGroup(sageMaker: SageMaker, modelId: string): Promise<void> {
  try {
    await sageMaker.createModelPackageGroup({ ModelPackageGroupName: modelId, Tags: tagsOf({ modelId }) });
  } catch (error) {
    // Unlike for jobs, that it exists is a ValidationException, told from others by its words alone.
    const exists =
      isSdkError(error, "ValidationException", "ConflictException") && /already exists/i.test(error.message);
    if (!exists) throw error;
  }
}

/** At most 256 characters a value. */
function metadataOf({ version, runId, asOf, modelSha256, lineage }: ModelRecord): Record<string, string> {
  const facts = Object.entries<string | number>({ version, runId, asOf, modelSha256, ...lineage });
  return Object.fromEntries(facts.map(([name, value]) => [name, String(value).slice(0, 256)]));
}

const place = (modelId: string, version: string) => [`MODEL#${modelId}`, `VERSION#${version}`] as const;

const json = (S3Uri: string) => ({ Statistics: { ContentType: "application/json", S3Uri } });
