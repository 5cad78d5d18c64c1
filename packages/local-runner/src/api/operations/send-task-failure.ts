import { answerToken, tokenOf } from "../answer-token.ts";
import { reading } from "../operation.ts";
import { optionalText } from "../request-members.ts";

export const sendTaskFailure = reading((call, request) => {
  const taskToken = tokenOf(call, request);
  const error = optionalText(request, "error");
  const cause = optionalText(request, "cause");
  answerToken(call, {
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
