/** `npm start -- deploy`: a canary and a rollback in half a minute, without an account. */
import { connect, DeployError } from "@stepwright/deploy";
import { generateDefinition } from "../generate-definition.ts";
import { UsageError } from "../options.ts";
import { deployWalk } from "./deploy-walk.ts";
import { openEndpoint } from "./walk-endpoint.ts";
import type { WalkEndpoint } from "./walk-endpoint.ts";
import { parseWalkOptions, walkUsage } from "./walk-options.ts";
import type { WalkOptions } from "./walk-options.ts";

export interface WalkSurroundings {
  readonly appFolder: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** The names of the exit codes. */
export type WalkEnd = "done" | "failed" | "interrupted";

export async function walkCommand(
  args: readonly string[],
  { appFolder, signal, say }: WalkSurroundings,
): Promise<WalkEnd> {
  const options = parseWalkOptions(args);
  if (options.help) {
    say(walkUsage);
    return "done";
  }
  const endpoint = await openEndpoint(options.endpoint);
  try {
    return await walkAt(endpoint, options, { appFolder, signal, say });
  } finally {
    endpoint.close();
  }
}

async function walkAt(
  { url, isOwn }: WalkEndpoint,
  { intervalSeconds }: WalkOptions,
  { appFolder, signal, say }: WalkSurroundings,
): Promise<WalkEnd> {
  const { definition } = await generateDefinition(appFolder);
  const { clients, isLocal } = await connect({ endpoint: url, environment: {} });
  if (!isLocal) {
    throw new UsageError(`--endpoint: found "${url}", wanted an address of this machine: the walk is a play.`);
  }
  say(`Step Functions API on ${url}${isOwn ? " (in this process; nothing is kept)" : ""}`);
  try {
    const isAsTold = await deployWalk({ definition, clients, intervalSeconds, signal, say });
    say(`\n${isAsTold ? lastWords(url, isOwn) : "The walk did not go as told."}`);
    return isAsTold ? "done" : "failed";
  } catch (error) {
    if (!(error instanceof DeployError) || error.code !== "INTERRUPTED") throw error;
    say(`\n${error.message}`);
    return "interrupted";
  }
}

function lastWords(url: string, isOwn: boolean): string {
  return isOwn
    ? "Next: npx --yes pnpm stepwright serve --memory   and the same walk with --endpoint http://127.0.0.1:8083"
    : `Next: aws stepfunctions list-executions --region us-east-1 --endpoint-url ${url} --state-machine-arn arn:aws:states:us-east-1:123456789012:stateMachine:RetrainWalk`;
}
