/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: an answer for whoever waits for the token. */
import type { InterpreterEvent } from "../interpreter/event.ts";
import type { CallContext } from "./operation.ts";
import { ServiceError } from "./service-error.ts";

/** @throws ServiceError `InvalidToken` for what is no token, `TaskTimedOut` for one that nobody waits for any more */
export function answerToken(
  { executions, isOwnToken }: CallContext,
  taskToken: string,
  event: Extract<InterpreterEvent, { type: "tokenAnswered" | "tokenHeartbeat" }>,
): void {
  if (executions.isWaitingFor(taskToken)) return executions.answer(taskToken, event);
  if (isOwnToken(taskToken)) {
    throw new ServiceError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }
  throw new ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
}
