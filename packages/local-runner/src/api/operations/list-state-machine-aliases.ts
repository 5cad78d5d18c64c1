import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { findMachine } from "../service-state.ts";

/** Of a machine, or of one of its versions. */
export const listStateMachineAliases = reading((call, request) => {
  const { machine, version } = findMachine(call.state, textOf(request, "stateMachineArn"));
  const all = [...machine.aliases.values()].filter(
    ({ routes }) => version === undefined || routes.some((route) => route.stateMachineVersionArn === version.arn),
  );
  const { items, nextToken } = pageOf(call, all, "ListStateMachineAliases", request, ({ arn }) => arn);
  const stateMachineAliases = items.map(({ arn, createdAtEpochMs }) => ({
    stateMachineAliasArn: arn,
    creationDate: seconds(createdAtEpochMs),
  }));
  return answer({ stateMachineAliases, nextToken });
});
