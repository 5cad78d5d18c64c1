import { changing } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { arnOf } from "../service-state.ts";

/** There need be none. */
export const deleteActivity = changing(({ state }, request) => {
  const arn = textOf(request, "activityArn");
  arnOf(arn, "activity");
  state.activities.delete(arn);
  return {};
});
