import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { arnOf, refuseLabel } from "../service-state.ts";

/**
 * With its versions and aliases, and when its last execution has ended; those that run fail at their next step. There
 * need be none.
 */
export const deleteStateMachine = changing(({ executions, state }, request) => {
  const arn = textOf(request, "stateMachineArn");
  arnOf(arn, "stateMachine");
  refuseLabel(arn);
  const machine = state.machines.get(arn);
  if (machine !== undefined && !machine.isDeleting) {
    machine.isDeleting = true;
    executions.machineDeleted(state.executionsOf(arn));
  }
  state.forgetDeleted(arn);
  return {};
});
