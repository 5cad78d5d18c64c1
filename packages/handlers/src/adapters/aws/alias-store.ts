/** Which version of a model is `champion` and which was before it: an item that moves by conditional writes only. */
import { PipelineError } from "../../failures.ts";
import type { Aliases, AliasStore } from "../../ports.ts";
import { parseStored } from "../../stored-json.ts";
import { isSdkError } from "./sdk-error.ts";
import { getItem, itemKey } from "./table.ts";
import type { Table } from "./table.ts";

export function dynamoDbAliasStore(table: Table): AliasStore {
  const readText = async (modelId: string) => (await getItem(table, ...place(modelId)))?.["aliases"]?.S ?? "{}";

  return {
    read: async (modelId) => parseStored<Aliases>(await readText(modelId)),
    champions: async () => {
      const { paginateScan } = await import("@aws-sdk/client-dynamodb");
      // No index knows the models; whoever asks does so once a month, of a table that a scan reads in seconds.
      const pages = paginateScan(
        { client: await table.connect() },
        {
          TableName: table.name,
          FilterExpression: "sk = :aliases AND attribute_exists(champion)",
          ExpressionAttributeValues: { ":aliases": { S: "ALIASES" } },
          ProjectionExpression: "pk",
          ConsistentRead: true,
        },
      );
      const models: string[] = [];
      for await (const { Items = [] } of pages) {
        models.push(...Items.map((item) => (item["pk"]?.S ?? "").slice("MODEL#".length)));
      }
      return models.toSorted();
    },
    move: async (modelId, expectedChampion, aliases) => {
      const text = JSON.stringify(aliases);
      const champion = aliases.champion?.version;
      try {
        await (
          await table.connect()
        ).putItem({
          TableName: table.name,
          Item: {
            ...itemKey(...place(modelId)),
            aliases: { S: text },
            ...(champion !== undefined && { champion: { S: champion } }),
          },
          ConditionExpression: expectedChampion === undefined ? "attribute_not_exists(#c)" : "#c = :expected",
          ExpressionAttributeNames: { "#c": "champion" },
          ...(expectedChampion !== undefined && {
            ExpressionAttributeValues: { ":expected": { S: expectedChampion } },
          }),
        });
      } catch (error) {
        if (!isSdkError(error, "ConditionalCheckFailedException")) throw error;
        const found = await readText(modelId);
        // The SDK sends a write again when its answer was lost; then it meets itself.
        if (found === text) return;
        const present = parseStored<Aliases>(found).champion?.version ?? "nobody";
        throw new PipelineError(
          "EndpointBusy",
          `The champion of ${modelId} is ${present}; this deployment began when it was ${expectedChampion ?? "nobody"}.`,
          { cause: error },
        );
      }
    },
  };
}

const place = (modelId: string) => [`MODEL#${modelId}`, "ALIASES"] as const;
