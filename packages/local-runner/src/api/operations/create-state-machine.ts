import { isValidName, printStatesArn } from "@stepwright/asl";
import {
  checkDefinition,
  checkVersionDescription,
  defaultEncryption,
  defaultLogging,
  defaultTracing,
  loggingConfigurationOf,
} from "../machine-settings.ts";
import { changing } from "../operation.ts";
import { publishVersion } from "../publish-version.ts";
import type { MachineRecord } from "../records.ts";
import { answer, optionalObject, optionalText, seconds, textOf } from "../request-members.ts";
import { ServiceError, invalidArn } from "../service-error.ts";
import { assertNotDeleting } from "../service-state.ts";
import { tagsOf } from "../tags.ts";

/**
 * Idempotent: the same definition text and settings under the same name give the machine that there is. The role and
 * the tags are not compared.
 */
export const createStateMachine = changing((call, request) => {
  const { nowEpochMs, state } = call;
  const name = textOf(request, "name");
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  const roleArn = textOf(request, "roleArn");
  if (!roleArn.startsWith("arn:")) throw invalidArn(`Invalid ARN prefix: ${roleArn}`);
  checkVersionDescription(request);
  const type = optionalText(request, "type") === "EXPRESS" ? "EXPRESS" : "STANDARD";
  const loggingConfiguration = loggingConfigurationOf(request) ?? defaultLogging;
  const tracingConfiguration = { ...defaultTracing, ...optionalObject(request, "tracingConfiguration") };
  const encryptionConfiguration = optionalObject(request, "encryptionConfiguration") ?? defaultEncryption;
  const definition = textOf(request, "definition");
  checkDefinition(definition, type);
  const arn = printStatesArn({ ...state.home, kind: "stateMachine", name });
  const creation = JSON.stringify([
    definition,
    type,
    loggingConfiguration,
    tracingConfiguration,
    encryptionConfiguration,
    request["publish"] ?? false,
    request["versionDescription"] ?? null,
  ]);
  const known = state.machines.get(arn);
  if (known !== undefined) assertNotDeleting(known);
  if (known !== undefined && known.creation !== creation) {
    throw new ServiceError("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
  }
  const machine: MachineRecord = known ?? {
    arn,
    name,
    type,
    createdAtEpochMs: nowEpochMs,
    creation,
    isDeleting: false,
    revision: {
      definition,
      roleArn,
      loggingConfiguration,
      tracingConfiguration,
      encryptionConfiguration,
      revisionId: undefined,
      updatedAtEpochMs: nowEpochMs,
    },
    versions: [],
    lastVersionNumber: 0,
    aliases: new Map(),
    tags: tagsOf(request, arn),
  };
  if (known === undefined) for (const executionArn of state.forgetExecutions(arn)) call.forget(executionArn);
  state.machines.set(arn, machine);
  const version =
    request["publish"] === true
      ? publishVersion(call, machine, optionalText(request, "versionDescription"))
      : undefined;
  return answer({
    stateMachineArn: arn,
    creationDate: seconds(machine.createdAtEpochMs),
    stateMachineVersionArn: version?.arn,
  });
});
