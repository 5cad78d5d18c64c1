import { findAlias } from "../find-alias.ts";
import { changing } from "../operation.ts";

export const deleteStateMachineAlias = changing(({ state }, request) => {
  const { alias, machine } = findAlias(state, request);
  machine.aliases.delete(alias.name);
  return {};
});
