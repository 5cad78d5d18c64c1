import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { arnOf } from "../service-state.ts";

/** Newest first. A machine that does not exist has none: the operation knows no exception for it. */
export const listStateMachineVersions = reading((call, request) => {
  const arn = textOf(request, "stateMachineArn");
  arnOf(arn, "stateMachine");
  const all = call.state.machines.get(arn)?.versions.toReversed() ?? [];
  const { items, nextToken } = pageOf(call, all, "ListStateMachineVersions", request, (version) => version.arn);
  const stateMachineVersions = items.map((version) => ({
    stateMachineVersionArn: version.arn,
    creationDate: seconds(version.createdAtEpochMs),
  }));
  return answer({ stateMachineVersions, nextToken });
});
