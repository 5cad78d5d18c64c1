import { printJson } from "@stepwright/asl";
import { findMachineToStart } from "../machine-to-start.ts";
import { newExecution } from "../new-execution.ts";
import { reading } from "../operation.ts";
import { answer, optionalSeconds, seconds } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";

/** Answers when the execution has ended, also when it has failed. */
export const startSyncExecution = reading(async (call, request) => {
  const found = findMachineToStart(call, request);
  if (found.machine.type !== "EXPRESS") {
    throw new ServiceError(
      "StateMachineTypeNotSupported",
      "This operation is not supported by this type of state machine",
    );
  }
  const record = newExecution(call, request, found);
  call.executions.launch(record);
  await call.executions.ended(record.arn);
  const { inputText, output } = call.executions.payloadOf(record);
  const withData = request["includedData"] !== "METADATA_ONLY";
  const durationMs = (record.stoppedAtEpochMs ?? record.startedAtEpochMs) - record.startedAtEpochMs;
  return answer({
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    startDate: seconds(record.startedAtEpochMs),
    stopDate: optionalSeconds(record.stoppedAtEpochMs),
    status: record.status,
    error: record.error,
    cause: record.cause,
    input: withData ? inputText : undefined,
    inputDetails: { included: withData },
    output: withData && output !== undefined ? printJson(output) : undefined,
    // Included even where a failed execution has none: recorded.
    outputDetails: { included: withData },
    traceHeader: record.traceHeader,
    billingDetails: {
      billedDurationInMilliseconds: Math.max(1, Math.ceil(durationMs / 100)) * 100,
      billedMemoryUsedInMB: 64,
    },
  });
});
