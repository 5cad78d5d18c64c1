import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { RegisterModelInput, RegisterModelOutput } from "./contract.generated.ts";
import { registerModel } from "./register-model.ts";

export const handler = async (event: RegisterModelInput): Promise<RegisterModelOutput> =>
  registerModel(portsFromEnvironment())(event);
