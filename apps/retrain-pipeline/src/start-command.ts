/** `npm start`: the whole pipeline on this machine, from the simulated world to the table of results. */
import path from "node:path";
import { styleText } from "node:util";
import type { StateMachineDefinition } from "@stepwright/asl";
import type { Chaos, World, WorldRun } from "@stepwright/handlers";
import { ensureWorld, localPorts, modelCatalog, resetHome } from "@stepwright/handlers";
import { batchOf, BatchInputError, chosenModels, readBatch } from "./batch-input.ts";
import type { Batch } from "./batch-input.ts";
import { generateDefinition } from "./generate-definition.ts";
import { longestRun, parseOptions, usage, UsageError } from "./options.ts";
import type { StartOptions } from "./options.ts";
import { monthsNeeded, planRuns } from "./planned-runs.ts";
import type { PlannedRun, RunRequest } from "./planned-runs.ts";
import { lineDisplay } from "./progress/line-display.ts";
import { trackProgress } from "./progress/progress-tracker.ts";
import { printSeconds } from "./progress/seconds.ts";
import { terminalDisplay } from "./progress/terminal-display.ts";
import { printResults } from "./results-table.ts";
import { countReportedMonths } from "./reported-months.ts";
import { retrain } from "./retrain.ts";
import type { Retrained } from "./retrain.ts";
import { serveChampions } from "./serve-champions.ts";

/** What the process ends with; 130 is the shell's word for Ctrl-C. */
const exitCodes = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

const appFolder = path.dirname(import.meta.dirname);
const home = path.resolve(process.env["STEPWRIGHT_HOME"] ?? path.join(appFolder, "../../.stepwright"));

/** @returns the exit code */
export async function startCommand(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  try {
    const [first, ...rest] = args;
    return first === "deploy" ? await walk(rest, stop.signal) : await start(parseOptions(args), stop.signal);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const refused = error instanceof UsageError || error instanceof BatchInputError;
    complain(refused ? error.message : `${error.name}: ${error.message}`);
    return refused ? exitCodes.refused : exitCodes.failed;
  }
}

/** `npm start -- deploy`; loaded only here, with the AWS SDK. */
async function walk(args: readonly string[], signal: AbortSignal): Promise<number> {
  const { walkCommand } = await import("./deploy-walk/walk-command.ts");
  const end = await walkCommand(args, { appFolder, signal, say });
  return exitCodes[end];
}

async function start(options: StartOptions, signal: AbortSignal): Promise<number> {
  if (options.help) {
    say(usage);
    return exitCodes.done;
  }
  if (options.reset) {
    await resetHome(home);
    say(`Cleared ${home}`);
    return exitCodes.done;
  }
  return retrainMonths(options, signal);
}

/** A run and the execution's input for it. */
interface Month extends PlannedRun {
  readonly batch: Batch;
}

async function retrainMonths(options: StartOptions, signal: AbortSignal): Promise<number> {
  const plan = await planner(options);
  const { definition, file, written } = await generateDefinition(appFolder);
  say(`Definition: ${path.relative(process.cwd(), file)}${written ? " (generated)" : " (up to date)"}`);
  const world = await simulate(plan.monthsNeeded);
  let exitCode: number = exitCodes.done;
  for (const month of plan.monthsOf(world.runs)) {
    const data = month.chaos.length === 0 ? world : await simulate(plan.monthsNeeded, month.chaos);
    exitCode = await retrainMonth(definition, month, data.folder, signal);
    if (exitCode !== exitCodes.done) break;
  }
  if (exitCode === exitCodes.interrupted) return exitCode;
  if (options.serve) await serveChampions({ home, world: world.folder, signal, say });
  else if (exitCode === exitCodes.done) say(`\n${hint(options)}`);
  return exitCode;
}

interface Plan {
  readonly monthsNeeded: number;
  monthsOf(runs: readonly WorldRun[]): readonly Month[];
}

/** Whatever is wrong with the request shows here, before any work. */
async function planner(options: StartOptions): Promise<Plan> {
  const known = modelCatalog().modelIds;
  if (options.inputFile !== undefined) {
    const { batch, run } = await readBatch(options.inputFile, known);
    return { monthsNeeded: longestRun, monthsOf: () => [{ ...run, chaos: [], batch }] };
  }
  const modelIds = chosenModels(options.models, known);
  const request: RunRequest = { ...options, monthsBefore: await countReportedMonths(home) };
  return {
    monthsNeeded: monthsNeeded(request),
    monthsOf: (runs) => planRuns(runs, request).map((run) => ({ ...run, batch: batchOf(run, modelIds) })),
  };
}

async function simulate(runs: number, chaos: readonly Chaos[] = []): Promise<World> {
  const startedAtMs = performance.now();
  const what = chaos.length === 0 ? "a payment world" : "damage to it";
  const world = await ensureWorld({ home, runs, chaos });
  if (world.created) {
    const seconds = printSeconds(performance.now() - startedAtMs);
    say(`Simulated ${what}: ${world.transactions.toLocaleString("en")} transactions in ${seconds}`);
  }
  return world;
}

async function retrainMonth(
  definition: StateMachineDefinition,
  month: Month,
  world: string,
  signal: AbortSignal,
): Promise<number> {
  const modelIds = month.batch.models.map((item) => item.modelId);
  const damage = month.chaos.length === 0 ? "" : styleText("yellow", "  with damaged data");
  say(
    `\n${styleText("bold", `Run ${month.runId}`)}  ${modelIds.length} ${modelIds.length === 1 ? "model" : "models"}, data known before ${month.asOf.slice(0, 10)}${damage}\n`,
  );
  const progress = trackProgress(modelIds, openDisplay());
  const ports = localPorts({
    home,
    world,
    onTrainingProgress: ({ modelId, round, rounds }) =>
      progress.note({ kind: "noted", modelId, stateName: "BatchLaunchTrainingJob", note: `${round}/${rounds}` }),
  });
  try {
    const retrained = await retrain({ definition, batch: month.batch, run: month, ports, progress, signal });
    return tell(retrained);
  } finally {
    await ports.close();
  }
}

function openDisplay() {
  return process.stdout.isTTY ? terminalDisplay(process.stdout, Date.now) : lineDisplay((line) => say(`  ${line}`));
}

/** Says how the execution ended. @returns the exit code that goes with it */
function tell({ execution, report }: Retrained): number {
  if (execution.status === "ABORTED") {
    complain("Stopped. What was finished is kept; the same command goes on from there.");
    return exitCodes.interrupted;
  }
  if (execution.status !== "SUCCEEDED" || report === undefined) {
    complain(
      `The execution ended ${execution.status}${"error" in execution ? `: ${execution.error}\n${execution.cause}` : ""}`,
    );
    return exitCodes.failed;
  }
  const { models, repeated, uri } = report;
  say(
    `\n${printResults(models)}\n\nReport: ${uri}${repeated ? " (the same results as before: nothing was done again)" : ""}`,
  );
  return models.some(({ result }) => result.status === "FAILED") ? exitCodes.failed : exitCodes.done;
}

function hint(options: StartOptions): string {
  if (options.chaos) return "Next: npm start -- --serve      the champions answer over HTTP";
  if (options.months > 1)
    return "Next: npm start -- --chaos      what happens when labels are poisoned and data is stale";
  return "Next: npm start -- --months 3   champion against challenger, month after month";
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${styleText("red", text, { stream: process.stderr })}\n`);
}
