/**
 * The one DynamoDB table of the pipeline: partition key `pk`, sort key `sk`, both text.
 *
 * | pk                     | sk                 | what                                                  |
 * | ---------------------- | ------------------ | ----------------------------------------------------- |
 * | `RUN#<run>#<model>`    | `STEP#<step>#<hash>` | `result` of a step, `attempts` since                |
 * | `MODEL#<model>`        | `ALIASES`          | `aliases`, and `champion` for the conditional write   |
 * | `MODEL#<model>`        | `VERSION#<version>` | `record`, `modelPackageArn`                          |
 * | `NOTIFICATION#<key>`   | `SENT`             | a moment for each channel                             |
 */
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import type { ClientSettings } from "./client-settings.ts";
import { loadOnce } from "../../load-once.ts";

export interface Table {
  readonly name: string;
  readonly connect: () => Promise<DynamoDB>;
}

export function dynamoDbTable(name: string, client: ClientSettings): Table {
  return {
    name,
    connect: loadOnce(async () => {
      const { DynamoDB } = await import("@aws-sdk/client-dynamodb");
      return new DynamoDB({ ...client });
    }),
  };
}

/** The item as it is now, not as it was a moment ago. */
export async function getItem(table: Table, pk: string, sk: string) {
  const { Item } = await (
    await table.connect()
  ).getItem({ TableName: table.name, Key: itemKey(pk, sk), ConsistentRead: true });
  return Item;
}

export function itemKey(pk: string, sk: string) {
  return { pk: { S: pk }, sk: { S: sk } };
}
