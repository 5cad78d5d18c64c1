import { randomUUID } from "node:crypto";
import { printJson } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import { localAccount, localRegion } from "../local-arn.ts";
import type { ExecutionRecord } from "./records.ts";
import { notRedrivableReason } from "./redrive-status.ts";

/**
 * What EventBridge would be sent when a Standard execution begins or ends: to be asked then, while its input and output
 * are at hand. Times are milliseconds since 1970.
 */
export function statusEventOf(record: ExecutionRecord): JsonObject | undefined {
  if (record.type === "EXPRESS") return undefined;
  const { inputText, output } = record.payload!;
  const hasOutput = output !== undefined;
  const reason = notRedrivableReason(record, false, Date.now());
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Step Functions Execution Status Change",
    source: "aws.states",
    account: localAccount,
    time: new Date(record.stoppedAtEpochMs ?? record.redrivenAtEpochMs ?? record.startedAtEpochMs).toISOString(),
    region: localRegion,
    resources: [record.arn],
    detail: {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      name: record.name,
      status: record.status,
      startDate: record.startedAtEpochMs,
      stopDate: record.stoppedAtEpochMs ?? null,
      input: inputText,
      output: hasOutput ? printJson(output) : null,
      stateMachineVersionArn: record.versionArn ?? null,
      stateMachineAliasArn: record.aliasArn ?? null,
      redriveCount: record.redriveCount,
      redriveDate: record.redrivenAtEpochMs ?? null,
      redriveStatus: reason === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
      redriveStatusReason: reason ?? null,
      inputDetails: { included: true },
      outputDetails: hasOutput ? { included: true } : null,
      error: record.error ?? null,
      cause: record.cause ?? null,
    },
  };
}
