/** `npm start -- deploy`: a canary and a rollback in half a minute, without an account. */
import { connect, DeployError } from "@stepwright/deploy";
import { generateDefinition } from "../generate-definition.ts";
import { UsageError } from "../options.ts";
import { deployWalk } from "./deploy-walk.ts";
import { openEndpoint } from "./walk-endpoint.ts";
import { parseWalkOptions, walkUsage } from "./walk-options.ts";

export interface WalkSurroundings {
  readonly appFolder: string;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

export async function walkCommand(
  args: readonly string[],
  { appFolder, signal, say }: WalkSurroundings,
): Promise<"done" | "failed" | "interrupted"> {
  const options = parseWalkOptions(args);
  if (options.help) {
    say(walkUsage);
    return "done";
  }
  const { definition } = await generateDefinition(appFolder);
  await using endpoint = await openEndpoint(options.endpoint);
  const { clients, isLocal } = await connect({ endpoint: endpoint.url, environment: {} });
  if (!isLocal) {
    throw new UsageError(`--endpoint: found "${endpoint.url}", wanted an address of this machine: the walk is a play.`);
  }
  say(`Step Functions API on ${endpoint.url}${endpoint.isOwn ? " (in this process; nothing is kept)" : ""}`);
  try {
    const { intervalSeconds } = options;
    const isAsTold = await deployWalk({ definition, clients, intervalSeconds, signal, say });
    say(`\n${isAsTold ? lastWords(endpoint.url, endpoint.isOwn) : "The walk did not go as told."}`);
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
