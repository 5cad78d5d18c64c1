import { lambdaEntry } from "../lambda-entry.ts";
import { parseDeployModelEndpointInput } from "./contract.generated.ts";
import { deployModelEndpoint } from "./deploy-model-endpoint.ts";

export const handler = lambdaEntry({
  task: "DeployModelEndpoint",
  parse: parseDeployModelEndpointInput,
  step: deployModelEndpoint,
});
