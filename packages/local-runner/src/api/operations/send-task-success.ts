import { parseJson } from "@stepwright/asl";
import { answerToken } from "../answer-token.ts";
import { reading } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";

export const sendTaskSuccess = reading((call, request) => {
  const taskToken = textOf(request, "taskToken");
  const { error, value } = parseJson(textOf(request, "output"));
  if (error !== undefined) throw new ServiceError("InvalidOutput", `Invalid Output: '${error.message}'`);
  answerToken(call, taskToken, {
    type: "tokenAnswered",
    taskToken,
    reply: { status: "succeeded", output: value },
  });
  return {};
});
