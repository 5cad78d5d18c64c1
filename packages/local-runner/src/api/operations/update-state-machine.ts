import { compareCodeUnits } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { checkVersionDescription, loggingConfigurationOf } from "../machine-settings.ts";
import { changing } from "../operation.ts";
import { publishVersion } from "../publish-version.ts";
import type { MachineRevision } from "../records.ts";
import { answer, optionalObject, optionalText, seconds, textOf } from "../request-members.ts";
import { ServiceError } from "../service-error.ts";
import { findActiveMachine } from "../service-state.ts";

const settings = ["definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "encryptionConfiguration"];

/** What changes nothing makes no new revision. Executions under way go on with the old one. */
export const updateStateMachine = changing((call, request) => {
  const { nowEpochMs, state } = call;
  const machine = findActiveMachine(state, textOf(request, "stateMachineArn"));
  if (settings.every((name) => request[name] === undefined)) {
    throw new ServiceError(
      "MissingRequiredParameter",
      "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    );
  }
  checkVersionDescription(request);
  const { revision } = machine;
  const definition = optionalText(request, "definition") ?? revision.definition;
  if (definition !== revision.definition) call.assertDefinition(definition, machine.type);
  const wanted: Omit<MachineRevision, "revisionId" | "updatedAtEpochMs"> = {
    definition,
    roleArn: optionalText(request, "roleArn") ?? revision.roleArn,
    loggingConfiguration: loggingConfigurationOf(request) ?? revision.loggingConfiguration,
    tracingConfiguration: optionalObject(request, "tracingConfiguration") ?? revision.tracingConfiguration,
    encryptionConfiguration: optionalObject(request, "encryptionConfiguration") ?? revision.encryptionConfiguration,
  };
  if (!isSame(wanted, revision)) {
    machine.revision = { ...wanted, revisionId: call.newId(), updatedAtEpochMs: nowEpochMs };
  }
  const version =
    request["publish"] === true
      ? publishVersion(call, machine, optionalText(request, "versionDescription"))
      : undefined;
  return answer({
    updateDate: seconds(machine.revision.updatedAtEpochMs),
    revisionId: machine.revision.revisionId,
    stateMachineVersionArn: version?.arn,
  });
});

function isSame(
  wanted: Omit<MachineRevision, "revisionId" | "updatedAtEpochMs">,
  { revisionId: _id, updatedAtEpochMs: _at, ...current }: MachineRevision,
): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => textFor(value) === textFor(current[name as keyof typeof wanted]),
  );
}

function textFor(value: string | JsonObject): string {
  return typeof value === "string" ? value : JSON.stringify(sortedMembers(value));
}

function sortedMembers(value: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(value).toSorted(([left], [right]) => compareCodeUnits(left, right));
}
