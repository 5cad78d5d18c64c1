import type { DefineCommand } from "../command.ts";
import { addDeploymentFlags } from "../deployment/deployment-flags.ts";
import type { DeploymentFlags } from "../deployment/deployment-flags.ts";
import { isRefused, makePlan } from "../deployment/make-plan.ts";
import { withDeployment } from "../deployment/open-deployment.ts";
import { planDocument, planText } from "../deployment/plan-report.ts";
import { exitCodes } from "../exit-codes.ts";

interface PlanFlags extends DeploymentFlags {
  readonly since?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  addDeploymentFlags(command)
    .option("--since <file>", "the generated definition of what is deployed: compare the tasks' contracts with its own")
    .addHelpText(
      "after",
      "\nThe exit code is 1 when there is something to do.\n\nExample:\n  stepwright plan OrderFlow",
    )
    .action(async (machine: string | undefined, flags: PlanFlags) => {
      const report = await withDeployment(
        machine,
        flags,
        terminal,
        (opened) => makePlan(opened, terminal, flags.since),
        {
          needsCode: true,
        },
      );
      if (report === undefined) {
        finish(exitCodes.failed);
        return;
      }
      terminal.out(flags.json === true ? planDocument(report) : planText(report, terminal));
      finish(report.plan.actions.length > 0 || isRefused(report) ? exitCodes.failed : exitCodes.done);
    });
};
