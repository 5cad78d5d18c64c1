/** A run's report as one HTML page that needs nothing else: no script, no font, no network. */
import { printSeconds } from "../progress/seconds.ts";
import { stepLabel } from "../progress/step-labels.ts";
import type { StepProgress } from "../progress/run-progress.ts";
import type { Evaluation, ModelReport, RunReport } from "./run-report.ts";

/** @param historyFile  of the execution, beside the page */
export function renderReportPage(report: RunReport, historyFile: string): string {
  const title = `Retraining ${report.runId}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<p>Data known before ${escapeHtml(report.asOf.slice(0, 10))} · ${report.models.length} models in
${printSeconds(report.stoppedAtEpochMs - report.startedAtEpochMs)} · started
${new Date(report.startedAtEpochMs).toISOString()}</p>
</header>
<section>${renderResults(report.models)}</section>
<section><h2>Timeline</h2>${renderTimeline(report)}</section>
<section><h2>Gates</h2>${report.models.map(renderGate).join("\n")}</section>
<footer>
<p><code>${escapeHtml(report.executionArn)}</code></p>
<p>${report.historyEvents} history events (<a href="${historyFile}">${historyFile}</a>) · largest payload
${report.largestPayloadBytes.toLocaleString("en")} bytes${
    report.largestPayloadState === undefined ? "" : ` in ${escapeHtml(report.largestPayloadState)}`
  } of 262,144 allowed</p>
<p>The data is simulated and easier than reality; so are the scores.</p>
</footer>
</main>
</body>
</html>
`;
}

function renderResults(models: readonly ModelReport[]): string {
  const rows = models.map(({ result, durationMs }) => {
    const { metrics } = result;
    const cells = [metrics?.auc, metrics?.prauc, metrics?.logLoss, metrics?.ece].map(
      (value) => `<td class="number">${value === undefined ? "–" : value.toFixed(4)}</td>`,
    );
    return `<tr><th scope="row">${escapeHtml(result.modelId)}</th>
<td><span class="status ${result.status.toLowerCase()}">${result.status}</span></td>
<td><code>${escapeHtml(result.version ?? "–")}</code></td><td><code>${escapeHtml(result.serving ?? "–")}</code></td>
${cells.join("")}<td class="number">${durationMs === undefined ? "–" : printSeconds(durationMs)}</td></tr>`;
  });
  return `<table><thead><tr><th>Model</th><th>Decision</th><th>Version</th><th>Serving</th>
<th class="number">AUC</th><th class="number">PR-AUC</th><th class="number">Log loss</th><th class="number">ECE</th>
<th class="number">Time</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

const chart = { width: 960, nameWidth: 150, rowHeight: 34, barHeight: 20, axisHeight: 26 } as const;

function renderTimeline(report: RunReport): string {
  const spanMs = Math.max(1, report.stoppedAtEpochMs - report.startedAtEpochMs);
  const x = (atMs: number) =>
    chart.nameWidth + ((atMs - report.startedAtEpochMs) / spanMs) * (chart.width - chart.nameWidth - 10);
  const height = report.models.length * chart.rowHeight + chart.axisHeight;
  const rows = report.models.map(({ timeline }, index) => {
    const top = index * chart.rowHeight;
    const bars = timeline.steps.map((step, order) => renderBar(step, order, top + 6, x));
    return `<text class="name" x="0" y="${top + 21}">${escapeHtml(timeline.modelId)}</text>${bars.join("")}`;
  });
  const ticks = tickSeconds(spanMs / 1000).map((seconds) => {
    const at = x(report.startedAtEpochMs + seconds * 1000).toFixed(1);
    return `<line class="grid" x1="${at}" x2="${at}" y1="0" y2="${height - chart.axisHeight}"/>
<text class="tick" x="${at}" y="${height - 8}">${seconds} s</text>`;
  });
  return `<svg viewBox="0 0 ${chart.width} ${height}" role="img" aria-label="What each model did when">
${ticks.join("\n")}
${rows.join("\n")}</svg>`;
}

function renderBar(step: StepProgress, order: number, top: number, x: (atMs: number) => number): string {
  if (step.startedAtMs === undefined || step.endedAtMs === undefined) return "";
  const left = x(step.startedAtMs);
  const width = Math.max(1.5, x(step.endedAtMs) - left);
  const label = stepLabel(step.stateName);
  const retried = step.attempts > 1 ? `, ${step.attempts} attempts` : "";
  const text =
    width > label.length * 7 + 8
      ? `<text class="step" x="${(left + width / 2).toFixed(1)}" y="${top + 14}">${label}</text>`
      : "";
  return `<g><title>${escapeHtml(label)}: ${printSeconds(step.endedAtMs - step.startedAtMs)}${retried}</title>
<rect class="step-${order}" x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${chart.barHeight}" rx="3"/>${text}</g>`;
}

