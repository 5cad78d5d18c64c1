import { validateText } from "@stepwright/asl";
import { Option } from "commander";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import type { DiagnosticFormat } from "../diagnostics/formats.ts";
import { counted, countSeverities, hasErrors } from "../diagnostics/reported-diagnostic.ts";
import type { ReportedDiagnostic } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { readTextFile } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

interface ValidateFlags {
  readonly format: DiagnosticFormat;
  readonly json?: true;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("<file...>", "definitions in JSON or YAML; - reads standard input")
    .addOption(new Option("--format <format>", "how to print").choices(Object.keys(diagnosticFormats)).default("text"))
    .option("--json", "the same as --format json")
    .addHelpText("after", "\nExample:\n  stepwright validate --format github definitions/*.asl.json")
    .action(async (files: readonly string[], flags: ValidateFlags) =>
      finish(await runValidate(files, flags.json === true ? "json" : flags.format, terminal)),
    );
};

async function runValidate(files: readonly string[], format: DiagnosticFormat, terminal: Terminal): Promise<ExitCode> {
  const perFile = await Promise.all(files.map((file) => diagnosticsOf(file, terminal)));
  const diagnostics = perFile.flat();
  terminal.out(diagnosticFormats[format](diagnostics, terminal));
  if (format === "text") {
    terminal.out(`${countSeverities(diagnostics)} in ${counted(files.length, "file")}\n`);
  }
  return hasErrors(diagnostics) ? exitCodes.failed : exitCodes.done;
}

async function diagnosticsOf(file: string, terminal: Terminal): Promise<readonly ReportedDiagnostic[]> {
  const isStandardInput = file === "-";
  const text = isStandardInput
    ? await terminal.readStandardInput()
    : await readTextFile(file, terminal.cwd, "the definition");
  const name = isStandardInput ? "<stdin>" : file.replaceAll("\\", "/");
  return validateText(text, { file: name }).map((diagnostic) => ({ ...diagnostic, file: name }));
}
