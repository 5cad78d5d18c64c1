import { changing } from "../operation.ts";
import { newExecution } from "../new-execution.ts";
import { seconds, textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { assertNotDeleting, findMachine } from "../service-state.ts";

/** Standard: idempotent by name and input while the execution runs. */
export const startExecution = changing((call, request) => {
  const { state } = call;
  const found = findMachine(state, textOf(request, "stateMachineArn"));
  assertNotDeleting(found.machine);
  const record = newExecution(call, request, found);
  const known = state.executions.get(record.arn);
  if (known !== undefined) {
    if (known.status === "RUNNING" && known.inputText === record.inputText) {
      return { executionArn: known.arn, startDate: seconds(known.startedAtEpochMs) };
    }
    throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${record.arn}'`);
  }
  if (record.type === "STANDARD") state.addExecution(record);
  call.launch(record);
  return { executionArn: record.arn, startDate: seconds(record.startedAtEpochMs) };
});
