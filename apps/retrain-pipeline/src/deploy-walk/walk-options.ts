/** What `npm start -- deploy …` understands. Pure: text in, options or a usage error out. */
import { parseArgs } from "node:util";
import { UsageError } from "../options.ts";

export interface WalkOptions {
  /** A service that runs already; the walk starts one in its own process when absent. */
  readonly endpoint: string | undefined;
  /** For which a version is watched at each step. */
  readonly intervalSeconds: number;
  readonly help: boolean;
}

const defaultSeconds = 6;

export const walkUsage = `Watch a canary and a rollback, without an account.

Usage: npm start -- deploy [options]

  --endpoint URL        a service that runs already, on this machine, such as http://127.0.0.1:8083
                        of "stepwright serve"; without it one is started in this process
  --interval SECONDS    how long each version is watched at each step (default ${defaultSeconds})
  --help                show this text

Deploys three versions of the pipeline as the state machine RetrainWalk. What an earlier walk left under that
name at the endpoint is deleted first; nothing else is touched.

Exit codes: 0 the walk went as told, 1 it did not, 2 the request was refused, 130 interrupted.
`;

/** @throws UsageError that names the option, what was found and what was wanted */
export function parseWalkOptions(args: readonly string[]): WalkOptions {
  const { values } = parse(args);
  return {
    endpoint: values.endpoint === undefined ? undefined : parseEndpoint(values.endpoint),
    intervalSeconds: values.interval === undefined ? defaultSeconds : parseInterval(values.interval),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { endpoint: { type: "string" }, interval: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nRun "npm start -- deploy --help" for the options.`);
  }
}

function parseEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new UsageError(`--endpoint: found "${text}", wanted a URL such as http://127.0.0.1:8083.`);
}

function parseInterval(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && seconds <= 600) return seconds;
  throw new UsageError(`--interval: found "${text}", wanted seconds, more than 0 and at most 600.`);
}
