import type { JsonObject } from "@stepwright/asl";
import { diffDefinitions } from "@stepwright/codegen";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { printDifferences } from "../difference-lines.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { openMachine } from "../open-machine.ts";
import type { Terminal } from "../terminal.ts";

interface DiffFlags {
  readonly json?: true;
}

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("<before>", "a machine's name, or an ASL file")
    .argument("<after>", "a machine's name, or an ASL file")
    .option("--json", "print the differences as JSON")
    .addHelpText("after", "\nExample:\n  stepwright diff deployed.asl.json BatchRetrainModels")
    .action(async (before: string, after: string, flags: DiffFlags) =>
      finish(await runDiff(before, after, flags, terminal)),
    );
};

async function runDiff(before: string, after: string, { json }: DiffFlags, terminal: Terminal): Promise<ExitCode> {
  const [old, now] = [await openMachine(before, terminal.cwd), await openMachine(after, terminal.cwd)];
  const differences = diffDefinitions(asJson(old.definition), asJson(now.definition), {
    contracts: { before: old.contracts, after: now.contracts },
  });
  terminal.out(json ? `${JSON.stringify({ differences }, undefined, 2)}\n` : printDifferences(differences, terminal));
  // What cannot be read has no difference either: the diagnostics say so.
  const diagnostics = [...old.diagnostics, ...now.diagnostics];
  if (hasErrors(diagnostics)) terminal.err(diagnosticFormats.text(diagnostics, terminal));
  return differences.length > 0 || hasErrors(diagnostics) ? exitCodes.failed : exitCodes.done;
}

function asJson(definition: object): JsonObject {
  return definition as JsonObject;
}
