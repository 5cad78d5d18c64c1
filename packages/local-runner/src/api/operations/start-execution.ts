import { findMachineToStart } from "../machine-to-start.ts";
import { newExecution } from "../new-execution.ts";
import { changing } from "../operation.ts";
import { seconds } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";

/** Standard: idempotent by name and input while the execution runs. */
export const startExecution = changing((call, request) => {
  const { state } = call;
  const record = newExecution(call, request, findMachineToStart(call, request));
  const known = state.executions.get(record.arn);
  if (known !== undefined) {
    if (known.status === "RUNNING" && known.payload?.inputText === record.payload?.inputText) {
      return { executionArn: known.arn, startDate: seconds(known.startedAtEpochMs) };
    }
    throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${record.arn}'`);
  }
  if (record.type === "STANDARD") state.addExecution(record);
  call.launch(record);
  return { executionArn: record.arn, startDate: seconds(record.startedAtEpochMs) };
});
