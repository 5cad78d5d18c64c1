import { lambdaEntry } from "../lambda-entry.ts";
import { parseEvaluateModelInput } from "./contract.generated.ts";
import { evaluateModel } from "./evaluate-model.ts";

export const handler = lambdaEntry({
  task: "EvaluateModel",
  parse: parseEvaluateModelInput,
  step: evaluateModel,
});
