/** One line for what a person wants to know of a history event while an execution runs. */
import type { ExecutionEvent, ExecutionPath } from "@stepwright/local-runner";
import type { Terminal } from "./terminal.ts";

/** @returns `undefined` for an event that says nothing new */
export function progressLine(event: ExecutionEvent, startedAtEpochMs: number, terminal: Terminal): string | undefined {
  const mark = markOf(event, terminal);
  if (mark === undefined || event.stateName === undefined) {
    return undefined;
  }
  const retry = event.attempt > 0 ? terminal.style("dim", ` retry ${event.attempt}`) : "";
  const error = event.details?.error === undefined ? "" : ` ${event.details.error}`;
  return `${timeOf(event, startedAtEpochMs, terminal)} ${mark} ${placeOf(event.path)}${event.stateName}${retry}${error}\n`;
}

/** A line for every event, as `--events` prints them. */
export function eventLine(event: ExecutionEvent, startedAtEpochMs: number, terminal: Terminal): string {
  const name = event.stateName === undefined ? "" : `  ${placeOf(event.path)}${event.stateName}`;
  const error = event.details?.error === undefined ? "" : `  ${event.details.error}`;
  const id = String(event.id).padStart(5);
  return `${timeOf(event, startedAtEpochMs, terminal)} ${id}  ${event.type}${name}${error}\n`;
}

function markOf({ type }: ExecutionEvent, terminal: Terminal): string | undefined {
  if (type.endsWith("StateEntered")) return terminal.style("cyan", "→");
  if (type.endsWith("StateExited")) return terminal.style("green", "✓");
  // The iteration's failure repeats its state's and is followed by its Map's.
  return /(?:Failed|TimedOut)$/.test(type) && type !== "MapIterationFailed" ? terminal.style("red", "✗") : undefined;
}

function timeOf(event: ExecutionEvent, startedAtEpochMs: number, terminal: Terminal): string {
  const seconds = (event.timestampEpochMs - startedAtEpochMs) / 1000;
  return terminal.style("dim", `${seconds.toFixed(3).padStart(9)} s`);
}

/** @example placeOf([{ map: "Each", index: 2 }, { parallel: "Both", branch: 0 }]) // => "Each[2] › Both#0 › " */
function placeOf(path: ExecutionPath): string {
  return path
    .map((step) => ("map" in step ? `${step.map}[${step.index}] › ` : `${step.parallel}#${step.branch} › `))
    .join("");
}
