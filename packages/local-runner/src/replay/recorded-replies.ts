/** The answers that tasks got in a history, from AWS (`GetExecutionHistory`) or from a run of this package. */
import { parseJson, printJson } from "@stepwright/asl";
import type { JsonObject, JsonValue } from "@stepwright/asl";
import { eventDetailsMember } from "../history/event-type.ts";
import type { HistoryEventType } from "../history/event-type.ts";
import type { MapIterationStep } from "../history/execution-path.ts";
import type { HistoryEvent } from "../history/history-event.ts";
import type { TaskFailed, TaskReply } from "../tasks/task-invoker.ts";

/** By state and Map iteration (`replyKey`): the 1st, the 2nd, … attempt. */
export type RecordedReplies = ReadonlyMap<string, RecordedReply[]>;

export interface RecordedReply {
  /** What the task was given, as compact JSON text. */
  readonly input: string;
  reply: TaskReply;
  /** Nothing else happened between the task's beginning and its answer. */
  wasAtOnce: boolean;
}

export function replyKey(stateName: string, iterations: readonly MapIterationStep[]): string {
  return JSON.stringify([stateName, iterations.map(({ index, map }) => [map, index])]);
}

/** Where an event belongs. */
interface Thread {
  readonly stateName: string | undefined;
  readonly iterations: readonly MapIterationStep[];
  /** While a task is under way: the event that scheduled it. */
  readonly task: RecordedTask | undefined;
}

interface RecordedTask {
  readonly scheduledAtEpochMs: number;
  readonly recorded: RecordedReply;
  lastEventId: number;
  submittedOutput: JsonValue | undefined;
  workerName: string | undefined;
}

const top: Thread = { stateName: undefined, iterations: [], task: undefined };

export function recordedReplies(history: readonly HistoryEvent[]): RecordedReplies {
  const threads = new Map<number, Thread>();
  const replies = new Map<string, RecordedReply[]>();
  for (const event of history) {
    const before = threads.get(event.previousEventId) ?? top;
    const details = detailsOf(event);
    const thread = threadAfter(event, details, before, replies);
    threads.set(event.id, thread);
    if (before.task !== undefined) take(before.task, event, details);
  }
  return replies;
}

function threadAfter(
  event: HistoryEvent,
  details: JsonObject,
  before: Thread,
  replies: Map<string, RecordedReply[]>,
): Thread {
  const { type } = event;
  const { index, input, name, parameters } = details;
  const outside = typeof name === "string" ? outsideOf(name, before.iterations) : before.iterations;
  if (type.startsWith("MapIteration")) {
    const step = { map: name as string, index: index as number };
    return { stateName: undefined, iterations: [...outside, step], task: undefined };
  }
  if (type.endsWith("StateEntered") || type.endsWith("StateExited")) {
    return { stateName: name as string, iterations: outside, task: undefined };
  }
  if (!type.endsWith("Scheduled")) return isEnd(type) ? { ...before, task: undefined } : before;
  return { ...before, task: scheduledTask(event, valueOf(input ?? parameters), before, replies) };
}

/** A Map's own events follow those inside its iterations. */
function outsideOf(stateName: string, iterations: readonly MapIterationStep[]): readonly MapIterationStep[] {
  const level = iterations.findIndex(({ map }) => map === stateName);
  return level === -1 ? iterations : iterations.slice(0, level);
}

function isEnd(type: HistoryEventType): boolean {
  return /(?:Succeeded|Failed|TimedOut)$/.test(type);
}

/** Unanswered until the history says otherwise. */
function scheduledTask(
  event: HistoryEvent,
  input: JsonValue,
  { iterations, stateName }: Thread,
  replies: Map<string, RecordedReply[]>,
): RecordedTask {
  const key = replyKey(stateName!, iterations);
  const list = replies.get(key) ?? [];
  replies.set(key, list);
  const recorded: RecordedReply = { input: printJson(input), reply: { status: "unanswered" }, wasAtOnce: true };
  list.push(recorded);
  return {
    scheduledAtEpochMs: epochMsOf(event),
    recorded,
    lastEventId: event.id,
    submittedOutput: undefined,
    workerName: undefined,
  };
}

function take(task: RecordedTask, event: HistoryEvent, details: JsonObject): void {
  const { type } = event;
  const { cause, error, output, workerName } = details;
  if (typeof workerName === "string") task.workerName = workerName;
  if (!type.endsWith("Started")) task.recorded.wasAtOnce &&= event.id === task.lastEventId + 1;
  task.lastEventId = event.id;
  if (type === "TaskSubmitted") task.submittedOutput = valueOf(output);
  const delayMs = Math.round(epochMsOf(event) - task.scheduledAtEpochMs);
  const common = {
    ...(delayMs > 0 ? { delayMs } : undefined),
    ...(task.submittedOutput === undefined ? undefined : { submittedOutput: task.submittedOutput }),
    ...(task.workerName === undefined ? undefined : { workerName: task.workerName }),
  };
  if (/^(?:Task|LambdaFunction|Activity)Succeeded$/.test(type)) {
    task.recorded.reply = { status: "succeeded", output: valueOf(output), ...common };
    return;
  }
  const stage = stages[type];
  if (stage === undefined) return;
  task.recorded.reply = {
    status: "failed",
    stage,
    ...(typeof error === "string" ? { error } : undefined),
    ...(typeof cause === "string" ? { cause } : undefined),
    ...common,
  };
}

const stages: Readonly<Partial<Record<HistoryEventType, NonNullable<TaskFailed["stage"]>>>> = {
  ActivityFailed: "run",
  ActivityScheduleFailed: "schedule",
  LambdaFunctionFailed: "run",
  LambdaFunctionScheduleFailed: "schedule",
  LambdaFunctionStartFailed: "start",
  TaskFailed: "run",
  TaskStartFailed: "start",
  TaskSubmitFailed: "submit",
};

function detailsOf(event: HistoryEvent): JsonObject {
  const member = eventDetailsMember[event.type];
  return (member === undefined ? undefined : event[member]) ?? {};
}

/** The SDK gives times as `Date`, the wire as seconds. */
export function epochMsOf({ timestamp }: { readonly timestamp: number | Date | string }): number {
  return typeof timestamp === "number" ? timestamp * 1000 : new Date(timestamp).getTime();
}

function valueOf(text: JsonValue | undefined): JsonValue {
  return typeof text === "string" ? (parseJson(text).value ?? null) : null;
}
