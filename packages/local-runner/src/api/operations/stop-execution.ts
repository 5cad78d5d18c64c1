import { reading } from "../operation.ts";
import { optionalText, seconds, textOf } from "../request-members.ts";
import { findExecution } from "../service-state.ts";

/** An execution that has ended already stays as it is. */
export const stopExecution = reading(async ({ executions, nowEpochMs, state }, request) => {
  const record = findExecution(state, textOf(request, "executionArn"));
  executions.stop(record.arn, optionalText(request, "error"), optionalText(request, "cause"));
  await executions.ended(record.arn);
  return { stopDate: seconds(record.stoppedAtEpochMs ?? nowEpochMs) };
});
