/** Every port answered by AWS; only the computing is done in this process. */
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { modelCatalog } from "../../models/catalog.ts";
import type { Ports } from "../../ports.ts";
import { duckDbEngine } from "../local/duckdb-engine.ts";
import { localTrainer } from "../local/trainer.ts";
import { dynamoDbAliasStore } from "./alias-store.ts";
import type { ClientSettings } from "./client-settings.ts";
import { sageMakerEndpointHost } from "./endpoint-host.ts";
import { dynamoDbLedger } from "./ledger.ts";
import { sageMakerModelRegistry } from "./model-registry.ts";
import { awsNotifier, eventBridgeChannel, snsChannel } from "./notifier.ts";
import { s3Objects } from "./object-store.ts";
import type { S3Location } from "./s3-location.ts";
import { uriOf } from "./s3-location.ts";
import { connectSageMaker } from "./sagemaker.ts";
import type { SageMakerSettings } from "./sagemaker.ts";
import { dynamoDbTable } from "./table.ts";
import { sageMakerTrainer } from "./trainer.ts";
import type { Waiting } from "./waiting.ts";

export interface AwsSettings {
  readonly raw: S3Location;
  readonly objects: S3Location;
  readonly tableName: string;
  /** `lambda` trains in the function itself. */
  readonly trainer: "sagemaker" | "lambda";
  readonly sageMaker: SageMakerSettings;
  readonly topicArn?: string;
  readonly eventBusName?: string;
}

export interface AwsPortsOptions {
  readonly settings: AwsSettings;
  readonly deadlineEpochMs: () => number;
  readonly client?: ClientSettings;
  readonly catalog?: Ports["catalog"];
  readonly clock?: Ports["clock"];
  readonly pause?: Waiting["pause"];
  readonly temporaryFolder?: string;
  readonly failureMode?: Ports["failureMode"];
}

export function awsPorts(options: AwsPortsOptions): Ports {
  const { settings, client = {}, clock = { nowEpochMs: () => Date.now() } } = options;
  const waiting: Waiting = {
    clock,
    deadlineEpochMs: options.deadlineEpochMs,
    pause: options.pause ?? ((durationMs) => setTimeout(durationMs)),
  };
  const temporaryFolder = options.temporaryFolder ?? path.join(tmpdir(), "stepwright-objects");
  const s3 = s3Objects({ client, temporaryFolder, clock });
  const objects = s3.store(settings.objects);
  const table = dynamoDbTable(settings.tableName, client);
  const connect = connectSageMaker(client);
  const engine = duckDbEngine();
  const aliases = dynamoDbAliasStore(table);
  const objectsUri = uriOf(settings.objects, settings.objects.prefix);
  const { sageMaker } = settings;
  const channels = [
    ...(settings.topicArn === undefined ? [] : [snsChannel(settings.topicArn, client)]),
    ...(settings.eventBusName === undefined ? [] : [eventBridgeChannel(settings.eventBusName, client)]),
  ];
  return {
    catalog: options.catalog ?? modelCatalog(),
    raw: s3.reader(settings.raw),
    objects,
    engine,
    ledger: dynamoDbLedger(table),
    trainer:
      settings.trainer === "lambda"
        ? localTrainer({ engine, objects, clock, trainer: "lambda" })
        : sageMakerTrainer({ engine, objects, objectsUri, connect, settings: sageMaker, waiting }),
    registry: sageMakerModelRegistry({ table, objects, connect, settings: sageMaker }),
    aliases,
    endpoints: sageMakerEndpointHost({ objects, aliases, connect, client, settings: sageMaker, waiting }),
    notifier: awsNotifier(table, channels, clock),
    clock,
    failureMode: options.failureMode ?? "isolate",
  };
}
