import { printJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { eventDetailsMember } from "./event-type.ts";
import type { HistoryEventType } from "./event-type.ts";
import type { ExecutionEvent } from "./execution-event.ts";
import type { HistoryEvent } from "./history-event.ts";

const notTruncated: JsonObject = { truncated: false };

/** @param textOf prints a value; the history's own for the execution's input, whose text is kept as it was sent */
export function toHistoryEvent(event: ExecutionEvent, textOf: (value: JsonValue) => string = printJson): HistoryEvent {
  const member = eventDetailsMember[event.type];
  return {
    timestamp: event.timestampEpochMs / 1000,
    type: event.type,
    id: event.id,
    previousEventId: event.previousEventId,
    ...(member === undefined ? undefined : { [member]: detailsOf(event, textOf) }),
  };
}

type Details = { [name: string]: JsonValue | undefined };

function detailsOf(event: ExecutionEvent, textOf: (value: JsonValue) => string): JsonObject {
  const { taskRoleArn, assignedVariables, ...details } = event.details ?? {};
  const members: Details = { ...details, ...identityOf(event), ...valueOf(event, textOf) };
  if (event.type === "EvaluationFailed") members["state"] = event.stateName;
  if (taskRoleArn !== undefined) members["taskCredentials"] = { roleArn: taskRoleArn };
  if (assignedVariables !== undefined) {
    const texts = Object.entries(assignedVariables).map(([name, value]) => [name, textOf(value)] as const);
    members["assignedVariables"] = Object.fromEntries(texts);
    members["assignedVariablesDetails"] = notTruncated;
  }
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

function identityOf({ type, stateName, path }: ExecutionEvent): Details {
  if (type.endsWith("StateEntered") || type.endsWith("StateExited")) return { name: stateName };
  if (!type.startsWith("MapIteration")) return {};
  const step = path.at(-1);
  return { name: stateName, index: step !== undefined && "map" in step ? step.index : undefined };
}

/** Which member an event's value is. */
function valueOf({ type, value }: ExecutionEvent, textOf: (value: JsonValue) => string): Details {
  if (value === undefined) return {};
  const text = textOf(value);
  if (type === "TaskScheduled") return { parameters: text };
  return isInput(type) ? { input: text, inputDetails: notTruncated } : { output: text, outputDetails: notTruncated };
}

function isInput(type: HistoryEventType): boolean {
  return type.endsWith("StateEntered") || type.endsWith("Scheduled") || type === "ExecutionStarted";
}
