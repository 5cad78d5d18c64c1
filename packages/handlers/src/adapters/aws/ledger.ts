/** What was begun and what came out, an item each in DynamoDB. */
import type { Ledger, StepKey } from "../../ports.ts";
import { parseStored } from "../../stored-json.ts";
import { getItem, itemKey } from "./table.ts";
import type { Table } from "./table.ts";

export function dynamoDbLedger(table: Table): Ledger {
  const update = async (
    key: StepKey,
    UpdateExpression: string,
    values?: Readonly<Record<string, { S: string } | { N: string }>>,
  ) =>
    (await table.connect()).updateItem({
      TableName: table.name,
      Key: itemKey(...place(key)),
      UpdateExpression,
      // DynamoDB reserves hundreds of words; a placeholder is never one of them.
      ExpressionAttributeNames: namesIn(UpdateExpression),
      ...(values && { ExpressionAttributeValues: { ...values } }),
      ReturnValues: "UPDATED_NEW",
    });

  return {
    result: async (key) => {
      const text = (await getItem(table, ...place(key)))?.["result"]?.S;
      return text === undefined ? undefined : parseStored<unknown>(text);
    },
    record: async (key, result, options) => {
      const value = options?.replace === true ? ":result" : "if_not_exists(#result, :result)";
      await update(key, `SET #result = ${value} REMOVE #attempts`, { ":result": { S: JSON.stringify(result) } });
    },
    beginAttempt: async (key) => {
      const { Attributes } = await update(key, "ADD #attempts :one", { ":one": { N: "1" } });
      return Number(Attributes?.["attempts"]?.N ?? 1);
    },
    forgetAttempts: async (key) => {
      await update(key, "REMOVE #attempts");
    },
  };
}

/** @example namesIn("REMOVE #attempts") // => { "#attempts": "attempts" } */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([placeholder, name = ""]) => [placeholder, name]));
}

const place = ({ runId, modelId, step, inputHash }: StepKey) =>
  [`RUN#${runId}#${modelId}`, `STEP#${step}#${inputHash}`] as const;
