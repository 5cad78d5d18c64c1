import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseRegisterModelInput } from "./contract.generated.ts";
import { registerModel } from "./register-model.ts";

export const handler = async (event: unknown) => registerModel(portsFromEnvironment())(parseRegisterModelInput(event));
