/** Starts a month's execution, or finds that somebody did. */
import { deepEqual, parseStatesArn, printStatesArn } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type { MonthlyStart } from "./monthly-start.ts";

/** The part of the AWS SDK's `SFN` that starting takes. */
export interface Executions {
  startExecution(request: {
    readonly stateMachineArn: string;
    readonly name: string;
    readonly input: string;
  }): Promise<{ executionArn?: string | undefined }>;
  describeExecution(request: {
    readonly executionArn: string;
  }): Promise<{ input?: string | undefined; status?: string | undefined }>;
}

export interface StarterPorts {
  readonly executions: Executions;
  /** Writes once: what is there under the key stays. */
  readonly writeManifest: (key: string, text: string) => Promise<unknown>;
}

/** The aliases of both pipelines: a start gets the version that is live. */
export interface StarterTargets {
  readonly items: string;
  /** Wanted when there may be more models than one execution's input holds. */
  readonly manifest?: string;
}

export interface Started {
  /** `was there` when an execution of this name and input has ended; one that still runs counts as this start. */
  readonly outcome: "started" | "was there";
  readonly executionArn: string;
  /** Of the execution that was there. */
  readonly status?: string;
}

/** A month's execution exists, and not with what this month asks for. */
export class MonthAlreadyStartedError extends Error {
  override readonly name = "MonthAlreadyStartedError";
}

/**
 * @throws MonthAlreadyStartedError when the month was started with other models: whoever added one decides whether it
 *   waits for the next month or gets an execution of its own name
 */
export async function startMonthly(
  start: MonthlyStart,
  targets: StarterTargets,
  { executions, writeManifest }: StarterPorts,
): Promise<Started> {
  const stateMachineArn = targets[start.kind];
  if (stateMachineArn === undefined)
    throw new RangeError("Found a manifest to start with; wanted the state machine that reads it.");
  const executionArn = executionArnOf(stateMachineArn, start.name);
  // Before the execution, which reads it at once.
  if (start.kind === "manifest") await writeManifest(start.manifest.key, start.manifest.text);
  const input = JSON.stringify(start.input);
  try {
    await executions.startExecution({ stateMachineArn, name: start.name, input });
    return { outcome: "started", executionArn };
  } catch (error) {
    if (!(error instanceof Error && error.name === "ExecutionAlreadyExists")) throw error;
    const { input: found = "null", status = "unknown" } = await executions.describeExecution({ executionArn });
    const difference = differenceOf(JSON.parse(found) as JsonValue, JSON.parse(input) as JsonValue);
    if (difference === undefined) return { outcome: "was there", executionArn, status };
    throw new MonthAlreadyStartedError(`${executionArn} is ${status} with another input: ${difference}.`, {
      cause: error,
    });
  }
}

function executionArnOf(stateMachineArn: string, name: string): string {
  const arn = parseStatesArn(stateMachineArn);
  if (arn?.kind !== "stateMachine" && arn?.kind !== "alias" && arn?.kind !== "version") {
    throw new RangeError(`${JSON.stringify(stateMachineArn)} is no ARN of a state machine, its version or alias.`);
  }
  const { partition, region, account } = arn;
  return printStatesArn({ partition, region, account, kind: "execution", stateMachine: arn.name, name });
}

function differenceOf(found: JsonValue, wanted: JsonValue): string | undefined {
  if (deepEqual(found, wanted)) return undefined;
  const [before, now] = [modelIdsIn(found), modelIdsIn(wanted)];
  const besides = before.filter((modelId) => !now.includes(modelId));
  const lacking = now.filter((modelId) => !before.includes(modelId));
  const parts = [
    ...(besides.length === 0 ? [] : [`found ${besides.join(", ")} in it`]),
    ...(lacking.length === 0 ? [] : [`wanted ${lacking.join(", ")} as well`]),
  ];
  return parts.length > 0 ? parts.join("; ") : `found ${JSON.stringify(found)}; wanted ${JSON.stringify(wanted)}`;
}

/** Of the first pipeline's input; a manifest's models stand elsewhere. */
function modelIdsIn(input: JsonValue): readonly string[] {
  const models = isRecord(input) ? input["models"] : undefined;
  const items = Array.isArray(models) ? models : [];
  return items.flatMap((item) => (isRecord(item) && typeof item["modelId"] === "string" ? [item["modelId"]] : []));
}

function isRecord(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
