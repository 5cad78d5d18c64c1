import { revisionMembers } from "../machine-settings.ts";
import { reading } from "../operation.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { findMachine } from "../service-state.ts";
import { referencesOf } from "../variable-references-of.ts";

export const describeStateMachine = reading(({ state }, request) => {
  const asked = textOf(request, "stateMachineArn");
  const { alias, machine, version } = findMachine(state, asked);
  const revision = version?.revision ?? routed(alias?.routes[0]?.stateMachineVersionArn) ?? machine.revision;
  const withData = request["includedData"] !== "METADATA_ONLY";
  return answer({
    stateMachineArn: asked,
    name: machine.name,
    status: machine.isDeleting ? "DELETING" : "ACTIVE",
    type: machine.type,
    creationDate: seconds(version?.createdAtEpochMs ?? machine.createdAtEpochMs),
    ...revisionMembers(revision),
    // AWS requires the member even then.
    ...(withData ? undefined : { definition: "" }),
    description: version?.description,
    variableReferences: withData ? referencesOf(revision.definition) : undefined,
  });

  function routed(versionArn: string | undefined) {
    return machine.versions.find(({ arn }) => arn === versionArn)?.revision;
  }
});