/** Four to nine round marks. */
function tickSeconds(spanSeconds: number): readonly number[] {
  const rough = spanSeconds / 6;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 0.001)));
  const stepSeconds = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  return Array.from({ length: Math.floor(spanSeconds / stepSeconds) + 1 }, (_, index) =>
    Number((index * stepSeconds).toPrecision(6)),
  );
}

function renderGate({ result, evaluation }: ModelReport): string {
  const body =
    evaluation === undefined
      ? `<p>Not evaluated: ${escapeHtml(result.reason ?? "no reason given")}</p>`
      : renderRules(evaluation);
  return `<article><h3>${escapeHtml(result.modelId)} <span class="status ${result.status.toLowerCase()}">${result.status}</span></h3>${body}</article>`;
}

function renderRules(evaluation: Evaluation): string {
  const rules = evaluation.rules.map(
    ({ rule, passed, value }) =>
      `<li class="${passed ? "passed" : "failed"}">${escapeHtml(rule)} <b>${value.toPrecision(4)}</b></li>`,
  );
  const { champion, deltaPrauc } = evaluation;
  const compared =
    champion === undefined || deltaPrauc === undefined
      ? "no champion yet"
      : `against <code>${escapeHtml(champion.version)}</code>: PR-AUC ${signed(deltaPrauc.mean)}
(95 % interval ${signed(deltaPrauc.lower)} to ${signed(deltaPrauc.upper)})`;
  return `<p>${evaluation.candidate.rows.toLocaleString("en")} test rows,
${evaluation.candidate.positives.toLocaleString("en")} positive; ${compared}</p><ul>${rules.join("")}</ul>`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#d9dde3, #3a3f47); --soft: light-dark(#5b6470, #9aa4b1);
  --good: light-dark(#157a3d, #5fd38d); --warn: light-dark(#8a5a00, #f0b849); --bad: light-dark(#b3261e, #ff8a80); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#fff, #16181c); }
main { max-width: 1000px; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { margin: 0; font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 0; }
header p, footer, .tick { color: var(--soft); fill: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
section { overflow-x: auto; }
th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.number { text-align: right; }
code { font-size: .9em; }
.status { font-weight: 600; font-size: .85em; }
.deployed { color: var(--good); } .skipped, .pending_approval { color: var(--warn); }
.rejected, .rolled_back, .failed { color: var(--bad); }
svg { width: 100%; min-width: 640px; height: auto; font: 12px system-ui, sans-serif; }
svg .name { fill: currentColor; font-weight: 600; } svg .step { fill: #fff; text-anchor: middle; }
svg .tick { text-anchor: middle; } svg .grid { stroke: var(--line); }
.step-0 { fill: #4063a8; } .step-1 { fill: #2f7f86; } .step-2 { fill: #a8562f; } .step-3 { fill: #6b4fa0; }
.step-4 { fill: #5c6b2e; } .step-5 { fill: #3a7a4b; } .step-6 { fill: #7a3a63; }
article ul { list-style: none; padding: 0; margin: .25rem 0; } article p { margin: .25rem 0; }
li.passed::before { content: "✔ "; color: var(--good); } li.failed::before { content: "✘ "; color: var(--bad); }
footer { margin-top: 2.5rem; font-size: .85rem; } footer p { margin: .2rem 0; }
`;
