import { compareCodeUnits } from "@stepwright/asl";
import { reading } from "../operation.ts";
import { pageOf } from "../page.ts";
import { answer, seconds } from "../request-members.ts";

export const listActivities = reading((call, request) => {
  const all = [...call.state.activities.values()].toSorted((left, right) => compareCodeUnits(left.name, right.name));
  const { items, nextToken } = pageOf(call, all, "ListActivities", request, ({ arn }) => arn);
  const activities = items.map(({ arn, createdAtEpochMs, name }) => ({
    activityArn: arn,
    name,
    creationDate: seconds(createdAtEpochMs),
  }));
  return answer({ activities, nextToken });
});
