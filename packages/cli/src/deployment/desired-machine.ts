/** From the project to what shall stand in the account. */
import { fillSubstitutions, parseArn } from "@stepwright/asl";
import type { StateMachineDefinition } from "@stepwright/asl";
import type {
  AliasInfrastructure,
  MachineDeployment,
  MachineInfrastructure,
  ScheduleInfrastructure,
} from "@stepwright/codegen";
import type {
  Connection,
  DesiredFunction,
  DesiredLogging,
  DesiredSchedule,
  DesiredStateMachine,
  Shift,
} from "@stepwright/deploy";
import { resolveValues } from "@stepwright/deploy";
import { UsageError } from "../usage-error.ts";
import { desiredFunctions } from "./desired-functions.ts";
import type { MachineConfig } from "./machine-config.ts";
import { machineTarget } from "./machine-target.ts";

/** Flags that stand above the configuration. */
export interface DesiredOverrides {
  readonly versionDescription?: string | undefined;
  readonly intervalSeconds?: number | undefined;
  readonly bakeSeconds?: number | undefined;
}

/**
 * @throws UsageError for what the configuration lacks
 * @throws DeployError `VALUE_UNAVAILABLE`
 */
export async function desiredMachine(
  config: MachineConfig,
  connection: Pick<Connection, "region" | "values">,
  overrides: DesiredOverrides,
): Promise<DesiredStateMachine> {
  const { machine, deployment, infrastructure } = config;
  const { values } = connection;
  const { arn, alias, roleArn } = await machineTarget(config, connection);
  const substitutions = await resolveValues(deployment.substitutions ?? {}, values);
  const { logGroupArn } = await resolveValues(given("logGroupArn", deployment.logGroupArn), values);
  const functions = await functionsOf(config, substitutions);
  const { definition, unfilled } = filledBut(functions, machine.definition, substitutions);
  if (unfilled.length > 0) {
    throw new UsageError(
      `The definition of ${machine.name} has \${${unfilled.join("}, ${")}} and no values for them; wanted them in deploy.machines.${machine.name}.substitutions`,
    );
  }
  const { type = "STANDARD", tracing, logLevel, schedule } = infrastructure;
  if (type === "EXPRESS" && deployment.smoke !== undefined) {
    throw new UsageError(`${machine.name} is EXPRESS and has a smoke execution; wanted STANDARD, whose end AWS tells`);
  }
  return {
    arn,
    definition,
    roleArn,
    type,
    alias,
    shift: shiftOf(infrastructure.alias, deployment, overrides),
    ...given("tracing", tracing),
    ...given("logging", loggingOf(machine.name, logLevel, logGroupArn)),
    ...given("tags", deployment.tags),
    ...given("keepVersions", deployment.keepVersions),
    ...given("functions", functions),
    ...given("keepFunctionVersions", deployment.functions?.keepVersions),
    ...given("versionDescription", overrides.versionDescription),
    ...given("smoke", smokeOf(deployment)),
    ...given("schedule", await scheduleOf(`${arn}:${alias}`, machine.name, schedule, deployment, values)),
  };
}

async function functionsOf(
  { machine, code, deployment }: MachineConfig,
  substitutions: Readonly<Record<string, string>>,
): Promise<readonly DesiredFunction[] | undefined> {
  return code === undefined || deployment.functions === undefined
    ? undefined
    : desiredFunctions(machine, substitutions, await code());
}

/** The placeholders of functions whose code is deployed too are filled then, with their versions. */
function filledBut(
  functions: readonly DesiredFunction[] = [],
  definition: StateMachineDefinition,
  substitutions: Readonly<Record<string, string>>,
) {
  const later = new Set(functions.map(({ substitution }) => substitution));
  const now = Object.entries(substitutions).filter(([name]) => !later.has(name));
  const filled = fillSubstitutions(definition, Object.fromEntries(now));
  return { definition: filled.definition, unfilled: filled.unfilled.filter((name) => !later.has(name)) };
}

/** An optional member, absent when it has no value. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}

function shiftOf(
  alias: Partial<AliasInfrastructure> = {},
  deployment: MachineDeployment,
  overrides: DesiredOverrides,
): Shift {
  const intervalSeconds = overrides.intervalSeconds ?? (alias.intervalMinutes ?? 5) * 60;
  return {
    kind: alias.shift ?? "ALL_AT_ONCE",
    intervalSeconds,
    bakeSeconds: overrides.bakeSeconds ?? (deployment.bakeMinutes ?? 0) * 60,
    pollSeconds: Math.min(15, Math.max(1, intervalSeconds / 4)),
    ...given("percentage", alias.percentage),
    ...given("alarms", alias.alarms?.map(alarmName)),
    ...given("toleratedFailurePercentage", deployment.toleratedFailurePercentage),
  };
}

/** The configuration allows ARNs; CloudWatch is asked by name. */
function alarmName(nameOrArn: string): string {
  return parseArn(nameOrArn)?.resource.replace(/^alarm:/, "") ?? nameOrArn;
}

function loggingOf(
  name: string,
  level: MachineInfrastructure["logLevel"],
  logGroupArn: string | undefined,
): DesiredLogging | undefined {
  if (level === undefined || level === "OFF") return level && { level };
  if (logGroupArn !== undefined) return { level, logGroupArn };
  throw new UsageError(
    `${name} has the logLevel ${level} and no log group; wanted deploy.machines.${name}.logGroupArn, or the logLevel OFF`,
  );
}

function smokeOf({ smoke }: MachineDeployment): DesiredStateMachine["smoke"] {
  return smoke && { input: JSON.stringify(smoke.input ?? {}), timeoutSeconds: smoke.timeoutSeconds ?? 300 };
}

async function scheduleOf(
  aliasArn: string,
  name: string,
  schedule: ScheduleInfrastructure | undefined,
  deployment: MachineDeployment,
  values: Connection["values"],
): Promise<DesiredSchedule | undefined> {
  if (schedule === undefined || deployment.schedule === undefined) return undefined;
  const { roleArn, targetArn = aliasArn, deadLetterArn } = deployment.schedule;
  if (schedule.function !== undefined && deployment.schedule.targetArn === undefined) {
    throw new UsageError(
      `The schedule of ${name} calls ${schedule.function} and has no target; wanted deploy.machines.${name}.schedule.targetArn, the function's ARN`,
    );
  }
  const resolved = await resolveValues({ roleArn, targetArn, ...given("deadLetterArn", deadLetterArn) }, values);
  const input = schedule.input === undefined ? undefined : JSON.stringify(schedule.input);
  return {
    name,
    expression: schedule.expression,
    roleArn: resolved["roleArn"] ?? roleArn,
    targetArn: resolved["targetArn"] ?? targetArn,
    ...given("timezone", schedule.timezone),
    ...given("flexibleWindowMinutes", schedule.flexibleWindowMinutes),
    ...given("input", input),
    ...given("deadLetterArn", resolved["deadLetterArn"]),
  };
}
