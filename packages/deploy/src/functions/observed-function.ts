/** What code the account's functions run, and which versions of them there are. Reads, changes nothing. */
import { deepEqual } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { DeployError, orAbsent } from "../deploy-error.ts";
import type { DeployClients } from "../deploy-clients.ts";
import type { DesiredStateMachine } from "../desired.ts";
import type { ObservedStateMachine } from "../observed.ts";
import { functionVersionsInUse } from "./function-versions-in-use.ts";
import type { FunctionVersionsInUse } from "./function-versions-in-use.ts";
import type { FunctionsClient } from "./functions-client.ts";

export interface ObservedFunctions {
  readonly functions: readonly ObservedFunction[];
  /** Only asked for when versions of functions are to be pruned. */
  readonly versionsInUse: FunctionVersionsInUse;
}

export const noFunctions: ObservedFunctions = { functions: [], versionsInUse: {} };

export interface ObservedFunction {
  /** Without version or alias. */
  readonly arn: string;
  /** Of what is not published yet, too. */
  readonly codeSha256: string;
  /** The version with exactly the function's code and settings of now; `undefined` when none is published. */
  readonly currentVersionArn: string | undefined;
  /** Whether that version can be called already. */
  readonly isReady: boolean;
  /** Newest first. */
  readonly versionArns: readonly string[];
}

/** @throws DeployError `FUNCTION_MISSING`, naming every function that is not there */
export async function observeFunctions(
  { functions = [], keepFunctionVersions }: Pick<DesiredStateMachine, "functions" | "keepFunctionVersions">,
  stateMachine: Pick<ObservedStateMachine, "versions"> | undefined,
  clients: Pick<DeployClients, "states" | "functions">,
): Promise<ObservedFunctions> {
  if (functions.length === 0) return noFunctions;
  const client = await clients.functions();
  const arns = functions.map(({ arn }) => arn);
  const observed = await Promise.all(arns.map((arn) => observeFunction(arn, client)));
  const missing = arns.filter((_, index) => observed[index] === undefined);
  if (missing.length > 0) {
    throw new DeployError(
      "FUNCTION_MISSING",
      `Found no Lambda function ${missing.join(", ")}; wanted it to be there: create it with your template (\`sam deploy\`), then deploy its code.`,
    );
  }
  const versionArns = keepFunctionVersions === undefined ? [] : (stateMachine?.versions.map(({ arn }) => arn) ?? []);
  return {
    functions: observed.filter((each) => each !== undefined),
    versionsInUse: await functionVersionsInUse(versionArns, arns, clients.states),
  };
}

async function observeFunction(arn: string, client: FunctionsClient): Promise<ObservedFunction | undefined> {
  const all = await orAbsent(listVersions(arn, client), "ResourceNotFoundException");
  const latest = all?.find(({ Version }) => Version === "$LATEST");
  if (all === undefined || latest === undefined) return undefined;
  const versions = all
    .filter((version) => version !== latest)
    .toSorted((one, other) => Number(other.Version) - Number(one.Version));
  const current = versions[0] !== undefined && isSameFunction(versions[0], latest) ? versions[0] : undefined;
  return {
    arn,
    codeSha256: latest.CodeSha256 ?? "",
    currentVersionArn: current?.Version === undefined ? undefined : `${arn}:${current.Version}`,
    isReady: current?.Version !== undefined && (await isCallable(arn, current.Version, client)),
    versionArns: versions.map(({ Version }) => `${arn}:${Version}`),
  };
}

async function listVersions(arn: string, client: FunctionsClient): Promise<readonly FunctionConfiguration[]> {
  const versions: FunctionConfiguration[] = [];
  let marker: string | undefined;
  do {
    const page = await client.listVersionsByFunction({
      FunctionName: arn,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    versions.push(...(page.Versions ?? []));
    marker = page.NextMarker;
  } while (marker !== undefined);
  return versions;
}

async function isCallable(arn: string, version: string, client: FunctionsClient): Promise<boolean> {
  const { State } = await client.getFunctionConfiguration({ FunctionName: arn, Qualifier: version });
  return State !== "Pending" && State !== "Failed";
}

/** Whether publishing again would give this version: Lambda makes none of what has not changed. */
function isSameFunction(version: FunctionConfiguration, latest: FunctionConfiguration): boolean {
  return deepEqual(settingsOf(version), settingsOf(latest));
}

/** What a version freezes; not its own name, description, times and states. */
const frozenSettings = [
  "CodeSha256",
  "Runtime",
  "Role",
  "Handler",
  "Timeout",
  "MemorySize",
  "VpcConfig",
  "DeadLetterConfig",
  "Environment",
  "KMSKeyArn",
  "TracingConfig",
  "Layers",
  "FileSystemConfigs",
  "Architectures",
  "EphemeralStorage",
  "LoggingConfig",
] as const;

function settingsOf(configuration: FunctionConfiguration): JsonValue {
  const settings = frozenSettings.map((name) => [name, configuration[name]]);
  // JSON knows no undefined: without members that are absent.
  return JSON.parse(
    JSON.stringify({ ...Object.fromEntries(settings), snapStart: configuration.SnapStart?.ApplyOn }),
  ) as JsonValue;
}
