import { printJson } from "@stepwright/asl";
import { reading } from "../operation.ts";
import { optionalText, textOf } from "../request-members.ts";
import { findActivity } from "../service-state.ts";

/** Waits for a task, and answers without one when none came. */
export const getActivityTask = reading(async ({ activities, activityPollMs, signal, state }, request) => {
  const { arn } = findActivity(state, textOf(request, "activityArn"));
  const task = await activities.take(arn, optionalText(request, "workerName"), activityPollMs, signal);
  return task === undefined ? {} : { taskToken: task.taskToken, input: printJson(task.input) };
});
