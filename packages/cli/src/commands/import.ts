import { dirname, join, resolve } from "node:path";
import { writeFile } from "node:fs/promises";
import { isValidName, nameWanted, validateDefinition } from "@stepwright/asl";
import { findDefinitions, importDefinition } from "@stepwright/codegen";
import type { FoundDefinition } from "@stepwright/codegen";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { readTextFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface ImportFlags {
  readonly machine?: string;
  readonly name?: string;
  readonly out?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("<file>", "a definition, or a SAM, CloudFormation or serverless.yml template; JSON or YAML")
    .option("--machine <id>", "which state machine of a template, by its logical id")
    .option("--name <name>", "the machine's name; its file's or logical id when absent")
    .option("--out <file>", "write there and not to standard output; a file that exists is left alone")
    .addHelpText("after", "\nExample:\n  stepwright import template.yaml --machine Orders --out src/orders.machine.ts")
    .action(async (file: string, flags: ImportFlags) => finish(await runImport(file, flags, terminal)));
};

async function runImport(file: string, flags: ImportFlags, terminal: Terminal): Promise<ExitCode> {
  const path = file.replaceAll("\\", "/");
  const found = findDefinitions(await readTextFile(file, terminal.cwd, "the definition"), {
    file: path,
    readReferenced: (referenced) => readTextFile(join(dirname(file), referenced), terminal.cwd, "the definition"),
  });
  const { name, read } = choose(found, flags.machine, path);
  const machineName = flags.name ?? name;
  if (!isValidName(machineName)) {
    throw new UsageError(`Found the name ${JSON.stringify(machineName)}; wanted --name with ${nameWanted}`);
  }
  const definition = await read();
  const diagnostics = validateDefinition(definition).map((diagnostic) => ({ ...diagnostic, file: path }));
  // Before anything is written: what cannot be imported is wrong for a reason that they tell.
  terminal.err(diagnosticFormats.text(diagnostics, terminal));
  const source = importDefinition(definition, { name: machineName, source: path.split("/").at(-1) ?? path });
  if (flags.out === undefined) terminal.out(source);
  else await writeNew(flags.out, source, terminal);
  return hasErrors(diagnostics) ? exitCodes.failed : exitCodes.done;
}

function choose(found: readonly FoundDefinition[], wanted: string | undefined, file: string): FoundDefinition {
  const [only] = wanted === undefined ? found : found.filter(({ name }) => name === wanted);
  if (only !== undefined && (wanted !== undefined || found.length === 1)) return only;
  const names = found.map(({ name }) => name).join(", ");
  const what = wanted === undefined ? `${found.length} state machines` : `no state machine ${wanted}`;
  throw new UsageError(`Found ${what} in ${file}; wanted --machine with one of ${names}`);
}

async function writeNew(out: string, source: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(resolve(terminal.cwd, out), source, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`Cannot write ${out}: ${code === "EEXIST" ? "it exists already" : message}`);
  }
  terminal.err(`Wrote ${out}\n`);
}
