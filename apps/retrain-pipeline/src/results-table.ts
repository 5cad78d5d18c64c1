/** The table that a run ends with: a row a model. */
import { stripVTControlCharacters, styleText } from "node:util";
import type { z } from "zod";
import type { TrainingStatus } from "./contracts.ts";

export type ModelResult = z.infer<typeof TrainingStatus>;

const heading = ["model", "decision", "version", "AUC", "PR-AUC", "ECE", "seconds"] as const;
const alignedRight = new Set<string>(["AUC", "PR-AUC", "ECE", "seconds"]);

const decisionColour: Record<ModelResult["status"], "green" | "yellow" | "red"> = {
  DEPLOYED: "green",
  PENDING_APPROVAL: "yellow",
  SKIPPED: "yellow",
  REJECTED: "red",
  ROLLED_BACK: "red",
  FAILED: "red",
};

export interface ResultRow {
  readonly result: ModelResult;
  /** From the start of the model's iteration to its end. */
  readonly durationMs: number | undefined;
}

export function printResults(results: readonly ResultRow[]): string {
  const rows = results.map(({ result, durationMs }) => [
    result.modelId,
    styleText(decisionColour[result.status], result.status),
    result.version ?? "-",
    printNumber(result.metrics?.auc, 3),
    printNumber(result.metrics?.prauc, 3),
    printNumber(result.metrics?.ece, 4),
    printNumber(durationMs === undefined ? undefined : durationMs / 1000, 1),
  ]);
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => shownWidth(row[column] ?? ""))),
  );
  const lines = [heading.map((title) => styleText("bold", title)), ...rows].map((row) => printRow(row, widths));
  const notes = results.flatMap(({ result }) => noteOf(result));
  return [...lines, ...(notes.length === 0 ? [] : ["", ...notes])].join("\n");
}

/** Why a model's version is not in service, and what serves in its place. */
function noteOf(result: ModelResult): readonly string[] {
  if (result.status === "DEPLOYED") return [];
  const why = result.failedRules.length > 0 ? result.failedRules.join("; ") : (result.reason ?? "no reason given");
  const serving = result.serving === undefined ? "nothing serves yet" : `${result.serving} keeps serving`;
  return [`  ${result.modelId}: ${why} (${serving})`];
}

function printRow(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, column) => {
    const padding = " ".repeat((widths[column] ?? 0) - shownWidth(cell));
    return alignedRight.has(heading[column] ?? "") ? padding + cell : cell + padding;
  });
  return `  ${padded.join("  ").trimEnd()}`;
}

function shownWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}

function printNumber(value: number | undefined, digits: number): string {
  return value === undefined ? "-" : value.toFixed(digits);
}
