import { notHereYet } from "../not-here-yet.ts";
import { reading } from "../operation.ts";
import { notRedrivableReason } from "../redrive-status.ts";
import { textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { findExecution } from "../service-state.ts";

export const redriveExecution = reading(({ nowEpochMs, state }, request) => {
  const reason = notRedrivableReason(findExecution(state, textOf(request, "executionArn")), nowEpochMs);
  if (reason !== undefined) throw new ServiceError("ExecutionNotRedrivable", reason);
  throw notHereYet("RedriveExecution");
});
