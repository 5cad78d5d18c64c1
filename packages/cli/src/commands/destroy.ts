import { destroy } from "@stepwright/deploy";
import type { DefineCommand } from "../command.ts";
import { addDeploymentFlags } from "../deployment/deployment-flags.ts";
import type { DeploymentFlags } from "../deployment/deployment-flags.ts";
import { withDeployment } from "../deployment/open-deployment.ts";
import type { OpenedDeployment } from "../deployment/open-deployment.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

interface DestroyFlags extends DeploymentFlags {
  readonly yes?: true;
}

export const define: DefineCommand = (command, terminal, finish) => {
  addDeploymentFlags(command)
    .option("--yes", "do not ask")
    .addHelpText("after", "\nExample:\n  stepwright destroy OrderFlow")
    .action(async (machine: string | undefined, flags: DestroyFlags) =>
      finish(await withDeployment(machine, flags, terminal, (opened) => runDestroy(opened, flags, terminal))),
    );
};

async function runDestroy(
  opened: OpenedDeployment,
  { json, yes }: DestroyFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const { clients, name } = opened;
  const target = await opened.target();
  if (yes !== true) {
    terminal.err(
      `This deletes ${target.arn} with all its versions, aliases and its schedule.\nType ${name} to go on: `,
    );
    if ((await terminal.readLine()).trim() !== name) {
      terminal.err("Nothing was deleted.\n");
      return exitCodes.failed;
    }
  }
  await destroy(target, clients);
  terminal.out(json === true ? `${JSON.stringify({ arn: target.arn })}\n` : `${target.arn} is being deleted\n`);
  return exitCodes.done;
}
