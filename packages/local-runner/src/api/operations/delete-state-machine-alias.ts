import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { arnOf } from "../service-state.ts";

/** There need be none: recorded. */
export const deleteStateMachineAlias = changing(({ state }, request) => {
  const text = textOf(request, "stateMachineAliasArn");
  const { alias } = arnOf(text, "alias");
  state.machines.get(text.slice(0, text.lastIndexOf(":")))?.aliases.delete(alias);
  return {};
});
