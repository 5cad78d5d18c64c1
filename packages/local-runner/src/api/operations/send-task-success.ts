import { parseJson } from "@stepwright/asl";
import { answerToken, tokenOf } from "../answer-token.ts";
import { reading } from "../operation.ts";
import { textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";

export const sendTaskSuccess = reading((call, request) => {
  const taskToken = tokenOf(call, request);
  const output = textOf(request, "output");
  const { error, value } = parseJson(output);
  if (error !== undefined) throw new ServiceError("InvalidOutput", `Invalid Output: '${output}' is not valid JSON.`);
  answerToken(call, {
    type: "tokenAnswered",
    taskToken,
    reply: { status: "succeeded", output: value },
  });
  return {};
});
