/** What a machine's schedule would start at a given time: `run --at`. */
import { resolve } from "node:path";
import type { JsonValue } from "@stepwright/asl";
import { importModule } from "@stepwright/codegen";
import type { OpenedMachine } from "./open-machine.ts";
import { UsageError } from "./usage-error.ts";

export interface ScheduledStart {
  /** The execution's; made up when absent. */
  readonly name?: string;
  readonly input: JsonValue;
  readonly atEpochMs: number;
}

/** @throws UsageError for a time that is none, and where no schedule says what it starts */
export async function scheduledStart(
  { name, rootDir, schedule }: Pick<OpenedMachine, "name" | "rootDir" | "schedule">,
  at: string,
): Promise<ScheduledStart> {
  const atEpochMs = Date.parse(at);
  if (Number.isNaN(atEpochMs)) {
    throw new UsageError(`--at is ${JSON.stringify(at)}; wanted a date or a time, such as 2026-11-01T03:00:00Z`);
  }
  const scheduledTime = new Date(atEpochMs).toISOString().replace(".000Z", "Z");
  if (schedule === undefined) {
    throw new UsageError(`${name} has no schedule; wanted infrastructure.machines.${name}.schedule, or --input`);
  }
  const { start, input = {} } = schedule;
  if (start !== undefined) return { ...(await startedBy(resolve(rootDir, start), scheduledTime)), atEpochMs };
  if (schedule.function !== undefined) {
    throw new UsageError(
      `${name} is started by the function ${schedule.function}; wanted infrastructure.machines.${name}.schedule.start, the module that says with what`,
    );
  }
  return { input: filled(input, scheduledTime), atEpochMs };
}

/** The function answers as it would start the execution on AWS. */
async function startedBy(module: string, scheduledTime: string): Promise<Omit<ScheduledStart, "atEpochMs">> {
  const { default: start } = await importModule(module);
  if (typeof start !== "function") {
    throw new UsageError(
      `${module} has no default export that is a function; wanted (scheduledTime) => ({ name, input })`,
    );
  }
  const answer = (await start(scheduledTime)) as { readonly name?: unknown; readonly input?: unknown } | undefined;
  if (answer?.input === undefined || (answer.name !== undefined && typeof answer.name !== "string")) {
    throw new UsageError(`${module} answers ${JSON.stringify(answer)} at ${scheduledTime}; wanted { name, input }`);
  }
  // As it would travel: what JSON does not know is gone.
  const input = JSON.parse(JSON.stringify(answer.input)) as JsonValue;
  return answer.name === undefined ? { input } : { name: answer.name, input };
}

/** EventBridge Scheduler fills this in wherever it stands in the input. */
function filled(input: unknown, scheduledTime: string): JsonValue {
  return JSON.parse(JSON.stringify(input).replaceAll("<aws.scheduler.scheduled-time>", scheduledTime)) as JsonValue;
}
