import { changing } from "../operation.ts";
import { publishVersion } from "../publish-version.ts";
import { optionalText, seconds, textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { findActiveMachine } from "../service-state.ts";

/** Idempotent for a revision that has a version already. */
export const publishStateMachineVersion = changing((call, request) => {
  const machine = findActiveMachine(call.state, textOf(request, "stateMachineArn"));
  const wanted = optionalText(request, "revisionId");
  // The first revision has no id; callers name it so.
  const current = machine.revision.revisionId ?? "INITIAL";
  if (wanted !== undefined && wanted !== "" && wanted !== current) {
    throw new ServiceError(
      "ConflictException",
      `Failed to publish the State Machine version for revision ${wanted}. The current State Machine revision is ${current}.`,
    );
  }
  const version = publishVersion(call, machine, optionalText(request, "description"));
  return { stateMachineVersionArn: version.arn, creationDate: seconds(version.createdAtEpochMs) };
});
