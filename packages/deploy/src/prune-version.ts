import { isAwsError, orAbsent } from "./deploy-error.ts";
import type { StatesClient } from "./states-client.ts";

export interface PrunedVersion {
  readonly type: "STANDARD" | "EXPRESS";
  readonly versionArn: string;
}

/**
 * Deletes a version unless an execution of it runs or an alias leads to it.
 * EXPRESS executions end within five minutes of their start and cannot be listed: they are not asked about.
 *
 * @returns whether it is gone
 */
export async function pruneVersion({ type, versionArn }: PrunedVersion, states: StatesClient): Promise<boolean> {
  if (type === "STANDARD") {
    const running = await orAbsent(
      states.listExecutions({ stateMachineArn: versionArn, statusFilter: "RUNNING", maxResults: 1 }),
      "StateMachineDoesNotExist",
    );
    // Another deployment has pruned it.
    if (running === undefined) return true;
    if ((running.executions ?? []).length > 0) return false;
  }
  try {
    await states.deleteStateMachineVersion({ stateMachineVersionArn: versionArn });
    return true;
  } catch (error) {
    // AWS's answer when any alias, ours or another one, leads to the version.
    if (isAwsError(error, "ConflictException")) return false;
    throw error;
  }
}
