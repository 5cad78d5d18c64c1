import { findAlias } from "../find-alias.ts";
import { changing } from "../operation.ts";
import { optionalText, seconds } from "../request-members.ts";
import { routingOf } from "../routing.ts";
import { validationError } from "../service-error.ts";

export const updateStateMachineAlias = changing(({ nowEpochMs, state }, request) => {
  const { alias, machine } = findAlias(state, request);
  if (request["routingConfiguration"] !== undefined) {
    const routing = routingOf(state, request);
    if (routing.machine !== machine) {
      throw validationError(
        "Routing configuration must contain versions of the alias's own state machine.",
        "INVALID_ROUTING_CONFIGURATION",
      );
    }
    alias.routes = routing.routes;
  }
  alias.description = optionalText(request, "description") ?? alias.description;
  alias.updatedAtEpochMs = nowEpochMs;
  return { updateDate: seconds(nowEpochMs) };
});
