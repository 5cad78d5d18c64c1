import { findExecution } from "../find-execution.ts";
import { revisionMembers } from "../machine-settings.ts";
import { reading } from "../operation.ts";
import { processorDefinition } from "../processor-definition.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { referencesOf } from "../variable-references-of.ts";

/** Of a Map Run's child: the Map's processor. */
export const describeStateMachineForExecution = reading((call, request) => {
  const record = findExecution(call, textOf(request, "executionArn"), true);
  const { childOf, machineArn, machineName, revision, versionArn } = record;
  const withData = request["includedData"] !== "METADATA_ONLY";
  const definition =
    childOf === undefined ? revision.definition : processorDefinition(revision.definition, childOf.mapRun.stateName);
  return answer({
    stateMachineArn: versionArn ?? machineArn,
    name: machineName,
    updateDate: seconds(revision.updatedAtEpochMs),
    ...revisionMembers(revision),
    definition: withData ? definition : "",
    mapRunArn: childOf?.mapRun.mapRunArn,
    label: childOf === undefined ? undefined : machineArn.slice(machineArn.lastIndexOf("/") + 1),
    variableReferences: withData ? referencesOf(definition) : undefined,
  });
});
