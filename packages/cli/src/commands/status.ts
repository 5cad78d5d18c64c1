import { definitionHash, deploymentStatus, versionLabel } from "@stepwright/deploy";
import type { DeploymentStatus } from "@stepwright/deploy";
import type { DefineCommand } from "../command.ts";
import { addDeploymentFlags } from "../deployment/deployment-flags.ts";
import type { DeploymentFlags } from "../deployment/deployment-flags.ts";
import { withDeployment } from "../deployment/open-deployment.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

export const define: DefineCommand = (command, terminal, finish) => {
  addDeploymentFlags(command)
    .addHelpText(
      "after",
      "\nThe exit code is 1 when the account differs from what is generated.\n\nExample:\n  stepwright status OrderFlow",
    )
    .action(async (machine: string | undefined, flags: DeploymentFlags) => {
      const status = await withDeployment(
        machine,
        flags,
        terminal,
        async ({ clients, desired }) => deploymentStatus(await desired(), clients),
        { needsCode: true },
      );
      terminal.out(flags.json === true ? `${JSON.stringify(status, undefined, 2)}\n` : statusText(status, terminal));
      finish(status.observed === undefined || status.drift.length > 0 ? exitCodes.failed : exitCodes.done);
    });
};

function statusText({ arn, drift, executions, observed }: DeploymentStatus, terminal: Terminal): string {
  if (observed === undefined) return `${arn}\n  not deployed\n`;
  const { alias, definition, revisionId = "INITIAL", runningExecutions } = observed;
  const routes = (alias?.routes ?? []).map(({ versionArn, weight }) => `${versionLabel(versionArn)} at ${weight} %`);
  const lines = [
    terminal.style("bold", arn),
    `  live: ${routes.length === 0 ? "no alias" : routes.join(", ")}`,
    `  definition ${definitionHash(definition)}, revision ${revisionId}, ${runningExecutions} running`,
    ...drift.map(({ code, message }) => `  ${terminal.style("yellow", `! ${code}`)} ${message}`),
    ...executions.map(
      ({ name, status, versionArn }) =>
        `  ${status.padEnd(9)} ${name}${versionArn === undefined ? "" : ` (${versionLabel(versionArn)})`}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
