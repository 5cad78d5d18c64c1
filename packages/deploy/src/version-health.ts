/** How a new version does while callers get it: its executions, and the alarms that somebody set. */
import type {
  CompositeAlarm,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import { DeployError } from "./deploy-error.ts";
import { isSmokeName } from "./smoke-execution.ts";
import type { StatesClient } from "./states-client.ts";

/** `CloudWatch` of `@aws-sdk/client-cloudwatch` is one. */
export interface AlarmsClient {
  describeAlarms(input: DescribeAlarmsInput): Promise<DescribeAlarmsOutput>;
}

/** The executions of one version; ABORTED ones count as neither, because a person ends those. */
export interface ExecutionCounts {
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** @param sinceEpochMs  by AWS's clock; what started before is not counted */
export async function countExecutions(
  versionArn: string,
  sinceEpochMs: number,
  states: StatesClient,
): Promise<ExecutionCounts> {
  const counts = { running: 0, succeeded: 0, failed: 0 };
  let nextToken: string | undefined;
  do {
    const page = await states.listExecutions({
      stateMachineArn: versionArn,
      maxResults: 1000,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    for (const { name = "", startDate, status } of page.executions ?? []) {
      // Newest first: what follows an older one is older still.
      if ((startDate?.getTime() ?? 0) < sinceEpochMs) return counts;
      const counted = isSmokeName(name) || status === undefined ? undefined : countedAs[status];
      if (counted !== undefined) counts[counted] += 1;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return counts;
}

const countedAs: Readonly<Record<string, keyof ExecutionCounts | undefined>> = {
  RUNNING: "running",
  PENDING_REDRIVE: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "failed",
};

/** @returns why the version should be taken back; `undefined` when nothing speaks against it */
export function failureOf({ succeeded, failed }: ExecutionCounts, toleratedPercentage: number): string | undefined {
  const finished = succeeded + failed;
  return failed > 0 && (100 * failed) / finished > toleratedPercentage
    ? `${failed} of ${finished} finished executions failed; tolerated are ${toleratedPercentage} %`
    : undefined;
}

/**
 * How the newest execution of a version failed, for a person to read: at most 300 characters of its cause.
 *
 * @returns `undefined` when none has failed
 */
export async function lastFailure(versionArn: string, states: StatesClient): Promise<string | undefined> {
  const { executions = [] } = await states.listExecutions({ stateMachineArn: versionArn, maxResults: 1000 });
  const failed = executions.find(
    ({ name = "", status = "RUNNING" }) => !isSmokeName(name) && countedAs[status] === "failed",
  );
  if (failed?.executionArn === undefined) return undefined;
  const { name, error, cause } = await states.describeExecution({ executionArn: failed.executionArn });
  const reason = [error, cause].filter((text) => text !== undefined && text !== "").join(": ");
  return `${name ?? failed.name ?? failed.executionArn} ended as ${failed.status}${reason === "" ? "" : ` (${shortened(reason)})`}`;
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** @throws DeployError `ALARM_MISSING`: CloudFormation takes an alarm that does not exist for one that is silent */
export async function alarmsInAlarm(names: readonly string[], client: AlarmsClient): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const alarms = await describedAlarms(names, client);
  const missing = names.filter((name) => !alarms.some(({ AlarmName }) => AlarmName === name));
  if (missing.length > 0) {
    throw new DeployError("ALARM_MISSING", `Found no CloudWatch alarm ${missing.join(", ")}; wanted one to watch.`);
  }
  return alarms.filter(({ StateValue }) => StateValue === "ALARM").map(({ AlarmName = "" }) => AlarmName);
}

async function describedAlarms(names: readonly string[], client: AlarmsClient) {
  const alarms: (MetricAlarm | CompositeAlarm)[] = [];
  let nextToken: string | undefined;
  do {
    const {
      MetricAlarms = [],
      CompositeAlarms = [],
      NextToken,
    } = await client.describeAlarms({
      AlarmNames: [...names],
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    });
    alarms.push(...MetricAlarms, ...CompositeAlarms);
    nextToken = NextToken;
  } while (nextToken !== undefined);
  return alarms;
}
