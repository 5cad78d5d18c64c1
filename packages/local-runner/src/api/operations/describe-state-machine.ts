import { stateOfMadeLabel } from "../find-map-run.ts";
import { revisionMembers } from "../machine-settings.ts";
import { reading } from "../operation.ts";
import type { CallContext } from "../operation.ts";
import { processorDefinition, stateOfLabel } from "../processor-definition.ts";
import type { MachineAlias, MachineRecord } from "../records.ts";
import { answer, seconds, textOf } from "../request-members.ts";
import { doesNotExist } from "../service-error.ts";
import { arnOf, findMachine } from "../service-state.ts";
import { referencesOf } from "../variable-references-of.ts";

/** Of the ARN of a Distributed Map in a machine, `stateMachine:Machine/label`: the Map's processor. */
export const describeStateMachine = reading((call, request) => {
  const asked = textOf(request, "stateMachineArn");
  const label = labelOf(asked);
  const { alias, machine, version } = findMachine(call.state, label === undefined ? asked : withoutLabel(asked));
  const revision = version?.revision ?? routedRevision(machine, alias) ?? machine.revision;
  const definition = label === undefined ? revision.definition : processorOf(call, asked, machine, label);
  const withData = request["includedData"] !== "METADATA_ONLY";
  return answer({
    stateMachineArn: asked,
    name: machine.name,
    status: machine.isDeleting ? "DELETING" : "ACTIVE",
    type: machine.type,
    creationDate: seconds(version?.createdAtEpochMs ?? machine.createdAtEpochMs),
    ...revisionMembers(revision),
    // AWS requires the member even without data.
    definition: withData ? definition : "",
    label,
    description: version?.description,
    variableReferences: withData ? referencesOf(definition) : undefined,
  });
});

function routedRevision({ versions }: MachineRecord, alias: MachineAlias | undefined) {
  const versionArn = alias?.routes[0]?.stateMachineVersionArn;
  return versions.find(({ arn }) => arn === versionArn)?.revision;
}

function labelOf(text: string): string | undefined {
  const arn = arnOf(text, "stateMachine", "version", "alias");
  return arn.kind === "stateMachine" ? arn.label : undefined;
}

function withoutLabel(text: string): string {
  return text.slice(0, text.lastIndexOf("/"));
}

function processorOf(call: CallContext, asked: string, { name, revision }: MachineRecord, label: string): string {
  const stateName = stateOfLabel(revision.definition, label) ?? stateOfMadeLabel(call, name, label);
  if (stateName === undefined) throw doesNotExist("StateMachine", asked);
  return processorDefinition(revision.definition, stateName);
}
