import { answerToken } from "../answer-token.ts";
import { reading } from "../operation.ts";
import { textOf } from "../request-members.ts";

export const sendTaskHeartbeat = reading((call, request) => {
  const taskToken = textOf(request, "taskToken");
  answerToken(call, taskToken, { type: "tokenHeartbeat", taskToken });
  return {};
});
