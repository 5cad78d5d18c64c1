import { isValidName, printStatesArn } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import {
  checkVersionDescription,
  defaultEncryption,
  defaultLogging,
  defaultTracing,
  loggingConfigurationOf,
} from "../machine-settings.ts";
import { changing } from "../operation.ts";
import { publishVersion } from "../publish-version.ts";
import type { MachineRecord, MachineRevision, MachineVersion } from "../records.ts";
import { answer, optionalObject, optionalText, seconds, textOf } from "../request-members.ts";
import { ServiceError, invalidArn } from "../service-error.ts";
import { assertNotDeleting } from "../service-state.ts";
import { tagsOf } from "../tags.ts";

/**
 * Idempotent: the definition text and the settings that a machine has now, under its name, give that machine. The role
 * and the tags are not compared.
 */
export const createStateMachine = changing((call, request) => {
  const { nowEpochMs, state } = call;
  const name = textOf(request, "name");
  if (!isValidName(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  const roleArn = textOf(request, "roleArn");
  if (!roleArn.startsWith("arn:")) throw invalidArn(`Invalid ARN prefix: ${roleArn}`);
  checkVersionDescription(request);
  const type = optionalText(request, "type") === "EXPRESS" ? "EXPRESS" : "STANDARD";
  const definition = textOf(request, "definition");
  const revision: MachineRevision = {
    definition,
    roleArn,
    loggingConfiguration: loggingConfigurationOf(request) ?? defaultLogging,
    tracingConfiguration: { ...defaultTracing, ...optionalObject(request, "tracingConfiguration") },
    encryptionConfiguration: optionalObject(request, "encryptionConfiguration") ?? defaultEncryption,
    revisionId: undefined,
    updatedAtEpochMs: nowEpochMs,
  };
  call.assertDefinition(definition, type);
  const arn = printStatesArn({ ...state.home, kind: "stateMachine", name });
  const known = state.machines.get(arn);
  if (known !== undefined) {
    assertNotDeleting(known);
    if (identityOf(known) !== identityOf({ type, revision })) throw alreadyExists(`'${arn}'`);
    return answerOf(known, publishedBefore(known, request));
  }
  const machine: MachineRecord = {
    arn,
    name,
    type,
    createdAtEpochMs: nowEpochMs,
    isDeleting: false,
    revision,
    versions: [],
    lastVersionNumber: 0,
    aliases: new Map(),
    tags: tagsOf(request, arn),
  };
  for (const executionArn of state.forgetExecutions(arn)) call.forget(executionArn);
  state.machines.set(arn, machine);
  const isPublished = request["publish"] === true;
  return answerOf(machine, isPublished ? publishVersion(call, machine, descriptionOf(request)) : undefined);
});

function answerOf(machine: MachineRecord, version: MachineVersion | undefined): JsonObject {
  return answer({
    stateMachineArn: machine.arn,
    creationDate: seconds(machine.createdAtEpochMs),
    stateMachineVersionArn: version?.arn,
  });
}

function identityOf({ type, revision }: Pick<MachineRecord, "type" | "revision">): string {
  const { definition, loggingConfiguration, tracingConfiguration, encryptionConfiguration } = revision;
  return JSON.stringify([type, definition, loggingConfiguration, tracingConfiguration, encryptionConfiguration]);
}

/** Recorded: the first version counts, however it was published, and for whichever definition. */
function publishedBefore(machine: MachineRecord, request: JsonObject): MachineVersion | undefined {
  const [first] = machine.versions;
  if (request["publish"] !== true) {
    if (first === undefined) return undefined;
    throw alreadyExists("This state machine was already created with a published version.");
  }
  // Not recorded for a machine without versions: the words are ours.
  if (first === undefined) throw alreadyExists("This state machine was already created without a published version.");
  if (first.description === descriptionOf(request)) return first;
  throw alreadyExists("This state machine was already created with a published version using a different description.");
}

function descriptionOf(request: JsonObject): string | undefined {
  return optionalText(request, "versionDescription");
}

function alreadyExists(reason: string): ServiceError {
  return new ServiceError("StateMachineAlreadyExists", `State Machine Already Exists: ${reason}`);
}
