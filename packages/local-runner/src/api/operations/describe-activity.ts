import { reading } from "../operation.ts";
import { seconds, textOf } from "../request-members.ts";
import { findActivity } from "../service-state.ts";

export const describeActivity = reading(({ state }, request) => {
  const { arn, createdAtEpochMs, encryptionConfiguration, name } = findActivity(state, textOf(request, "activityArn"));
  return { activityArn: arn, name, creationDate: seconds(createdAtEpochMs), encryptionConfiguration };
});
