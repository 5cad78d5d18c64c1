import { findMachineToStart } from "../machine-to-start.ts";
import { newExecution } from "../new-execution.ts";
import { changing } from "../operation.ts";
import { seconds } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";

/** So long after its end, an execution's name can be given again. See the API's reference, `name` of StartExecution. */
const nameTakenMs = 90 * 24 * 3600 * 1000;

/** Standard: idempotent by name and input while the execution runs. */
export const startExecution = changing((call, request) => {
  const { state } = call;
  const record = newExecution(call, request, findMachineToStart(call, request));
  const known = state.executions.get(record.arn);
  if (known !== undefined && call.nowEpochMs - (known.stoppedAtEpochMs ?? Infinity) > nameTakenMs) {
    state.forgetExecution(known);
    call.forget(known.arn);
  } else if (known !== undefined) {
    if (known.status === "RUNNING" && known.payload?.inputText === record.payload?.inputText) {
      return { executionArn: known.arn, startDate: seconds(known.startedAtEpochMs) };
    }
    throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${record.arn}'`);
  }
  if (record.type === "STANDARD") state.addExecution(record);
  call.launch(record);
  return { executionArn: record.arn, startDate: seconds(record.startedAtEpochMs) };
});
