/** A plan as people and as tools read it. */
import type { JsonObject } from "@stepwright/asl";
import { diffDefinitions } from "@stepwright/codegen";
import type { Difference } from "@stepwright/codegen";
import { plannedDefinition, versionLabel } from "@stepwright/deploy";
import type { DeployAction, DeployPlan, ObservedStateMachine, RemoteValidation } from "@stepwright/deploy";
import { printDifferences } from "../difference-lines.ts";
import type { Terminal } from "../terminal.ts";

export interface PlanReport {
  readonly plan: DeployPlan;
  readonly differences: readonly Difference[];
  readonly validation: RemoteValidation;
}

export function differencesOf(plan: DeployPlan, observed: ObservedStateMachine | undefined) {
  return observed === undefined ? [] : diffDefinitions(asJson(observed.definition), asJson(plannedDefinition(plan)));
}

function asJson(definition: object): JsonObject {
  return definition as JsonObject;
}

export function planDocument({ plan, differences, validation }: PlanReport): string {
  const { actions, desired, risks } = plan;
  const document = { arn: desired.arn, changes: actions.length > 0, actions, differences, risks, validation };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export function planText({ plan, differences, validation }: PlanReport, terminal: Terminal): string {
  const { actions, desired, risks } = plan;
  const lines = [
    terminal.style("bold", desired.arn),
    ...(actions.length === 0 ? ["  nothing to do"] : actions.map((action) => `  ${describeAction(action, plan)}`)),
    ...risks.map(({ code, message }) => `  ${terminal.style("yellow", `! ${code}`)} ${message}`),
    ...(validation.kind === "unavailable"
      ? [`  ${terminal.style("yellow", "! not validated by AWS")} (${validation.reason})`]
      : validation.diagnostics.map(
          ({ severity, code, message, location = "/" }) => `  AWS: ${severity} ${code} ${message} (${location})`,
        )),
  ];
  const changed = differences.length === 0 ? "" : `\n${printDifferences(differences, terminal)}`;
  return `${lines.join("\n")}\n${changed}`;
}

/** An action in a few words. */
export function describeAction(action: DeployAction, plan: DeployPlan): string {
  const describe = descriptions[action.kind] as (action: DeployAction, plan: DeployPlan) => string;
  return describe(action, plan);
}

type Descriptions = {
  readonly [Kind in DeployAction["kind"]]: (action: Extract<DeployAction, { kind: Kind }>, plan: DeployPlan) => string;
};

const descriptions: Descriptions = {
  publishFunction: ({ functionArn, changes }) => `+ version of function ${lastPart(functionArn)}: new ${changes}`,
  createStateMachine: (_, { desired }) => `+ state machine, ${desired.type}`,
  updateStateMachine: ({ changes }) => `~ state machine: ${changes.join(", ")}`,
  tagStateMachine: ({ tags }) => `~ tags: ${Object.keys(tags).join(", ")}`,
  publishVersion: () => "+ version",
  startSmokeExecution: () => "> smoke execution of the version",
  createAlias: (_, { desired }) => `+ alias ${desired.alias}`,
  shiftAlias: ({ fromVersionArn, weights }, { desired }) =>
    `~ alias ${desired.alias}: from ${versionLabel(fromVersionArn)}, ${weights.map((weight) => `${weight} %`).join(", ")}`,
  pruneVersions: ({ versionArns }) => `- ${versionArns.map(versionLabel).join(", ")}, unless in use`,
  pruneFunctionVersions: ({ versionArns }) =>
    `- ${versionArns.map((arn) => `${versionLabel(arn)} of function ${lastPart(arn, -2)}`).join(", ")}, unless in use`,
  createSchedule: (_, { desired }) => `+ schedule ${desired.schedule?.name ?? ""}`,
  updateSchedule: ({ changes }, { desired }) => `~ schedule ${desired.schedule?.name ?? ""}: ${changes.join(", ")}`,
};

function lastPart(arn: string, place = -1): string {
  return arn.split(":").at(place) ?? arn;
}
