/** What an execution's history events say about the progress of the models. */
import type { ExecutionEvent } from "@stepwright/local-runner";
import type { ProgressEvent } from "./run-progress.ts";

const modelEvents: Readonly<Record<string, "model-started" | "model-ended">> = {
  MapIterationStarted: "model-started",
  MapIterationSucceeded: "model-ended",
  MapIterationFailed: "model-ended",
  MapIterationAborted: "model-ended",
};

const stepEvents: Readonly<Record<string, "entered" | "attempt-started" | "attempt-failed" | "exited">> = {
  TaskStateEntered: "entered",
  LambdaFunctionScheduled: "attempt-started",
  LambdaFunctionFailed: "attempt-failed",
  LambdaFunctionTimedOut: "attempt-failed",
  TaskStateExited: "exited",
};

/** @returns `undefined` for an event that moves no model */
export function progressFromHistory(event: ExecutionEvent): ProgressEvent | undefined {
  const modelIndex = iterationIndex(event);
  if (modelIndex === undefined) return undefined;
  const atMs = event.timestampEpochMs;
  const modelKind = modelEvents[event.type];
  if (modelKind !== undefined) return { kind: modelKind, modelIndex, atMs };
  const stepKind = stepEvents[event.type];
  if (stepKind === undefined || event.stateName === undefined) return undefined;
  const error = event.details?.error;
  return { kind: stepKind, modelIndex, stateName: event.stateName, atMs, ...(error !== undefined && { error }) };
}

function iterationIndex(event: ExecutionEvent): number | undefined {
  const step = event.path[0];
  return step !== undefined && "map" in step ? step.index : undefined;
}
