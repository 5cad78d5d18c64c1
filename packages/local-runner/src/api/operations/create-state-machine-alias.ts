import { changing } from "../operation.ts";
import { optionalText, seconds, textOf } from "../request-members.ts";
import { routingOf, sameRoutes } from "../routing.ts";
import { ServiceError } from "../service-error.ts";
import { assertNotDeleting } from "../service-state.ts";

/** Idempotent: the same routes and description under the same name give the alias that there is. */
export const createStateMachineAlias = changing(({ nowEpochMs, state }, request) => {
  const name = textOf(request, "name");
  const description = optionalText(request, "description");
  const { machine, routes } = routingOf(state, request);
  assertNotDeleting(machine);
  const known = machine.aliases.get(name);
  if (known !== undefined && !(known.description === description && sameRoutes(known.routes, routes))) {
    throw new ServiceError(
      "ConflictException",
      "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
    );
  }
  const alias = known ?? {
    arn: `${machine.arn}:${name}`,
    name,
    description,
    routes,
    createdAtEpochMs: nowEpochMs,
    updatedAtEpochMs: nowEpochMs,
  };
  machine.aliases.set(name, alias);
  return { stateMachineAliasArn: alias.arn, creationDate: seconds(alias.createdAtEpochMs) };
});
