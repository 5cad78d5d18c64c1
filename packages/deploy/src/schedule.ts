/** The schedule that starts a state machine, or the function that starts it: EventBridge Scheduler. */
import { deepEqual } from "@stepwright/asl";
import type { JsonValue } from "@stepwright/asl";
import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  DeleteScheduleOutput,
  GetScheduleInput,
  GetScheduleOutput,
  UpdateScheduleInput,
  UpdateScheduleOutput,
} from "@aws-sdk/client-scheduler";
import { orAbsent } from "./deploy-error.ts";

/** `Scheduler` of `@aws-sdk/client-scheduler` is one. */
export interface ScheduleClient {
  getSchedule(input: GetScheduleInput): Promise<GetScheduleOutput>;
  createSchedule(input: CreateScheduleInput): Promise<CreateScheduleOutput>;
  updateSchedule(input: UpdateScheduleInput): Promise<UpdateScheduleOutput>;
  deleteSchedule(input: DeleteScheduleInput): Promise<DeleteScheduleOutput>;
}

export interface DesiredSchedule {
  readonly name: string;
  /** `default` when absent. */
  readonly group?: string;
  /** `cron(0 3 1 * ? *)`, `rate(1 day)` or `at(…)`. */
  readonly expression: string;
  /** `UTC` when absent. */
  readonly timezone?: string;
  /** The start may come so many minutes late; exactly on time when absent. */
  readonly flexibleWindowMinutes?: number;
  /** An alias of a state machine or a Lambda function. */
  readonly targetArn: string;
  /** Lets the scheduler start the target. */
  readonly roleArn: string;
  /** JSON text; `<aws.scheduler.scheduled-time>` in it is filled at each start. */
  readonly input?: string;
  /** Of a start that fails, 0 to 185; 3 when absent. */
  readonly retryAttempts?: number;
  /** 60 to 86,400; 3600 when absent. */
  readonly retryForSeconds?: number;
  /** An SQS queue that gets what could not be started. */
  readonly deadLetterArn?: string;
}

/** What AWS says of the fields that we set. */
export type ObservedSchedule = ReturnType<typeof scheduleFields>;

export type ScheduleField = keyof ReturnType<typeof scheduleRequest>;

/** @returns `undefined` when there is no such schedule */
export async function observeSchedule(
  { name, group }: Pick<DesiredSchedule, "name" | "group">,
  client: ScheduleClient,
): Promise<ObservedSchedule | undefined> {
  const answer = await orAbsent(client.getSchedule(scheduleName({ name, group })), "ResourceNotFoundException");
  return answer === undefined ? undefined : scheduleFields(answer);
}

/** What differs; compared as AWS shows it, with its defaults filled in. */
export function scheduleChanges(desired: DesiredSchedule, observed: ObservedSchedule): readonly ScheduleField[] {
  const wanted = scheduleRequest(desired);
  return (Object.keys(wanted) as ScheduleField[]).filter(
    (field) => !deepEqual(plain(wanted[field]), plain(observed[field])),
  );
}

export async function createSchedule(desired: DesiredSchedule, client: ScheduleClient): Promise<void> {
  await client.createSchedule({ ...scheduleName(desired), ...scheduleRequest(desired) });
}

export async function updateSchedule(desired: DesiredSchedule, client: ScheduleClient): Promise<void> {
  await client.updateSchedule({ ...scheduleName(desired), ...scheduleRequest(desired) });
}

/** @returns whether there was one */
export async function deleteSchedule(
  schedule: Pick<DesiredSchedule, "name" | "group">,
  client: ScheduleClient,
): Promise<boolean> {
  const answer = await orAbsent(client.deleteSchedule(scheduleName(schedule)), "ResourceNotFoundException");
  return answer !== undefined;
}

function scheduleName({ name, group }: { readonly name: string; readonly group?: string | undefined }) {
  return { Name: name, ...(group === undefined ? {} : { GroupName: group }) };
}

/** UpdateSchedule replaces the whole schedule: what is not sent goes back to AWS's default. */
function scheduleRequest(desired: DesiredSchedule) {
  const { flexibleWindowMinutes, input, deadLetterArn } = desired;
  return {
    ScheduleExpression: desired.expression,
    ScheduleExpressionTimezone: desired.timezone ?? "UTC",
    FlexibleTimeWindow:
      flexibleWindowMinutes === undefined
        ? { Mode: "OFF" as const }
        : { Mode: "FLEXIBLE" as const, MaximumWindowInMinutes: flexibleWindowMinutes },
    State: "ENABLED" as const,
    Target: {
      Arn: desired.targetArn,
      RoleArn: desired.roleArn,
      RetryPolicy: {
        MaximumRetryAttempts: desired.retryAttempts ?? 3,
        MaximumEventAgeInSeconds: desired.retryForSeconds ?? 3600,
      },
      ...(input === undefined ? {} : { Input: input }),
      ...(deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterArn } }),
    },
  };
}

function scheduleFields(answer: GetScheduleOutput) {
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, State, Target } = answer;
  return { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, State, Target };
}

/** Without the members that are `undefined`, as JSON knows none. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
}
