import { findAlias } from "../find-alias.ts";
import { reading } from "../operation.ts";
import { answer, seconds } from "../request-members.ts";

export const describeStateMachineAlias = reading(({ state }, request) => {
  const { alias } = findAlias(state, request);
  return answer({
    stateMachineAliasArn: alias.arn,
    name: alias.name,
    description: alias.description,
    routingConfiguration: alias.routes.map((route) => ({ ...route })),
    creationDate: seconds(alias.createdAtEpochMs),
    updateDate: seconds(alias.updatedAtEpochMs),
  });
});
