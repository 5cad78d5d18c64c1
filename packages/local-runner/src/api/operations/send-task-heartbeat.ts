import { answerToken, tokenOf } from "../answer-token.ts";
import { reading } from "../operation.ts";

export const sendTaskHeartbeat = reading((call, request) => {
  const taskToken = tokenOf(call, request);
  answerToken(call, { type: "tokenHeartbeat", taskToken });
  return {};
});
