import { answerToken } from "../answer-token.ts";
import { reading } from "../operation.ts";
import { optionalText, textOf } from "../request-members.ts";

export const sendTaskFailure = reading((call, request) => {
  const taskToken = textOf(request, "taskToken");
  const error = optionalText(request, "error");
  const cause = optionalText(request, "cause");
  answerToken(call, taskToken, {
    type: "tokenAnswered",
    taskToken,
    reply: {
      status: "failed",
      ...(error === undefined ? undefined : { error }),
      ...(cause === undefined ? undefined : { cause }),
    },
  });
  return {};
});
