/** What CreateStateMachine and UpdateStateMachine take alike. */
import { invalidDefinitionMessage, validateText } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import type { CheckedRequest } from "./operation.ts";
import type { MachineRevision, MachineType } from "./records.ts";
import { answer, objectsOf, optionalObject, optionalText } from "./request-members.ts";
import { ServiceError, validationError } from "./service-error.ts";

/** @throws ServiceError `InvalidDefinition` */
export function checkDefinition(definition: string, type: MachineType): void {
  const errors = validateText(definition, { type, format: "json", severity: "ERROR" });
  if (errors.length > 0) throw new ServiceError("InvalidDefinition", invalidDefinitionMessage(errors));
}

/**
 * The logging configuration as DescribeStateMachine shows it.
 * @throws ServiceError `InvalidLoggingConfiguration`
 */
export function loggingConfigurationOf(request: CheckedRequest): JsonObject | undefined {
  const given = optionalObject(request, "loggingConfiguration");
  if (given === undefined) return undefined;
  const level = optionalText(given, "level") ?? "OFF";
  const destinations = objectsOf(given, "destinations");
  if (destinations.length > 1 || (level !== "OFF" && destinations.length !== 1)) {
    throw invalidLogging("Must specify exactly one Log Destination.");
  }
  for (const destination of destinations) {
    const group = optionalText(optionalObject(destination, "cloudWatchLogsLogGroup") ?? {}, "logGroupArn");
    if (group === undefined || !/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]+:\*$/.test(group)) {
      throw invalidLogging("Log Destination not found.");
    }
  }
  return answer({
    level,
    includeExecutionData: given["includeExecutionData"] ?? false,
    destinations: given["destinations"],
  });
}

function invalidLogging(problem: string): ServiceError {
  return new ServiceError("InvalidLoggingConfiguration", `Invalid Logging Configuration: ${problem}`);
}

/** @throws ServiceError `ValidationException` */
export function checkVersionDescription(request: CheckedRequest): void {
  if (request["versionDescription"] === undefined || request["publish"] === true) return;
  throw validationError("Version description can only be set when publish is true");
}

/** The members in which DescribeStateMachine shows a revision. */
export function revisionMembers(revision: MachineRevision): Readonly<Record<string, JsonObject | string | undefined>> {
  const { definition, encryptionConfiguration, loggingConfiguration, revisionId, roleArn, tracingConfiguration } =
    revision;
  return { definition, encryptionConfiguration, loggingConfiguration, revisionId, roleArn, tracingConfiguration };
}

export const defaultLogging: JsonObject = { level: "OFF", includeExecutionData: false };
export const defaultTracing: JsonObject = { enabled: false };
export const defaultEncryption: JsonObject = { type: "AWS_OWNED_KEY" };
