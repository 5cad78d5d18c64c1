import type { JsonObject } from "@stepwright/asl";
import { parseStatesArn } from "@stepwright/asl";
import type { CheckedRequest } from "./operation.ts";
import type { MachineRecord, Route } from "./records.ts";
import { objectsOf } from "./request-members.ts";
import { noSuchResource, validationError } from "./service-error.ts";
import type { ServiceState } from "./service-state.ts";

/**
 * An alias's routes, and the machine whose versions they name.
 * @throws ServiceError `ValidationException`, `ResourceNotFound`
 */
export function routingOf(
  state: ServiceState,
  request: CheckedRequest,
): { readonly machine: MachineRecord; readonly routes: readonly Route[] } {
  const routes = objectsOf(request, "routingConfiguration").map((route: JsonObject) => ({
    stateMachineVersionArn: route["stateMachineVersionArn"] as string,
    weight: route["weight"] as number,
  }));
  const arns = routes.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const shown = `Received: [${arns.join(", ")}]`;
  if (arns.some((arn) => parseStatesArn(arn)?.kind !== "version")) {
    throw refused(`Routing configuration must contain state machine version ARNs. ${shown}`);
  }
  if (new Set(arns).size < arns.length) {
    throw refused(`Routing configuration must contain distinct state machine version ARNs. ${shown}`);
  }
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw refused(`Sum of routing configuration weights must equal 100. Received: [${weights.join(", ")}]`);
  }
  const machines = new Set(arns.map((arn) => arn.slice(0, arn.lastIndexOf(":"))));
  if (machines.size > 1) {
    throw refused(`Routing configuration must contain versions of the same state machine. ${shown}`);
  }
  const [machineArn = ""] = machines;
  const machine = state.machines.get(machineArn);
  const missing = arns.find((arn) => machine?.versions.some((version) => version.arn === arn) !== true);
  if (machine === undefined || missing !== undefined) throw noSuchResource(missing ?? machineArn);
  return { machine, routes };
}

function refused(message: string): Error {
  return validationError(message, "INVALID_ROUTING_CONFIGURATION");
}

export function sameRoutes(left: readonly Route[], right: readonly Route[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
