/** The verdicts as a table: one line for a kind and group, then what failed and why. */
import type { Verdict } from "./verdict.ts";

const statuses = ["passed", "failed", "exception", "unsupported"] as const;
const headings = ["kind", "group", "passed", "failed", "known exceptions", "not supported yet"];

export interface SummaryRow {
  readonly kind: string;
  readonly group: string;
  readonly passed: number;
  readonly failed: number;
  readonly exception: number;
  readonly unsupported: number;
}

export function summarise(verdicts: readonly Verdict[]): readonly SummaryRow[] {
  const rows = new Map<string, Record<(typeof statuses)[number], number> & { kind: string; group: string }>();
  for (const { kind, group, status } of verdicts) {
    const key = `${kind}\n${group}`;
    const row = rows.get(key) ?? { kind, group, passed: 0, failed: 0, exception: 0, unsupported: 0 };
    row[status]++;
    rows.set(key, row);
  }
  return [...rows.values()].toSorted((a, b) => a.kind.localeCompare(b.kind) || a.group.localeCompare(b.group));
}

export function printSummary(verdicts: readonly Verdict[]): string {
  const rows = summarise(verdicts).map((row) => [
    row.kind,
    row.group,
    ...statuses.map((status) => String(row[status])),
  ]);
  const totals = ["", "total", ...statuses.map((status) => String(countOf(verdicts, status)))];
  const sections = [printTable([headings, ...rows, totals])];
  for (const { id, regressed, differences = [] } of verdicts.filter(({ status }) => status === "failed")) {
    sections.push(
      [`${regressed ? "REGRESSED" : "failed"} ${id}`, ...differences.slice(0, 3).map(printDifference)].join("\n"),
    );
  }
  const reasons = Map.groupBy(
    verdicts.filter(({ reason }) => reason !== undefined),
    ({ status, reason }) => `${status === "exception" ? "known exception" : "not supported yet"}: ${reason}`,
  );
  sections.push([...reasons].map(([reason, { length }]) => `${length} × ${reason}`).join("\n"));
  return sections.filter((section) => section !== "").join("\n\n");
}

function countOf(verdicts: readonly Verdict[], status: Verdict["status"]): number {
  return verdicts.filter((verdict) => verdict.status === status).length;
}

function printDifference({ path, expected, actual }: { path: string; expected: unknown; actual: unknown }): string {
  return `  ${path}\n    wanted ${brief(expected)}\n    found  ${brief(actual)}`;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function printTable(rows: readonly (readonly string[])[]): string {
  const widths = headings.map((_heading, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}
