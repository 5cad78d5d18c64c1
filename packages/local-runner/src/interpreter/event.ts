/** What the interpreter is told, and what it asks for. What it is told is plain data: it can be stored and replayed. */
import type { Evaluated, EvaluationScope, JsonValue } from "@stepwright/asl";
import type { TaskReply, TaskTarget } from "../tasks/task-invoker.ts";
import type { Place } from "../history/place.ts";
import type {
  ItemReadRequest,
  ItemsRead,
  ResultRecord,
  ResultWriteRequest,
  ResultsWritten,
} from "../map-run/item-source.ts";
import type { FinishedRun } from "./finished-run.ts";

export type InterpreterEvent =
  | { readonly type: "started" }
  /** Activities only: there is one of this name, and the task waits for a worker. A later event implies it. */
  | { readonly type: "taskOffered"; readonly taskId: number }
  /** Optional: a reply without it implies it. */
  | { readonly type: "taskStarted"; readonly taskId: number; readonly workerName?: string }
  /** Optional: a reply with a `submittedOutput` implies it. */
  | { readonly type: "taskSubmitted"; readonly taskId: number; readonly output: JsonValue }
  | { readonly type: "taskReplied"; readonly taskId: number; readonly reply: TaskReply }
  | { readonly type: "tokenAnswered"; readonly taskToken: string; readonly reply: TokenReply }
  | { readonly type: "tokenHeartbeat"; readonly taskToken: string }
  | { readonly type: "timerFired"; readonly timerId: number }
  | { readonly type: "evaluated"; readonly evaluationId: number; readonly value: Evaluated }
  | { readonly type: "itemsRead"; readonly readId: number; readonly reading: ItemsRead }
  | { readonly type: "resultsWritten"; readonly writeId: number; readonly writing: ResultsWritten }
  | StoppedEvent
  | MapRunUpdatedEvent
  /** Its next step will be its last. */
  | MachineDeletedEvent
  | BrokenEvent
  /** After an unsuccessful end. */
  | RedrivenEvent;

/** Ends the whole execution, or one of its child executions. */
export interface StoppedEvent {
  readonly type: "stopped";
  readonly executionArn?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface MapRunUpdatedEvent extends MapRunChange {
  readonly type: "mapRunUpdated";
  readonly mapRunArn: string;
}

export interface MachineDeletedEvent {
  readonly type: "machineDeleted";
}

/** Who does its tasks has a bug, or we have one: it ends `FAILED`. */
export interface BrokenEvent {
  readonly type: "broken";
  readonly cause: string;
}

export interface RedrivenEvent {
  readonly type: "redriven";
  /** When it was asked for: what the context object shows. */
  readonly redrivenAtEpochMs: number;
}

/** What can be changed of a Map Run while it runs; what is absent stays. */
export interface MapRunChange {
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** An event that answers something asked for, or tells of it. */
export type AnswerEvent = Exclude<
  InterpreterEvent,
  { readonly type: "started" } | StoppedEvent | MapRunUpdatedEvent | MachineDeletedEvent | BrokenEvent | RedrivenEvent
>;

/** By which it is known whose an answer is. */
export function addressOf(event: AnswerEvent): number | string {
  switch (event.type) {
    case "taskOffered":
    case "taskStarted":
    case "taskSubmitted":
    case "taskReplied":
      return event.taskId;
    case "tokenAnswered":
    case "tokenHeartbeat":
      return event.taskToken;
    case "timerFired":
      return event.timerId;
    case "evaluated":
      return event.evaluationId;
    case "itemsRead":
      return event.readId;
    default:
      return event.writeId;
  }
}

/** Whether an execution goes on by this: what only tells of a task does not lead anywhere. */
export function isStep(event: AnswerEvent): boolean {
  if (event.type === "taskReplied") return event.reply.status === "succeeded" || event.reply.status === "failed";
  return !tellsOfTask.has(event.type);
}

const tellsOfTask: ReadonlySet<AnswerEvent["type"]> = new Set([
  "taskOffered",
  "taskStarted",
  "taskSubmitted",
  "tokenHeartbeat",
]);

export type TokenReply =
  | { readonly status: "succeeded"; readonly output: JsonValue }
  | { readonly status: "failed"; readonly error?: string; readonly cause?: string };

export type Command =
  | { readonly type: "invokeTask"; readonly taskId: number; readonly task: TaskCommand }
  /** Nobody waits for the reply any more. */
  | { readonly type: "cancelTask"; readonly taskId: number }
  | { readonly type: "wakeAt"; readonly timerId: number; readonly atEpochMs: number }
  | { readonly type: "cancelTimer"; readonly timerId: number }
  | {
      readonly type: "evaluate";
      readonly evaluationId: number;
      readonly expression: DeferredExpression;
      readonly scope: EvaluationScope;
    }
  /** The next items of a dataset; the same id goes on where it stopped. */
  | { readonly type: "readItems"; readonly readId: number; readonly request: ItemReadRequest }
  | { readonly type: "closeItems"; readonly readId: number }
  /** Answered only when they are the last. */
  | {
      readonly type: "writeResults";
      readonly writeId: number;
      readonly request: ResultWriteRequest;
      readonly records: readonly ResultRecord[];
      readonly isLast: boolean;
    }
  /** A child execution of a Distributed Map has ended, and is not needed here any more. */
  | { readonly type: "childEnded"; readonly child: FinishedRun };

/** An expression that only a promise can answer: JSONata's library is asynchronous. */
export interface DeferredExpression {
  evaluateLater(scope: EvaluationScope): Promise<Evaluated>;
}

export interface TaskCommand {
  readonly executionArn: string;
  readonly resource: string;
  readonly target: TaskTarget;
  readonly stateName: string;
  readonly input: JsonValue;
  readonly attempt: number;
  readonly place: Place;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly taskToken: string | undefined;
}
