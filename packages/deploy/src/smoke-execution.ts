/**
 * One execution of a version that nobody uses yet. Its name tells it from callers' executions, so that a deployment
 * that broke off finds it again and starts no second one.
 */
import type { ExecutionListItem } from "@aws-sdk/client-sfn";
import type { Clock } from "./clock.ts";
import { DeployError } from "./deploy-error.ts";
import type { SmokeExecution } from "./desired.ts";
import type { StatesClient } from "./states-client.ts";
import { versionNumber } from "./version-arn.ts";

const prefix = "stepwright-smoke-";

export function isSmokeName(executionName: string): boolean {
  return executionName.startsWith(prefix);
}

export interface SmokeSurroundings {
  readonly states: StatesClient;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly pollSeconds: number;
}

/**
 * @returns why the version must not be used; `undefined` when the execution succeeded
 * @throws DeployError `INTERRUPTED`
 */
export async function smokeFailure(
  versionArn: string,
  { input, timeoutSeconds }: SmokeExecution,
  { states, clock, signal, pollSeconds }: SmokeSurroundings,
): Promise<string | undefined> {
  const executionArn = await startOrAttach(versionArn, input, states);
  for (let waitedSeconds = 0; ; waitedSeconds += pollSeconds) {
    const { status, error, cause } = await states.describeExecution({ executionArn });
    if (status === "SUCCEEDED") return undefined;
    if (status !== "RUNNING") {
      const reason = [error, cause].filter((text) => text !== undefined && text !== "").join(": ");
      return `the smoke execution ${executionArn} ended as ${status}${reason === "" ? "" : ` (${reason})`}`;
    }
    if (waitedSeconds >= timeoutSeconds) {
      return `the smoke execution ${executionArn} still runs after ${timeoutSeconds} s`;
    }
    await clock.wait(pollSeconds * 1000, signal);
    if (signal?.aborted === true) {
      throw new DeployError("INTERRUPTED", "Interrupted during the smoke execution; the alias was not moved.");
    }
  }
}

async function startOrAttach(versionArn: string, input: string, states: StatesClient): Promise<string> {
  const { executions = [] } = await states.listExecutions({ stateMachineArn: versionArn, maxResults: 1000 });
  const earlier = executions.filter(({ name = "" }) => isSmokeName(name));
  const usable = earlier.find(isUsable);
  if (usable?.executionArn !== undefined) return usable.executionArn;
  const name = `${prefix}${versionNumber(versionArn)}-${earlier.length + 1}`;
  const { executionArn } = await states.startExecution({ stateMachineArn: versionArn, name, input });
  if (executionArn === undefined) {
    throw new DeployError("ANSWER_INCOMPLETE", "StartExecution answered without an executionArn.");
  }
  return executionArn;
}

/** One that failed is no verdict for ever: what it called may have been mended since. */
function isUsable({ status }: ExecutionListItem): boolean {
  return status === "RUNNING" || status === "SUCCEEDED";
}
