import { lambdaEntry } from "../lambda-entry.ts";
import { parseRegisterModelInput } from "./contract.generated.ts";
import { registerModel } from "./register-model.ts";

export const handler = lambdaEntry({
  task: "RegisterModel",
  parse: parseRegisterModelInput,
  step: registerModel,
});
