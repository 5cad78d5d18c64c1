import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { arnOf } from "../service-state.ts";

/** With its versions and aliases, and when its last execution has ended. There need be none. */
export const deleteStateMachine = changing(({ state }, request) => {
  const arn = textOf(request, "stateMachineArn");
  arnOf(arn, "stateMachine");
  const machine = state.machines.get(arn);
  if (machine !== undefined) machine.isDeleting = true;
  state.forgetDeleted(arn);
  return {};
});
