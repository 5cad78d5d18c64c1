import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { JsonValue } from "@stepwright/asl";
import { MissingTaskError, objectFolder, runDefinition } from "@stepwright/local-runner";
import type { ExecutionResult, ExecutionStatus } from "@stepwright/local-runner";
import { Option } from "commander";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { openMachine } from "../open-machine.ts";
import type { OpenedMachine } from "../open-machine.ts";
import { readJsonArgument } from "../read-json.ts";
import { eventLine, progressLine } from "../run-progress.ts";
import { runTasks } from "../run-tasks.ts";
import { scheduledStart } from "../scheduled-start.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface RunFlags {
  readonly input?: string;
  readonly at?: string;
  readonly mocks?: string;
  readonly time?: "real" | "virtual";
  readonly events?: true;
  readonly history?: string;
  readonly objects?: string;
  readonly json?: true;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument(
      "<machine-or-file>",
      "a machine's name, or an ASL file; with #TestCase, a case of --mocks answers its tasks",
    )
    .option(
      "--input <file-or-json>",
      "the execution's input; - reads standard input; when absent, run.input of the configuration, else {}",
    )
    .option("--at <time>", "run what the machine's schedule would start then: a date, or 2026-11-01T03:00:00Z")
    .option(
      "--mocks <file>",
      "replies by state name, or the test cases of a mock file; other states keep their handlers",
    )
    .addOption(
      new Option(
        "--time <time>",
        "virtual skips waits and retry intervals; when absent, run.time of the configuration, else real",
      ).choices(["real", "virtual"]),
    )
    .option("--events", "show every history event")
    .option("--objects <folder>", "the folder that stands for S3, for Distributed Maps: its folders are the buckets")
    .option("--history <file>", "write the history as AWS's GetExecutionHistory gives it")
    .option("--json", "print status, output and statistics as JSON, and no progress")
    .addHelpText(
      "after",
      `\nExample:\n  stepwright run BatchRetrainModels --input '{"models": []}' --time virtual
  stepwright run BatchRetrainModels --at 2026-11-01
  stepwright run 'BatchRetrainModels#HappyPath' --mocks MockConfigFile.json`,
    )
    .action(async (argument: string, flags: RunFlags) => {
      const [, machineOrFile = argument, testCase] = /^(.+)#([^#]+)$/.exec(argument) ?? [];
      const machine = await openMachine(machineOrFile, terminal.cwd);
      finish(await runMachine(machine, testCase, flags, terminal));
    });
};

const exitCodeOf: Readonly<Record<ExecutionStatus, ExitCode>> = {
  SUCCEEDED: exitCodes.done,
  FAILED: exitCodes.failed,
  TIMED_OUT: exitCodes.timedOut,
  ABORTED: exitCodes.aborted,
};

async function runMachine(
  machine: OpenedMachine,
  testCase: string | undefined,
  flags: RunFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (hasErrors(machine.diagnostics)) {
    terminal.err(diagnosticFormats.text(machine.diagnostics, terminal));
    terminal.err("Nothing was run, because the definition has errors.\n");
    return exitCodes.failed;
  }
  const time = flags.time ?? machine.run.time ?? "real";
  const start = await startOf(machine, flags, terminal);
  const execution = await runDefinition(machine.definition, {
    ...start,
    tasks: await runTasks(machine, { mocks: flags.mocks, testCase }, terminal),
    time,
    stateMachineName: machine.name,
    signal: terminal.signal,
    ...(flags.objects === undefined ? {} : { objects: objectFolder(resolve(terminal.cwd, flags.objects)) }),
    ...(flags.json === true ? {} : { onEvent: progressOf(flags, terminal) }),
  }).catch(refuseMissingTask);
  if (flags.history !== undefined) {
    await writeHistory(execution, resolve(terminal.cwd, flags.history));
  }
  tell(execution, machine, flags, terminal);
  return exitCodeOf[execution.status];
}

