import { revisionMembers } from "../machine-settings.ts";
import { reading } from "../operation.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { findExecution } from "../service-state.ts";
import { referencesOf } from "../variable-references-of.ts";

export const describeStateMachineForExecution = reading(({ state }, request) => {
  const { machineArn, machineName, revision, versionArn } = findExecution(state, textOf(request, "executionArn"));
  const withData = request["includedData"] !== "METADATA_ONLY";
  return answer({
    stateMachineArn: versionArn ?? machineArn,
    name: machineName,
    updateDate: seconds(revision.updatedAtEpochMs),
    ...revisionMembers(revision),
    ...(withData ? undefined : { definition: "" }),
    variableReferences: withData ? referencesOf(revision.definition) : undefined,
  });
});
