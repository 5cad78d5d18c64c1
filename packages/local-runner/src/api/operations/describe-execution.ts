import { printJson } from "@stepwright/asl";
import { reading } from "../operation.ts";
import { notRedrivableReason } from "../redrive-status.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";
import { findExecution } from "../service-state.ts";

export const describeExecution = reading(({ state }, request) => {
  const record = findExecution(state, textOf(request, "executionArn"));
  const withData = request["includedData"] !== "METADATA_ONLY";
  const hasOutput = record.output !== undefined;
  const reason = notRedrivableReason(record);
  return answer({
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: seconds(record.startedAtEpochMs),
    stopDate: optionalSeconds(record.stoppedAtEpochMs),
    input: withData ? record.inputText : undefined,
    inputDetails: { included: withData },
    output: withData && hasOutput ? printJson(record.output!) : undefined,
    outputDetails: hasOutput ? { included: withData } : undefined,
    traceHeader: record.traceHeader,
    error: withData ? record.error : undefined,
    cause: withData ? record.cause : undefined,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: 0,
    redriveStatus: reason === undefined ? "REDRIVABLE" : "NOT_REDRIVABLE",
    redriveStatusReason: reason,
  });
});
