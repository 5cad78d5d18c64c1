import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { printGraph } from "@stepwright/codegen";
import type { GraphFormat } from "@stepwright/codegen";
import { Option } from "commander";
import type { DefineCommand } from "../command.ts";
import { diagnosticFormats } from "../diagnostics/formats.ts";
import { hasErrors } from "../diagnostics/reported-diagnostic.ts";
import { exitCodes } from "../exit-codes.ts";
import { openMachine } from "../open-machine.ts";
import { UsageError } from "../usage-error.ts";

interface GraphFlags {
  readonly format: GraphFormat;
  readonly out?: string;
}

const formats = ["mermaid", "dot", "svg"] as const satisfies readonly GraphFormat[];

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("<machine-or-file>", "a machine's name, or an ASL file")
    .addOption(new Option("--format <format>", "how to draw").choices(formats).default("mermaid"))
    .option("--out <file>", "write the picture there and not to standard output")
    .addHelpText("after", "\nExample:\n  stepwright graph BatchRetrainModels --format svg --out machine.svg")
    .action(async (machineOrFile: string, { format, out }: GraphFlags) => {
      const { definition, diagnostics, name } = await openMachine(machineOrFile, terminal.cwd);
      const picture = await printGraph(definition, format, name);
      if (out === undefined) {
        terminal.out(picture);
      } else {
        await writeFile(resolve(terminal.cwd, out), picture).catch((cause: unknown) => {
          throw new UsageError(`Cannot write ${out}: ${(cause as Error).message}`);
        });
      }
      // A definition with errors is drawn as far as it goes.
      if (hasErrors(diagnostics)) terminal.err(diagnosticFormats.text(diagnostics, terminal));
      finish(hasErrors(diagnostics) ? exitCodes.failed : exitCodes.done);
    });
};
