/** What SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat have in common. */
import type { InterpreterEvent } from "../interpreter/event.ts";
import { activityOfToken } from "../interpreter/task-token.ts";
import type { CallContext, CheckedRequest } from "./operation.ts";
import { textOf } from "./request-members.ts";
import { ServiceError } from "./service-error.ts";

/** @throws ServiceError `InvalidToken` for what is no token; it comes before all that may be wrong with an answer */
export function tokenOf({ executions, isOwnToken }: CallContext, request: CheckedRequest): string {
  const taskToken = textOf(request, "taskToken");
  if (executions.isWaitingFor(taskToken) || isOwnToken(taskToken)) return taskToken;
  throw new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
}

/** @throws ServiceError `TaskTimedOut` when nobody waits for the answer any more */
export function answerToken(
  { executions }: CallContext,
  event: Extract<InterpreterEvent, { type: "tokenAnswered" | "tokenHeartbeat" }>,
): void {
  const { taskToken } = event;
  if (executions.isWaitingFor(taskToken)) return executions.answer(taskToken, event);
  const task = activityOfToken(taskToken) ?? "Provided task does not exist anymore";
  throw new ServiceError("TaskTimedOut", `Task Timed Out: '${task}'`);
}
