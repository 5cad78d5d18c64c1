/** Brings code to a function and publishes a version of it. */
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Clock } from "../clock.ts";
import { DeployError, isAwsError } from "../deploy-error.ts";
import type { DesiredFunction } from "./desired-function.ts";
import type { FunctionsClient } from "./functions-client.ts";

export interface PublishSurroundings {
  readonly client: FunctionsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Between two looks at a function that is being updated, and at most for so long. */
const pollMs = 2000;
const patienceMs = 10 * 60_000;

/**
 * May be repeated: Lambda publishes no second version of what has not changed.
 *
 * @param observedSha256  the code that was there when the deployment was planned
 * @returns the version's ARN, when it can be called
 * @throws DeployError `CHANGED_MEANWHILE`, `FUNCTION_FAILED`, `INTERRUPTED`
 */
export async function publishFunction(
  { arn, code }: DesiredFunction,
  observedSha256: string,
  surroundings: PublishSurroundings,
): Promise<string> {
  const { client } = surroundings;
  // Its revision changes when an update of before ends: asked only then.
  const { CodeSha256, RevisionId } = await settled(arn, undefined, surroundings);
  if (CodeSha256 !== observedSha256) throw changedMeanwhile(arn);
  const guard = { FunctionName: arn, ...(RevisionId === undefined ? {} : { RevisionId }) };
  try {
    const { Version } =
      code.sha256 === observedSha256
        ? await client.publishVersion({ ...guard, CodeSha256: code.sha256 })
        : await client.updateFunctionCode({ ...guard, ZipFile: code.archive, Publish: true });
    if (Version === undefined) {
      throw new DeployError("ANSWER_INCOMPLETE", `Lambda published ${arn} and answered without a Version.`);
    }
    await settled(arn, Version, surroundings);
    return `${arn}:${Version}`;
  } catch (error) {
    throw isAwsError(error, "PreconditionFailedException", "ResourceConflictException")
      ? changedMeanwhile(arn, error)
      : error;
  }
}

/** Waits until no update is under way. */
async function settled(
  arn: string,
  version: string | undefined,
  { client, clock, signal }: PublishSurroundings,
): Promise<FunctionConfiguration> {
  const request = { FunctionName: arn, ...(version === undefined ? {} : { Qualifier: version }) };
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const configuration = await client.getFunctionConfiguration(request);
    const { LastUpdateStatus, LastUpdateStatusReason, State, StateReason } = configuration;
    // What failed before is about to be replaced.
    if (version !== undefined && (State === "Failed" || LastUpdateStatus === "Failed")) {
      const reason = StateReason ?? LastUpdateStatusReason ?? "no reason given";
      throw new DeployError("FUNCTION_FAILED", `Version ${version} of ${arn} cannot be called: ${reason}`);
    }
    if (State !== "Pending" && LastUpdateStatus !== "InProgress") return configuration;
    if (waitedMs >= patienceMs) {
      throw new DeployError("FUNCTION_FAILED", `${arn} is still being updated after ${patienceMs / 60_000} minutes.`);
    }
    await clock.wait(pollMs, signal);
    if (signal?.aborted === true) {
      throw new DeployError("INTERRUPTED", `Interrupted while ${arn} was updated. Deploy again to go on.`);
    }
  }
}

function changedMeanwhile(arn: string, cause?: unknown): DeployError {
  const message = `${arn} is being changed by somebody else, or was since this deployment was planned; its code was left. Plan again.`;
  return new DeployError("CHANGED_MEANWHILE", message, cause);
}
