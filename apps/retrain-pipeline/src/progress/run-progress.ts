/**
 * How far a run is, as a value: one row a model, one cell a step. Events move it on; renderers only read it.
 */

export interface RunProgress {
  readonly rows: readonly ModelProgress[];
}

export interface ModelProgress {
  readonly modelId: string;
  readonly steps: readonly StepProgress[];
  readonly startedAtMs?: number;
  readonly endedAtMs?: number;
}

export interface StepProgress {
  readonly stateName: string;
  readonly status: "waiting" | "running" | "retrying" | "done";
  readonly startedAtMs?: number;
  readonly endedAtMs?: number;
  /** Attempts begun; 1 while the first one runs. */
  readonly attempts: number;
  /** What the step says of itself while it runs: `round 40 of 200`. */
  readonly note?: string;
}

export type ProgressEvent =
  | { readonly kind: "model-started"; readonly modelIndex: number; readonly atMs: number }
  | { readonly kind: "model-ended"; readonly modelIndex: number; readonly atMs: number }
  | StepEvent
  | { readonly kind: "noted"; readonly modelId: string; readonly stateName: string; readonly note: string };

export interface StepEvent {
  readonly kind: "entered" | "attempt-started" | "attempt-failed" | "exited";
  readonly modelIndex: number;
  readonly stateName: string;
  readonly atMs: number;
  /** Of a failed attempt: the error's name. */
  readonly error?: string;
}

export function beginProgress(modelIds: readonly string[], stateNames: readonly string[]): RunProgress {
  const steps = stateNames.map((stateName): StepProgress => ({ stateName, status: "waiting", attempts: 0 }));
  return { rows: modelIds.map((modelId) => ({ modelId, steps })) };
}

/** An event of a model or state that the progress does not show changes nothing. */
export function advance(progress: RunProgress, event: ProgressEvent): RunProgress {
  return { rows: progress.rows.map((row, index) => (concerns(event, row, index) ? advanceModel(row, event) : row)) };
}

function concerns(event: ProgressEvent, row: ModelProgress, index: number): boolean {
  return event.kind === "noted" ? event.modelId === row.modelId : event.modelIndex === index;
}

function advanceModel(row: ModelProgress, event: ProgressEvent): ModelProgress {
  switch (event.kind) {
    case "model-started":
      return { ...row, startedAtMs: event.atMs };
    case "model-ended":
      return { ...row, endedAtMs: event.atMs };
    case "noted":
      return withStep(row, event.stateName, (step) =>
        step.status === "running" ? { ...step, note: event.note } : step,
      );
    default:
      return withStep(row, event.stateName, (step) => advanceStep[event.kind](step, event.atMs));
  }
}

function withStep(row: ModelProgress, stateName: string, change: (step: StepProgress) => StepProgress): ModelProgress {
  return { ...row, steps: row.steps.map((step) => (step.stateName === stateName ? change(step) : step)) };
}

const advanceStep: Record<StepEvent["kind"], (step: StepProgress, atMs: number) => StepProgress> = {
  entered: (step, atMs) => ({ ...step, status: "running", startedAtMs: atMs }),
  "attempt-started": (step) => ({ ...step, status: "running", attempts: step.attempts + 1 }),
  "attempt-failed": (step) => ({ ...step, status: "retrying" }),
  exited: ({ note, ...step }, atMs) => ({ ...step, status: "done", endedAtMs: atMs }),
};
