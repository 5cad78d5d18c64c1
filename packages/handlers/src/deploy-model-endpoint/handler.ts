import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import { parseDeployModelEndpointInput } from "./contract.generated.ts";
import { deployModelEndpoint } from "./deploy-model-endpoint.ts";

export const handler = async (event: unknown) =>
  deployModelEndpoint(portsFromEnvironment())(parseDeployModelEndpointInput(event));