/** In the words of the command. */
function refuseMissingTask(error: unknown): never {
  if (!(error instanceof MissingTaskError)) throw error;
  const { resource, stateName } = error;
  const mocks = JSON.stringify({ [stateName]: { output: {} } });
  throw new UsageError(
    `State "${stateName}" needs an answer for ${resource}, and there is none; ` +
      `wanted a handler that \`stepwright generate\` began, serve.tasks or serve.services in the configuration, or --mocks '${mocks}'`,
  );
}

/** What the execution starts with. */
async function startOf(machine: OpenedMachine, flags: RunFlags, terminal: Terminal) {
  if (flags.at === undefined) return { input: await inputOf(machine, flags, terminal) };
  if (flags.input !== undefined) {
    throw new UsageError("Found --at and --input; wanted one of them, because --at says the input");
  }
  const { atEpochMs, ...start } = await scheduledStart(machine, flags.at);
  return { ...start, startTimeEpochMs: atEpochMs };
}

async function inputOf(machine: OpenedMachine, flags: RunFlags, terminal: Terminal): Promise<JsonValue> {
  const argument =
    flags.input ?? (machine.run.input === undefined ? undefined : join(machine.rootDir, machine.run.input));
  return argument === undefined ? {} : readJsonArgument(argument, terminal, "the input");
}

function progressOf(flags: RunFlags, terminal: Terminal) {
  let startedAtEpochMs: number | undefined;
  return (event: Parameters<typeof eventLine>[0]) => {
    startedAtEpochMs ??= event.timestampEpochMs;
    const line =
      flags.events === true
        ? eventLine(event, startedAtEpochMs, terminal)
        : progressLine(event, startedAtEpochMs, terminal);
    if (line !== undefined) {
      terminal.err(line);
    }
  };
}

/** Each state that failed, innermost first, with the line that wrote it. */
function failedStates({ history }: ExecutionResult, { sources }: OpenedMachine, terminal: Terminal): string {
  const names = new Set(
    history.events
      .filter(({ type }) => /(?:Failed|TimedOut)$/.test(type))
      // A state that fails before it does anything has no event of its own for that: it entered, and the execution failed.
      .flatMap(({ stateName, previousEventId }) => stateName ?? history.events[previousEventId - 1]?.stateName ?? []),
  );
  return [...names]
    .flatMap((name) => {
      const place = Object.entries(sources).find(([location]) => location.endsWith(`/States/${name}`));
      return place === undefined ? [] : `${terminal.style("dim", `  ${name} is written at`)} ${place[1]}\n`;
    })
    .join("");
}

async function writeHistory({ history }: ExecutionResult, file: string): Promise<void> {
  await writeFile(file, `${JSON.stringify({ events: history.toHistoryEvents() }, undefined, 2)}\n`).catch(
    (error: unknown) => {
      throw new UsageError(`Cannot write the history: ${(error as Error).message}`);
    },
  );
}

function tell(execution: ExecutionResult, machine: OpenedMachine, flags: RunFlags, terminal: Terminal): void {
  const { status, statistics } = execution;
  const outcome =
    execution.status === "SUCCEEDED"
      ? { output: execution.output }
      : { error: execution.error, cause: execution.cause };
  if (flags.json === true) {
    terminal.out(`${JSON.stringify({ status, ...outcome, statistics }, undefined, 2)}\n`);
    return;
  }
  if (execution.status === "SUCCEEDED") {
    terminal.out(`${JSON.stringify(execution.output, undefined, 2)}\n`);
  } else {
    const cause = execution.cause === undefined ? "" : `: ${execution.cause}`;
    terminal.err(`${terminal.style("red", status)} ${execution.error ?? "without an error name"}${cause}\n`);
    terminal.err(failedStates(execution, machine, terminal));
  }
  const seconds = ((execution.stoppedAtEpochMs - execution.startedAtEpochMs) / 1000).toFixed(3);
  const { statesEntered, tasksInvoked, retries } = statistics;
  terminal.err(
    terminal.style(
      "dim",
      `${status} in ${seconds} s: ${statesEntered} states entered, ${tasksInvoked} tasks invoked, ${retries} retries\n`,
    ),
  );
}
