import { applyPlan, DeployError, versionLabel } from "@stepwright/deploy";
import type { Deployed, DeployEvent, DeployPlan } from "@stepwright/deploy";
import type { DefineCommand } from "../command.ts";
import { addDeploymentFlags } from "../deployment/deployment-flags.ts";
import type { DeploymentFlags } from "../deployment/deployment-flags.ts";
import { isRefused, makePlan } from "../deployment/make-plan.ts";
import { withDeployment } from "../deployment/open-deployment.ts";
import type { OpenedDeployment } from "../deployment/open-deployment.ts";
import { describeAction, planText } from "../deployment/plan-report.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface DeployFlags extends DeploymentFlags {
  readonly description?: string;
  readonly interval?: string;
  readonly bake?: string;
}

export const define: DefineCommand = (command, terminal, finish) => {
  addDeploymentFlags(command)
    .option("--description <text>", "of the version, at most 256 characters: a commit, a build number")
    .option("--interval <seconds>", "between the steps of the shift, instead of the configured one")
    .option("--bake <seconds>", "to watch the version after the last step, instead of the configured time")
    .addHelpText(
      "after",
      `
It does not ask: look at \`stepwright plan\` first. Interrupted, or broken off, it goes on from where it stood when it is
called again.

Example:
  stepwright deploy OrderFlow --description "$(git rev-parse --short HEAD)"`,
    )
    .action(async (machine: string | undefined, flags: DeployFlags) => {
      const options = {
        needsCode: true,
        versionDescription: checkedDescription(flags.description),
        intervalSeconds: secondsOf("--interval", flags.interval),
        bakeSeconds: secondsOf("--bake", flags.bake),
      };
      finish(await withDeployment(machine, flags, terminal, (opened) => runDeploy(opened, flags, terminal), options));
    });
};

async function runDeploy(opened: OpenedDeployment, { json }: DeployFlags, terminal: Terminal): Promise<ExitCode> {
  const report = await makePlan(opened, terminal);
  if (report === undefined) return exitCodes.failed;
  terminal.err(planText(report, terminal));
  if (isRefused(report)) return exitCodes.failed;
  const deployed = await orStopped(
    applyPlan(report.plan, opened.clients, {
      signal: terminal.signal,
      onEvent: (event) => terminal.err(`  ${describeEvent(event, report.plan)}\n`),
    }),
    terminal,
  );
  if (deployed === undefined) return exitCodes.aborted;
  const { arn, failure, versionArn } = deployed;
  if (json === true) {
    terminal.out(`${JSON.stringify(deployed, undefined, 2)}\n`);
  } else if (failure !== undefined) {
    terminal.err(`${terminal.style("red", "not deployed")}: ${failure}\n`);
  } else {
    terminal.out(versionArn === undefined ? `${arn} is up to date\n` : `${versionArn} is live\n`);
  }
  return failure === undefined ? exitCodes.done : exitCodes.failed;
}

/** `undefined` when Ctrl-C ended it, which is told then: how far it came, and how to go on. */
async function orStopped(deploying: Promise<Deployed>, terminal: Terminal): Promise<Deployed | undefined> {
  try {
    return await deploying;
  } catch (error) {
    if (!(error instanceof DeployError) || error.code !== "INTERRUPTED") throw error;
    terminal.err(`${terminal.style("yellow", "stopped")}: ${error.message}\n`);
    return undefined;
  }
}

function describeEvent(event: DeployEvent, plan: DeployPlan): string {
  return (eventWords[event.kind] as (event: DeployEvent, plan: DeployPlan) => string)(event, plan);
}

const eventWords: {
  readonly [Kind in DeployEvent["kind"]]: (event: Extract<DeployEvent, { kind: Kind }>, plan: DeployPlan) => string;
} = {
  applied: ({ action }, plan) => `done: ${describeAction(action, plan)}`,
  shifted: ({ versionArn, weight }) => `${versionLabel(versionArn)} gets ${weight} % of the new executions`,
  watched: ({ counts }) =>
    `watching: ${counts.running} running, ${counts.succeeded} succeeded, ${counts.failed} failed`,
  rolledBack: ({ versionArn, reason }) => `rolled back to ${versionLabel(versionArn)}: ${reason}`,
};

/** AWS would refuse a longer one after the update, and leave a revision without a version. */
function checkedDescription(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= 256) return text;
  throw new UsageError(`--description has ${text.length} characters; wanted at most 256`);
}

function secondsOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0 && text.trim() !== "") return seconds;
  throw new UsageError(`${flag} is ${JSON.stringify(text)}; wanted seconds, 0 or more`);
}
