/** What one state needs of the machine's role. */
import { isJsonObject, parseTaskResource } from "@stepwright/asl";
import type { JsonObject, WalkedState } from "@stepwright/asl";
import { allow, integrationPermissions, invokeArn, isArn, unknown } from "./integration-permissions.ts";
import type { Target } from "./integration-permissions.ts";
import { arnOf } from "./permission.ts";
import type { Permission } from "./permission.ts";
import { sdkPermissions } from "./sdk-permissions.ts";
import { argumentsOf } from "./task-request.ts";

/** @param machine  the state machine's name, since a Distributed Map starts executions of its own machine */
export function statePermissions(state: WalkedState, machine: string): readonly Permission[] {
  if (state.value["Type"] === "Task") {
    const credentials = assumedRole(state);
    // The state then acts with that role's permissions and needs none of the machine's own.
    return credentials === undefined ? taskPermissions(state) : [credentials];
  }
  return state.value["Type"] === "Map" && isDistributed(state) ? distributedMapPermissions(state, machine) : [];
}

function taskPermissions(state: WalkedState): readonly Permission[] {
  const resource = state.value["Resource"];
  if (typeof resource !== "string") {
    return [];
  }
  const parsed = parseTaskResource(resource);
  switch (parsed?.kind) {
    case "lambda":
      return [invokeArn(resource)];
    case "activity":
      return [];
    case "optimized":
      return integrationPermissions[parsed.service]?.({ ...parsed, argument: argumentsOf(state.value) }) ?? [];
    case "sdk":
      return sdkPermissions({ ...parsed, argument: argumentsOf(state.value) });
    default:
      return placeholderPermissions(resource);
  }
}

/** A placeholder in the place of a resource: a function, unless its name says that it is an activity. */
function placeholderPermissions(resource: string): readonly Permission[] {
  return /activity/i.test(resource) ? [] : [invokeArn(resource)];
}

function assumedRole({ value }: WalkedState): Permission | undefined {
  const credentials = value["Credentials"];
  if (credentials === undefined) {
    return undefined;
  }
  const role = isJsonObject(credentials) ? credentials["RoleArn"] : undefined;
  return allow(["sts:AssumeRole"], typeof role === "string" && isArn(role) ? role : unknown("the role in Credentials"));
}

function isDistributed({ value }: WalkedState): boolean {
  const processor = value["ItemProcessor"];
  const config = isJsonObject(processor) ? processor["ProcessorConfig"] : undefined;
  return isJsonObject(config) && config["Mode"] === "DISTRIBUTED";
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
function distributedMapPermissions(state: WalkedState, machine: string): readonly Permission[] {
  const { ItemReader: reader, ResultWriter: writer } = state.value;
  return [
    allow(["states:StartExecution"], arnOf("states", `stateMachine:${machine}`)),
    allow(
      ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
      arnOf("states", `execution:${machine}/*`),
    ),
    ...(isJsonObject(reader) ? readerPermissions(reader) : []),
    ...(isJsonObject(writer) && typeof writer["Resource"] === "string"
      ? [
          allow(
            ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
            objectsOf(writer, "Prefix", (prefix) => `${prefix.replace(/\/$/, "")}/*`),
          ),
        ]
      : []),
  ];
}

/** A manifest names objects to be read beside it, and a listing that is loaded reads what it lists. */
function readerPermissions(reader: JsonObject): readonly Permission[] {
  const { Resource: resource, ReaderConfig: config } = reader;
  const { InputType: inputType, Transformation: transformation } = isJsonObject(config) ? config : {};
  const isList = typeof resource === "string" && resource.endsWith(":listObjectsV2");
  const readsMore = inputType === "MANIFEST" || transformation === "LOAD_AND_FLATTEN";
  return [
    ...(isList ? [allow(["s3:ListBucket"], objectsOf(reader))] : []),
    ...(isList && !readsMore
      ? []
      : [
          allow(
            ["s3:GetObject"],
            objectsOf(reader, "Key", (key) => (readsMore ? "*" : key)),
          ),
        ]),
  ];
}

/** The bucket, or the objects in it that the argument names. */
function objectsOf(
  owner: JsonObject,
  argument?: string,
  pattern: (value: string) => string = (value) => value,
): Target {
  const read = argumentsOf(owner);
  const bucket = read("Bucket");
  if (typeof bucket !== "string") {
    return unknown("Bucket");
  }
  const arn = `arn:\${Partition}:s3:::${bucket}`;
  if (argument === undefined) {
    return arn;
  }
  const value = read(argument);
  return `${arn}/${typeof value === "string" ? pattern(value) : "*"}`;
}
