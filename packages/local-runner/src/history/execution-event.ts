/**
 * A history event as the runner records it: values instead of JSON text, and its place in the machine.
 * `toHistoryEvent` turns one into the form of AWS's GetExecutionHistory.
 */
import type { JsonValue } from "@stepwright/asl";
import type { HistoryEventType } from "./event-type.ts";
import type { ExecutionPath } from "./execution-path.ts";

export interface ExecutionEvent {
  /** From 1, without gaps. */
  readonly id: number;
  /** The event before it in the same branch or iteration; 0 for none. */
  readonly previousEventId: number;
  readonly type: HistoryEventType;
  readonly timestampEpochMs: number;
  /** The state that the event belongs to; `undefined` for the execution's own events. */
  readonly stateName: string | undefined;
  readonly path: ExecutionPath;
  /** Retries already made in this visit of the state, from 0. */
  readonly attempt: number;
  /** The input, the task's parameters, or the output: whichever this type of event carries. */
  readonly value: JsonValue | undefined;
  /** The rest of AWS's details of this type: `{ error, cause }`, `{ length }`, … */
  readonly details: ExecutionEventDetails | undefined;
}

export interface ExecutionEventDetails {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly location?: string | undefined;
  readonly resourceType?: string;
  readonly resource?: string;
  readonly region?: string;
  readonly timeoutInSeconds?: number | undefined;
  readonly heartbeatInSeconds?: number | undefined;
  readonly roleArn?: string | undefined;
  /** As which the execution was started. */
  readonly stateMachineAliasArn?: string | undefined;
  readonly stateMachineVersionArn?: string | undefined;
  readonly workerName?: string | undefined;
  readonly length?: number;
  readonly mapRunArn?: string;
  readonly redriveCount?: number;
  /** The execution role that a Task's `Credentials` name. */
  readonly taskRoleArn?: string | undefined;
  readonly assignedVariables?: Readonly<Record<string, JsonValue>> | undefined;
}
