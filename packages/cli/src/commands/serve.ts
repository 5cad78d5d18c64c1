import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import type { WriteStream } from "node:fs";
import type { AddressInfo } from "node:net";
import { dirname, relative, resolve } from "node:path";
import { handlerInvoker, objectFolder } from "@stepwright/local-runner";
import {
  StepFunctionsService,
  createHttpDoor,
  logRecordOf,
  sqliteJournal,
  statusEventOf,
} from "@stepwright/local-runner/service";
import type { Journal } from "@stepwright/local-runner/service";
import { configFileFrom } from "../config-file.ts";
import type { DefineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { OpenedProject } from "../service/open-project.ts";
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
  readonly logs?: string;
  readonly events?: string;
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
    .option("--logs <file>", "append what CloudWatch Logs would get, by each machine's logging configuration")
    .option("--events <file>", "append what EventBridge would get when an execution begins or ends")
    .addHelpText(
      "after",
      `
The machines of stepwright.config.ts are there from the start, with their handlers.

Example:
  stepwright serve --port 8083
  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:8083`,
    )
    .action(async (flags: ServeFlags) => {
      await serve(flags, terminal);
      finish(exitCodes.done);
    });
};

async function serve(flags: ServeFlags, terminal: Terminal): Promise<void> {
  const port = portOf(flags.port);
  const configFile = configFileFrom(terminal.cwd);
  // Reading the project takes longer than all the rest of the start.
  const project =
    configFile === undefined ? undefined : await (await import("../service/open-project.ts")).openProject(configFile);
  const journal = flags.memory === true ? undefined : openJournal(flags, terminal);
  const logs = openLines(flags.logs, terminal);
  const events = openLines(flags.events, terminal);
  const service = new StepFunctionsService({
    tasks: handlerInvoker(project?.handlers ?? {}),
    ...(journal === undefined ? undefined : { journal }),
    ...(flags.objects === undefined ? undefined : { objects: objectFolder(resolve(terminal.cwd, flags.objects)) }),
    onEvent: (record, event) => logs?.(logRecordOf(record, event)),
    onStatus: (record) => events?.(statusEventOf(record)),
  });
  if (project !== undefined) await createMachines(service, project);
  const server = createHttpDoor(service, {
    allowedHosts: flags.allowHost ?? [],
    onBug: (reason) => terminal.err(`This is a bug in Stepwright: ${String((reason as Error).stack ?? reason)}\n`),
  });
  server.listen(port, flags.host);
  try {
    await once(server, "listening");
  } catch (error) {
    service.close();
    throw new UsageError(`Cannot listen on ${flags.host}:${flags.port}: ${(error as Error).message}`);
  }
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  const kept =
    journal === undefined ? "nothing is kept" : `state in ${relative(terminal.cwd, resolve(terminal.cwd, flags.data))}`;
  terminal.out(`Step Functions API on http://${host}:${actualPort} (${kept})\n`);
  if (!terminal.signal.aborted) await once(terminal.signal, "abort");
  service.close();
  server.closeAllConnections();
  server.close();
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError(`--port is ${JSON.stringify(text)}; wanted a whole number from 0 to 65535`);
}

function openJournal({ data, powerLoss = false }: ServeFlags, { cwd }: Terminal): Journal {
  const file = resolve(cwd, data);
  try {
    mkdirSync(dirname(file), { recursive: true });
    return sqliteJournal(file, { powerLoss });
  } catch (error) {
    throw new UsageError(`Cannot keep the state in ${data}: ${(error as Error).message}`);
  }
}

type AppendLine = (value: unknown) => void;

/** A file of JSON lines, opened to append; what is `undefined` is left out. */
function openLines(path: string | undefined, terminal: Terminal): AppendLine | undefined {
  if (path === undefined) return undefined;
  const stream: WriteStream = createWriteStream(resolve(terminal.cwd, path), { flags: "a" });
  stream.on("error", (error) => terminal.err(`Cannot write ${path}: ${error.message}\n`));
  return (value) => {
    if (value !== undefined) stream.write(`${JSON.stringify(value)}\n`);
  };
}

/** The project's machines as they are now; what is there already is brought up to date. */
async function createMachines(service: StepFunctionsService, { machines }: OpenedProject): Promise<void> {
  const roleArn = "arn:aws:iam::123456789012:role/local";
  for (const { definition, name } of machines) {
    const text = JSON.stringify(definition);
    try {
      await service.call("CreateStateMachine", { name, definition: text, roleArn });
    } catch (reason) {
      if ((reason as Error).name !== "StateMachineAlreadyExists") {
        throw new UsageError(`The machine ${name} is refused: ${(reason as Error).message}`);
      }
      const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
      await service.call("UpdateStateMachine", { stateMachineArn, definition: text });
    }
  }
}
