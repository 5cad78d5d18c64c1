/**
 * What of a deployment makes sense at an endpoint of this machine, such as `stepwright serve`: it answers for one account
 * of Step Functions and for nothing else of AWS, asks no role, and takes each handler for a function of its task's name.
 */
import type { LoadedMachine } from "@stepwright/codegen";
import type { MachineConfig } from "./machine-config.ts";

const account = "123456789012";

export function onThisMachine({ machine, deployment, infrastructure }: MachineConfig, region: string): MachineConfig {
  const { schedule: _schedule, functions: _functions, ...kept } = deployment;
  const { schedule: _expression, alias, ...rest } = infrastructure;
  const { alarms: _alarms, ...quietAlias } = alias ?? { name: "live" };
  return {
    machine,
    deployment: {
      ...kept,
      roleArn: `arn:aws:iam::${account}:role/local`,
      logGroupArn: `arn:aws:logs:${region}:${account}:log-group:local:*`,
      substitutions: { ...knownHere(deployment.substitutions), ...handlers(machine, region) },
    },
    infrastructure: { ...rest, alias: quietAlias },
  };
}

/** Values that stand in an account stand nowhere here: their own names take their place. */
function knownHere(substitutions: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(substitutions).map(([name, value]) => [name, value.replace(/^(?:ssm|cfn):/, "")]),
  );
}

function handlers({ tasks }: LoadedMachine, region: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tasks.map(({ substitution, task }) => [substitution, `arn:aws:lambda:${region}:${account}:function:${task}`]),
  );
}
