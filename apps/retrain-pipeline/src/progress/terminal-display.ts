/** Progress on a terminal: a row a model, redrawn in place while time passes. */
import { stripVTControlCharacters, styleText } from "node:util";
import { createLogUpdate } from "log-update";
import type { ProgressDisplay } from "./display.ts";
import type { ModelProgress, RunProgress, StepProgress } from "./run-progress.ts";
import { printSeconds } from "./seconds.ts";
import { stepLabel } from "./step-labels.ts";

const frameIntervalMs = 100;
const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export function terminalDisplay(stream: NodeJS.WriteStream, nowMs: () => number): ProgressDisplay {
  const redraw = createLogUpdate(stream);
  let latest: RunProgress = { rows: [] };
  const draw = () => redraw(renderProgress(latest, nowMs(), stream.columns));
  const timer = setInterval(draw, frameIntervalMs);
  return {
    show(progress) {
      latest = progress;
    },
    close() {
      clearInterval(timer);
      draw();
      redraw.done();
    },
  };
}

/** @param columns  the terminal's width; a row that does not fit shows only the step that runs */
export function renderProgress(progress: RunProgress, nowMs: number, columns = 80): string {
  const nameWidth = Math.max(0, ...progress.rows.map((row) => row.modelId.length));
  return progress.rows.map((row) => renderRow(row, nameWidth, nowMs, columns)).join("\n");
}

function renderRow(row: ModelProgress, nameWidth: number, nowMs: number, columns: number): string {
  const cells = row.steps.map((step) => renderStep(step, nowMs));
  const elapsed = row.startedAtMs === undefined ? "" : printSeconds((row.endedAtMs ?? nowMs) - row.startedAtMs);
  const name = styleText("bold", row.modelId.padEnd(nameWidth));
  const whole = `  ${name}  ${cells.join("  ")}  ${styleText("dim", elapsed)}`;
  if (stripVTControlCharacters(whole).length <= columns) return whole;
  const done = row.steps.filter((step) => step.status === "done").length;
  const current = cells.filter((_, index) => isActive(row.steps[index]));
  return `  ${name}  ${done}/${row.steps.length}  ${current.join("  ")}  ${styleText("dim", elapsed)}`;
}

function isActive(step: StepProgress | undefined): boolean {
  return step?.status === "running" || step?.status === "retrying";
}

function renderStep(step: StepProgress, nowMs: number): string {
  const label = stepLabel(step.stateName) + (step.note === undefined ? "" : ` ${step.note}`);
  return stepStyle[step.status](label, spinner[Math.floor(nowMs / frameIntervalMs) % spinner.length] ?? "");
}

const stepStyle: Record<StepProgress["status"], (label: string, frame: string) => string> = {
  waiting: (label) => styleText("dim", `· ${label}`),
  running: (label, frame) => styleText("cyan", `${frame} ${label}`),
  retrying: (label) => styleText("yellow", `↻ ${label}`),
  done: (label) => `${styleText("green", "✔")} ${label}`,
};
