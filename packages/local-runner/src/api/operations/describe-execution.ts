import { printJson } from "@stepwright/asl";
import { findExecution } from "../find-execution.ts";
import { reading } from "../operation.ts";
import { redriveMembers } from "../redrive-status.ts";
import { answer, optionalSeconds, seconds, textOf } from "../request-members.ts";

export const describeExecution = reading((call, request) => {
  const record = findExecution(call, textOf(request, "executionArn"), true);
  const withData = request["includedData"] !== "METADATA_ONLY";
  const { inputText, output } = call.executions.payloadOf(record);
  const hasOutput = output !== undefined;
  return answer({
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: seconds(record.startedAtEpochMs),
    stopDate: optionalSeconds(record.stoppedAtEpochMs),
    input: withData ? inputText : undefined,
    inputDetails: { included: withData },
    output: withData && hasOutput ? printJson(output) : undefined,
    outputDetails: hasOutput ? { included: withData } : undefined,
    traceHeader: record.traceHeader,
    mapRunArn: record.childOf?.mapRun.mapRunArn,
    error: withData ? record.error : undefined,
    cause: withData ? record.cause : undefined,
    stateMachineVersionArn: record.versionArn,
    stateMachineAliasArn: record.aliasArn,
    redriveCount: record.redriveCount,
    redriveDate: optionalSeconds(record.redrivenAtEpochMs),
    ...redriveMembers(record, call.state.isDeleting(record.machineArn), call.nowEpochMs),
  });
});
