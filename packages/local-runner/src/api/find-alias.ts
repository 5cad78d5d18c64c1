import type { CheckedRequest } from "./operation.ts";
import type { MachineAlias, MachineRecord } from "./records.ts";
import { textOf } from "./request-members.ts";
import { noSuchResource } from "./service-error.ts";
import { arnOf } from "./service-state.ts";
import type { ServiceState } from "./service-state.ts";

/** @throws ServiceError `InvalidArn`, `ResourceNotFound` */
export function findAlias(
  state: ServiceState,
  request: CheckedRequest,
): { readonly alias: MachineAlias; readonly machine: MachineRecord } {
  const text = textOf(request, "stateMachineAliasArn");
  const arn = arnOf(text, "alias");
  const machine = state.machines.get(text.slice(0, text.lastIndexOf(":")));
  const alias = machine?.aliases.get(arn.alias);
  if (machine === undefined || alias === undefined) throw noSuchResource(text);
  return { alias, machine };
}
