import { findExecution } from "../find-execution.ts";
import { reading } from "../operation.ts";
import { optionalText, seconds, textOf } from "../request-members.ts";

/** An execution that has ended already stays as it is. The child of a Map Run can be stopped alone. */
export const stopExecution = reading(async (call, request) => {
  const executionArn = textOf(request, "executionArn");
  const record = findExecution(call, executionArn);
  call.executions.stop(record, optionalText(request, "error"), optionalText(request, "cause"));
  await call.executions.ended(record.arn);
  const { stoppedAtEpochMs = call.nowEpochMs } = findExecution(call, executionArn);
  return { stopDate: seconds(stoppedAtEpochMs) };
});
