/** What `npm start -- …` understands. Pure: text in, options or a usage error out. */
import { parseArgs } from "node:util";

export interface StartOptions {
  /** How many monthly runs, one after another: 1 to `longestRun`. */
  readonly months: number;
  /** Run one more month on a damaged world: one model's labels poisoned, another's data stale. */
  readonly chaos: boolean;
  /** Which models to retrain; all of the catalog when empty. */
  readonly models: readonly string[];
  /** A file with the execution input, in place of the one made from the catalog. */
  readonly inputFile: string | undefined;
  /** Clear everything that earlier runs left, and stop. */
  readonly reset: boolean;
  /** Keep the model endpoint open after the run, until Ctrl-C. */
  readonly serve: boolean;
  readonly help: boolean;
}

export const longestRun = 3;

export const usage = `Retrain the production models of a simulated payment system, offline.

Usage: npm start -- [options]
       npm start -- deploy [options]   a canary and a rollback, without an account; see its --help

  --months N       run N months one after another, 1 to ${longestRun} (default 1):
                   from the second on, champion against challenger
  --chaos          then run a month on damaged data: poisoned labels for card-fraud (REJECTED),
                   stale data for auth-decline (SKIPPED); the old champions keep serving
  --models A,B     retrain only these models
  --input FILE     take the execution input from a JSON file: {"models": [...]}
  --serve          keep the model endpoint open after the run, until Ctrl-C
  --reset          clear the folder .stepwright/ (data, registry, reports) and stop
  --help           show this text

Example: npm start -- --months 3

Environment: STEPWRIGHT_HOME names another folder than .stepwright/.
`;

export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError that names the option, what was found and what was wanted */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args);
  return {
    months: values.months === undefined ? 1 : parseMonths(values.months),
    chaos: values.chaos ?? false,
    models: values.models === undefined ? [] : parseModels(values.models),
    inputFile: values.input,
    reset: values.reset ?? false,
    serve: values.serve ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        months: { type: "string" },
        chaos: { type: "boolean" },
        models: { type: "string" },
        input: { type: "string" },
        reset: { type: "boolean" },
        serve: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nRun "npm start -- --help" for the options.`);
  }
}

function parseMonths(text: string): number {
  const months = Number(text);
  if (Number.isInteger(months) && months >= 1 && months <= longestRun) return months;
  throw new UsageError(`--months: found "${text}", wanted a whole number from 1 to ${longestRun}.`);
}

function parseModels(text: string): readonly string[] {
  const models = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (models.length > 0) return [...new Set(models)];
  throw new UsageError(`--models: found "${text}", wanted model ids separated by commas, such as card-fraud.`);
}
