import { isJsonObject, printJson } from "@stepwright/asl";
import type { JsonObject } from "@stepwright/asl";
import type { HistoryEventType } from "../history/event-type.ts";
import type { ExecutionEvent } from "../history/execution-event.ts";
import { toHistoryEvent } from "../history/to-history-event.ts";
import type { EventOwner } from "./records.ts";

/** Which events each level keeps. See the developer guide, "Log levels for Step Functions execution events". */
const levels: Readonly<Record<string, (type: HistoryEventType) => boolean>> = {
  ALL: () => true,
  ERROR: (type) => /(?:Failed|TimedOut|Aborted|FailStateEntered)$/.test(type),
  FATAL: (type) => type === "ExecutionAborted" || type === "ExecutionFailed" || type === "ExecutionTimedOut",
  OFF: () => false,
};

/** What CloudWatch Logs would be sent for an event; `undefined` when the machine's logging leaves it out. */
export function logRecordOf(
  { arn, redriveCount, revision }: EventOwner,
  event: ExecutionEvent,
): JsonObject | undefined {
  const { includeExecutionData = false, level } = revision.loggingConfiguration;
  const keeps = levels[level as string] ?? levels["OFF"]!;
  if (!keeps(event.type)) return undefined;
  const details = Object.entries(toHistoryEvent(event, printJson)).find(([name]) => name.endsWith("EventDetails"))?.[1];
  return {
    id: String(event.id),
    type: event.type,
    details: includeExecutionData === true ? (details ?? {}) : withoutData(details),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestampEpochMs),
    execution_arn: arn,
    redrive_count: String(redriveCount),
  };
}

/** Without inputs and outputs and what is said about them; errors and causes stay. */
function withoutData(details: unknown): JsonObject {
  if (!isJsonObject(details as JsonObject)) return {};
  const hidden = /^(?:input|output|parameters|assignedVariables)(?:Details)?$/;
  return Object.fromEntries(Object.entries(details as JsonObject).filter(([name]) => !hidden.test(name)));
}
