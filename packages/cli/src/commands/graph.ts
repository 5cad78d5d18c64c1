import { printMermaid } from "@stepwright/codegen";
import { Option } from "commander";
import type { DefineCommand } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { openMachine } from "../open-machine.ts";

interface GraphFlags {
  readonly format: keyof typeof printers;
}

const printers = { mermaid: printMermaid };

export const define: DefineCommand = (command, terminal, finish) => {
  command
    .argument("<machine-or-file>", "a machine's name, or an ASL file")
    .addOption(new Option("--format <format>", "how to draw").choices(Object.keys(printers)).default("mermaid"))
    .addHelpText("after", "\nExample:\n  stepwright graph BatchRetrainModels > machine.mmd")
    .action(async (machineOrFile: string, { format }: GraphFlags) => {
      const { definition } = await openMachine(machineOrFile, terminal.cwd);
      terminal.out(printers[format](definition));
      finish(exitCodes.done);
    });
};
