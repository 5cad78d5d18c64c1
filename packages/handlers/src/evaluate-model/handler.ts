import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseEvaluateModelInput } from "./contract.generated.ts";
import { evaluateModel } from "./evaluate-model.ts";

export const handler = async (event: unknown) => evaluateModel(portsFromEnvironment())(parseEvaluateModelInput(event));
