import { rollback, versionLabel } from "@stepwright/deploy";
import type { DefineCommand } from "../command.ts";
import { addDeploymentFlags } from "../deployment/deployment-flags.ts";
import type { DeploymentFlags } from "../deployment/deployment-flags.ts";
import { withDeployment } from "../deployment/open-deployment.ts";
import { exitCodes } from "../exit-codes.ts";
import { UsageError } from "../usage-error.ts";

interface RollbackFlags extends DeploymentFlags {
  readonly to?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  addDeploymentFlags(command)
    .option("--to <version>", "a version's number; the one that served before when absent")
    .addHelpText("after", "\nExample:\n  stepwright rollback OrderFlow")
    .action(async (machine: string | undefined, flags: RollbackFlags) => {
      const version = versionOf(flags.to);
      const done = await withDeployment(machine, flags, terminal, async ({ clients, target }) =>
        rollback(await target(), clients, version),
      );
      const { aliasArn, fromVersionArn, toVersionArn } = done;
      const sentence = `${aliasArn} leads to ${versionLabel(toVersionArn)} again; it led to ${versionLabel(fromVersionArn)}\n`;
      terminal.out(flags.json === true ? `${JSON.stringify(done, undefined, 2)}\n` : sentence);
      finish(exitCodes.done);
    });
};

function versionOf(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d*$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--to is ${JSON.stringify(text)}; wanted a version's number`);
}
