import { portsFromEnvironment } from "../adapters/ports-from-environment.ts";
import type { DeployModelEndpointInput, DeployModelEndpointOutput } from "./contract.generated.ts";
import { deployModelEndpoint } from "./deploy-model-endpoint.ts";

export const handler = async (event: DeployModelEndpointInput): Promise<DeployModelEndpointOutput> =>
  deployModelEndpoint(portsFromEnvironment())(event);
