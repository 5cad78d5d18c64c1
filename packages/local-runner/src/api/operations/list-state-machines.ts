import { compareCodeUnits } from "@stepwright/asl";
import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, seconds } from "../request-members.ts";

/** By name: recorded. */
export const listStateMachines = reading((call, request) => {
  const all = [...call.state.machines.values()].toSorted((left, right) => compareCodeUnits(left.name, right.name));
  const { items, nextToken } = pageOf(call, all, "ListStateMachines", request, ({ arn }) => arn);
  const stateMachines = items.map(({ arn, createdAtEpochMs, name, type }) => ({
    stateMachineArn: arn,
    name,
    type,
    creationDate: seconds(createdAtEpochMs),
  }));
  return answer({ stateMachines, nextToken });
});
