/** Every port answered by AWS; only the computing is done in this process. */
import { tmpdir } from "node:os";
import path from "node:path";
import type { Adapters } from "../adapters.ts";
import { inProcessTrainer } from "../in-process-trainer.ts";
import type { PortChoices } from "../port-choices.ts";
import { dynamoDbAliasStore } from "./alias-store.ts";
import type { AwsSettings } from "./aws-settings.ts";
import type { ClientSettings } from "./client-settings.ts";
import { sageMakerEndpointHost } from "./endpoint-host.ts";
import { lambdaEndpointHost } from "./lambda-endpoint-host.ts";
import { dynamoDbLedger } from "./ledger.ts";
import { sageMakerModelRegistry } from "./model-registry.ts";
import { awsNotifier, eventBridgeChannel, snsChannel } from "./notifier.ts";
import { s3Objects } from "./object-store.ts";
import { uriOf } from "./s3-location.ts";
import { connectSageMaker } from "./sagemaker.ts";
import { dynamoDbTable } from "./table.ts";
import { sageMakerTrainer } from "./trainer.ts";
import type { Waiting } from "./waiting.ts";

export interface AwsAdaptersOptions extends Waiting {
  readonly settings: AwsSettings;
  readonly choices: Pick<PortChoices, "trainer" | "endpoints">;
  readonly client?: ClientSettings;
  /** Where files of this machine go; a folder of the system's when absent. */
  readonly temporaryFolder?: string;
}

export function awsAdapters(options: AwsAdaptersOptions): Adapters {
  const { settings, choices, clock, client = {} } = options;
  const { temporaryFolder = path.join(tmpdir(), "stepwright-objects") } = options;
  const { sageMaker, shift, topicArn, eventBusName } = settings;
  const s3 = s3Objects({ client, temporaryFolder, clock });
  const table = dynamoDbTable(settings.tableName, client);
  const connect = connectSageMaker(client);
  return {
    raw: () => s3.reader(settings.raw),
    objects: () => s3.store(settings.objects),
    ledger: () => dynamoDbLedger(table),
    aliases: () => dynamoDbAliasStore(table),
    notifier: () =>
      awsNotifier(
        table,
        [
          ...(topicArn === undefined ? [] : [snsChannel(topicArn, client)]),
          ...(eventBusName === undefined ? [] : [eventBridgeChannel(eventBusName, client)]),
        ],
        clock,
      ),
    registry: (objects) => sageMakerModelRegistry({ table, objects, connect, settings: sageMaker }),
    trainer: (made) =>
      choices.trainer === "lambda"
        ? inProcessTrainer({ ...made, clock, trainer: "lambda" })
        : sageMakerTrainer({
            ...made,
            objectsUri: uriOf(settings.objects, settings.objects.prefix),
            connect,
            settings: sageMaker,
            waiting: options,
          }),
    endpoints: (made) =>
      choices.endpoints === "lambda"
        ? lambdaEndpointHost({
            ...made,
            client,
            functionName: settings.endpointFunction,
            shift,
            waiting: options,
          })
        : sageMakerEndpointHost({ ...made, connect, client, settings: sageMaker, shift, waiting: options }),
  };
}
