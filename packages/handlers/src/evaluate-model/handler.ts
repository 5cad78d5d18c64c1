import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { EvaluateModelInput, EvaluateModelOutput } from "./contract.generated.ts";
import { evaluateModel } from "./evaluate-model.ts";

export const handler = async (event: EvaluateModelInput): Promise<EvaluateModelOutput> =>
  evaluateModel(portsFromEnvironment())(event);
