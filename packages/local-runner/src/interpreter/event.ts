/** What the interpreter is told, and what it asks for. What it is told is plain data: it can be stored and replayed. */
import type { Evaluated, EvaluationScope, JsonValue } from "@stepwright/asl";
import type { TaskReply, TaskTarget } from "../tasks/task-invoker.ts";
import type { Place } from "../history/place.ts";

export type InterpreterEvent =
  | { readonly type: "started" }
  /** Optional: a reply without it implies it. */
  | { readonly type: "taskStarted"; readonly taskId: number; readonly workerName?: string }
  | { readonly type: "taskReplied"; readonly taskId: number; readonly reply: TaskReply }
  | { readonly type: "tokenAnswered"; readonly taskToken: string; readonly reply: TokenReply }
  | { readonly type: "tokenHeartbeat"; readonly taskToken: string }
  | { readonly type: "timerFired"; readonly timerId: number }
  | { readonly type: "evaluated"; readonly evaluationId: number; readonly value: Evaluated }
  | { readonly type: "stopped"; readonly error?: string; readonly cause?: string };

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
    };

/** An expression that only a promise can answer: JSONata's library is asynchronous. */
export interface DeferredExpression {
  evaluateLater(scope: EvaluationScope): Promise<Evaluated>;
}

export interface TaskCommand {
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
