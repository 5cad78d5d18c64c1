/** Progress as plain lines, for CI logs and pipes: one line when a step is done, retried, or a model is finished. */
import type { ProgressDisplay } from "./display.ts";
import type { ProgressEvent, RunProgress } from "./run-progress.ts";
import { printSeconds } from "./seconds.ts";
import { stepLabel } from "./step-labels.ts";

export function lineDisplay(write: (line: string) => void): ProgressDisplay {
  return {
    show(progress, event) {
      const line = progressLine(progress, event);
      if (line !== undefined) write(line);
    },
    close() {},
  };
}

export function progressLine(progress: RunProgress, event: ProgressEvent): string | undefined {
  if (event.kind === "noted") return undefined;
  const row = progress.rows[event.modelIndex];
  if (row === undefined) return undefined;
  const name = row.modelId.padEnd(Math.max(...progress.rows.map((each) => each.modelId.length)));
  if (event.kind === "model-ended") {
    return row.startedAtMs === undefined
      ? undefined
      : `${name}  finished in ${printSeconds(event.atMs - row.startedAtMs)}`;
  }
  if (event.kind === "model-started") return `${name}  started`;
  const step = row.steps.find((each) => each.stateName === event.stateName);
  if (step === undefined) return undefined;
  const label = stepLabel(step.stateName);
  if (event.kind === "attempt-failed")
    return `${name}  ${label}: attempt ${step.attempts} failed: ${event.error ?? "no error name"}`;
  if (event.kind !== "exited" || step.startedAtMs === undefined) return undefined;
  return `${name}  ${label.padEnd(8)}  ${printSeconds(event.atMs - step.startedAtMs).padStart(7)}`;
}
