/** Which state machine of which account: all that returning to a version, or taking everything away, asks for. */
import { isValidAliasName, parseArn } from "@stepwright/asl";
import type { Connection, Observable } from "@stepwright/deploy";
import { resolveValues } from "@stepwright/deploy";
import { UsageError } from "../usage-error.ts";
import type { MachineConfig } from "./machine-config.ts";

export interface MachineTarget extends Observable {
  /** Of the executions; the account is its own. */
  readonly roleArn: string;
}

/**
 * @throws UsageError for what the configuration lacks
 * @throws DeployError `VALUE_UNAVAILABLE`
 */
export async function machineTarget(
  { machine, deployment, infrastructure }: MachineConfig,
  { region, values }: Pick<Connection, "region" | "values">,
): Promise<MachineTarget> {
  const { name } = machine;
  const configured = deployment.roleArn;
  if (configured === undefined) {
    throw new UsageError(`Found no deploy.machines.${name}.roleArn in the configuration; wanted the execution role`);
  }
  const { alias = { name: "live" } } = infrastructure;
  if (!isValidAliasName(alias.name)) {
    throw new UsageError(`The alias of ${name} is ${JSON.stringify(alias.name)}; wanted a valid alias name`);
  }
  const { roleArn = configured } = await resolveValues({ roleArn: configured }, values);
  const isScheduled = infrastructure.schedule !== undefined && deployment.schedule !== undefined;
  return {
    arn: machineArn(name, roleArn, region),
    alias: alias.name,
    roleArn,
    ...(isScheduled ? { schedule: { name } } : {}),
  };
}

function machineArn(name: string, roleArn: string, region: string): string {
  const role = parseArn(roleArn);
  if (role?.service !== "iam" || role.account === "") {
    throw new UsageError(
      `The role of ${name} is ${roleArn}; wanted an ARN such as arn:aws:iam::123456789012:role/name`,
    );
  }
  return `arn:${role.partition}:states:${region}:${role.account}:stateMachine:${name}`;
}
