/** Three versions of the pipeline on their way to the callers: the first, a canary that completes, one that goes back. */
import { styleText } from "node:util";
import type { StateMachineDefinition } from "@stepwright/asl";
import {
  applyPlan,
  deploymentStatus,
  destroy,
  observe,
  planDeployment,
  shiftWeights,
  versionLabel,
} from "@stepwright/deploy";
import type { DeployClients, Deployed, DeployEvent, DesiredStateMachine, Shift } from "@stepwright/deploy";
import { releasesOf } from "./releases.ts";
import type { Release } from "./releases.ts";
import { callsEachTime, clockWithCallers } from "./walk-callers.ts";

const arn = "arn:aws:states:us-east-1:123456789012:stateMachine:RetrainWalk";
const alias = "live";
const aliasArn = `${arn}:${alias}`;

export interface DeployWalk {
  readonly definition: StateMachineDefinition;
  readonly clients: DeployClients;
  readonly intervalSeconds: number;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/**
 * @returns whether it went as told: the second version live, the third one taken back
 * @throws DeployError `INTERRUPTED`
 */
export async function deployWalk({ definition, clients, intervalSeconds, signal, say }: DeployWalk): Promise<boolean> {
  const shift: Shift = {
    kind: "CANARY",
    percentage: 25,
    intervalSeconds,
    bakeSeconds: intervalSeconds / 2,
    pollSeconds: intervalSeconds / 4,
  };
  const ends: Deployed[] = [];
  await destroy({ arn, alias }, clients);
  const releases = releasesOf(definition).map((release) => desiredOf(release, shift));
  for (const release of releases) {
    say(`\n${styleText("bold", release.versionDescription ?? "")}`);
    ends.push(await deployRelease(release, { clients, signal, say }));
  }
  const [first, second, third] = ends;
  const live = await sayStatus(releases.at(-1) as DesiredStateMachine, { clients, say });
  return first?.failure === undefined && live === second?.versionArn && third?.failure !== undefined;
}

function desiredOf({ definition, title }: Release, shift: Shift): DesiredStateMachine {
  return {
    arn,
    definition,
    roleArn: "arn:aws:iam::123456789012:role/local",
    type: "STANDARD",
    alias,
    shift,
    versionDescription: title,
  };
}

async function deployRelease(
  desired: DesiredStateMachine,
  { clients, signal, say }: Pick<DeployWalk, "clients" | "signal" | "say">,
): Promise<Deployed> {
  const plan = planDeployment(desired, await observe(desired, clients));
  const shifts = plan.actions.some(({ kind }) => kind === "shiftAlias");
  if (shifts && desired.shift !== undefined) {
    const weights = shiftWeights(desired.shift, 0).map((weight) => `${weight} %`);
    say(`  plan: update, publish a version, move the callers to it: ${weights.join(", then ")}`);
  } else {
    say("  plan: create the state machine, publish a version, create the alias that callers start");
  }
  const deployed = await applyPlan(plan, clients, {
    clock: clockWithCallers(aliasArn, clients),
    signal,
    onEvent: (event) => sayEvent(event, say),
  });
  if (deployed.failure === undefined) say(`  ${styleText("green", `${nameOf(deployed.versionArn)} is live`)}`);
  return deployed;
}

function sayEvent(event: DeployEvent, say: DeployWalk["say"]): void {
  if (event.kind === "shifted") {
    say(`  ${nameOf(event.versionArn)} now gets ${styleText("cyan", `${event.weight} %`)} of the new executions`);
  }
  if (event.kind === "watched") {
    const { failed, succeeded, running } = event.counts;
    const failures = styleText(failed > 0 ? "red" : "dim", `${failed} failed`);
    say(
      `    ${callsEachTime} more calls; of ${nameOf(event.versionArn)} ${succeeded} succeeded, ${failures}${running > 0 ? `, ${running} running` : ""}`,
    );
  }
  if (event.kind === "rolledBack") {
    say(`  ${styleText("red", event.reason)}`);
    say(`  ${styleText("yellow", `the callers go back to ${nameOf(event.versionArn)}`)}`);
  }
}

/** @returns the version that every caller gets */
async function sayStatus(
  desired: DesiredStateMachine,
  { clients, say }: Pick<DeployWalk, "clients" | "say">,
): Promise<string | undefined> {
  const { observed, executions, drift } = await deploymentStatus(desired, clients);
  const routes = observed?.alias?.routes ?? [];
  say(`\n${styleText("bold", "Status")}`);
  say(`  live: ${routes.map(({ versionArn, weight }) => `${nameOf(versionArn)} at ${weight} %`).join(", ")}`);
  for (const { message } of drift) say(`  ${styleText("yellow", message)}`);
  for (const { name, status, versionArn } of executions.slice(0, 5)) {
    say(`  ${status.padEnd(9)}  ${name}  ${nameOf(versionArn)}`);
  }
  const [route, ...others] = routes;
  return others.length === 0 ? route?.versionArn : undefined;
}

function nameOf(versionArn: string | undefined): string {
  return versionArn === undefined ? "no version" : versionLabel(versionArn);
}
