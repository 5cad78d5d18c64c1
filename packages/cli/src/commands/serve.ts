import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { handlerInvoker, objectFolder } from "@stepwright/local-runner";
import type { TaskInvoker } from "@stepwright/local-runner";
import {
  StepFunctionsService,
  createHttpDoor,
  logRecordOf,
  sqliteJournal,
  statusEventOf,
} from "@stepwright/local-runner/service";
import type { Journal, JournalError } from "@stepwright/local-runner/service";
import { configFileFrom } from "../config-file.ts";
import type { DefineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { printBanner } from "../service/banner.ts";
import { openOutput } from "../service/event-outputs.ts";
import { hangUp, listen } from "../service/listen.ts";
import type { ServedProject } from "../service/open-project.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface ServeFlags {
  readonly port: string;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly data: string;
  readonly memory?: true;
  readonly powerLoss?: boolean;
  readonly objects?: string;
  readonly mocks?: string;
  readonly logs?: string;
  readonly events?: readonly string[];
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .option("--port <number>", "0 takes any free one", "8083")
    .option("--host <address>", "where to listen; others than this machine can call another address", "127.0.0.1")
    .option("--allow-host <name...>", "further names by which callers may call the service")
    .option("--data <file>", "the journal: machines and executions survive in it", ".stepwright/service.db")
    .option("--memory", "keep nothing: no journal")
    .option("--power-loss", "wait for the disk at each step, so that even a loss of power loses nothing")
    .option("--objects <folder>", "stands for S3 in Distributed Maps: one folder a bucket")
    .option("--mocks <file>", "replies by test case, for executions of …:stateMachine:Name#TestCase")
    .option("--logs <file-or-url>", "what CloudWatch Logs would get, by each machine's logging configuration")
    .option("--events <file-or-url...>", "what EventBridge would get when an execution begins or ends")
    .addHelpText(
      "after",
      `
The machines of stepwright.config.ts are there from the start, with their handlers.
--mocks takes the MockConfigFile.json of Step Functions Local, too; SFN_MOCK_CONFIG names it as there.

Example:
  stepwright serve --port 8083
  aws stepfunctions list-state-machines --region us-east-1 --endpoint-url http://127.0.0.1:8083`,
    )
    .action(async (flags: ServeFlags) => finish(await serve(flags, terminal)));
};

async function serve(flags: ServeFlags, terminal: Terminal): Promise<ExitCode> {
  const closers: Closer[] = [];
  const broken = new AbortController();
  const onBroken = (reason: JournalError): void => {
    terminal.err(`${terminal.style("red", "error")}: ${reason.message} What was answered is kept.\n`);
    broken.abort();
  };
  const end = AbortSignal.any([terminal.signal, broken.signal]);
  try {
    const service = await openService(flags, terminal, closers, onBroken);
    if (!end.aborted) await once(end, "abort");
    terminal.err(farewell(service.statistics.runningExecutions, flags.memory !== true));
    return broken.signal.aborted ? exitCodes.failed : exitCodes.done;
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

/** Undoes what was opened; the last opened is closed first. */
type Closer = () => void | Promise<void>;

/** @returns the service when it listens */
async function openService(
  flags: ServeFlags,
  terminal: Terminal,
  closers: Closer[],
  onBroken: (reason: JournalError) => void,
): Promise<StepFunctionsService> {
  const port = portOf(flags.port);
  const configFile = configFileFrom(terminal.cwd);
  const served = configFile === undefined ? undefined : await openServed(configFile, terminal);
  if (served !== undefined) closers.push(served.close);
  const mockFile = flags.mocks ?? terminal.env["SFN_MOCK_CONFIG"];
  const testCases = mockFile === undefined ? undefined : await openTestCases(resolve(terminal.cwd, mockFile));
  const logs = flags.logs === undefined ? undefined : openOutput(flags.logs, terminal);
  const events = (flags.events ?? []).map((place) => openOutput(place, terminal));
  for (const output of [...events, ...(logs === undefined ? [] : [logs])]) closers.push(output.close);
  const journal = flags.memory === true ? undefined : openJournal(flags, terminal, onBroken);
  const service = new StepFunctionsService({
    tasks: served?.tasks ?? handlerInvoker({}),
    ...(journal === undefined ? undefined : { journal }),
    ...(testCases === undefined ? undefined : { testCases: testCases.tasksOf }),
    ...(flags.objects === undefined ? undefined : { objects: objectFolder(resolve(terminal.cwd, flags.objects)) }),
    onEvent: (record, event) => logs?.send(logRecordOf(record, event)),
    onNotRestored: (problem) => terminal.err(`${problem}\n`),
    onStatus(record) {
      const event = statusEventOf(record);
      for (const { send } of events) send(event);
    },
  });
  closers.push(() => service.close());
  await served?.register(service);
  const server = createHttpDoor(service, {
    allowedHosts: flags.allowHost ?? [],
    onBug: (reason) => terminal.err(`This is a bug in Stepwright: ${String((reason as Error).stack ?? reason)}\n`),
  });
  const url = await listen(server, flags.host, port);
  closers.push(() => hangUp(server));
  printBanner(
    {
      url,
      journal: journal === undefined ? undefined : resolve(terminal.cwd, flags.data),
      project: served?.project,
      testCases: testCases?.names ?? [],
    },
    terminal,
  );
  return service;
}

interface Served {
  readonly project: ServedProject;
  readonly tasks: TaskInvoker;
  readonly register: (service: StepFunctionsService) => Promise<void>;
  readonly close: Closer;
}

/** Loaded on demand: what reads a project takes longer than all the rest of the start. */
async function openServed(configFile: string, terminal: Terminal): Promise<Served> {
  const { openProject } = await import("../service/open-project.ts");
  const { registerMachines } = await import("../service/register-machines.ts");
  const { servedTasks } = await import("../service/served-tasks.ts");
  const project = await openProject(configFile, terminal);
  const { close, tasks } = servedTasks(project, terminal);
  return { project, tasks, close, register: (service) => registerMachines(service, project.machines) };
}

async function openTestCases(file: string) {
  const { testCasesFrom } = await import("../service/test-cases.ts");
  return testCasesFrom(file);
}

function farewell(running: number, isKept: boolean): string {
  if (running === 0) return "Stopped.\n";
  const executions = running === 1 ? "1 execution is" : `${running} executions are`;
  return isKept
    ? `Stopped. ${executions} under way; the next start with this journal goes on with them.\n`
    : `Stopped. ${executions} lost with this process, because nothing is kept.\n`;
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port is ${JSON.stringify(text)}; wanted a whole number from 0 to 65535`);
}

function openJournal(
  { data, powerLoss = false }: ServeFlags,
  { cwd }: Terminal,
  onBroken: (reason: JournalError) => void,
): Journal {
  const file = resolve(cwd, data);
  try {
    mkdirSync(dirname(file), { recursive: true });
    return sqliteJournal(file, { powerLoss, onBroken });
  } catch (error) {
    throw new UsageError(`Cannot keep the state in ${data}: ${(error as Error).message}`);
  }
}
