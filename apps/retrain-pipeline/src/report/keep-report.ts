/** What a run leaves for people: the page, the results as JSON, and the history in AWS's form. */
import type { Ports } from "@stepwright/handlers";
import type { ExecutionResult } from "@stepwright/local-runner";
import { renderReportPage } from "./report-page.ts";
import type { RunReport } from "./run-report.ts";

export interface KeptReport {
  /** Of the page. */
  readonly uri: string;
  /** An earlier execution of the same run had the same results: its report stays, because it shows the work. */
  readonly repeated: boolean;
}

export async function keepReport(
  ports: Pick<Ports, "objects">,
  report: RunReport,
  execution: ExecutionResult,
): Promise<KeptReport> {
  const folder = `runs/${report.runId}/report/`;
  const results = printJson(report.models.map((model) => model.result));
  const kept = await ports.objects.list(folder);
  const page = kept.find(({ key }) => key === `${folder}${files.page}`);
  const before = kept.find(({ key }) => key === `${folder}${files.results}`);
  if (page !== undefined && before !== undefined) {
    const text = new TextDecoder().decode(await ports.objects.read(before.uri));
    if (text === results) return { uri: page.uri, repeated: true };
  }
  await ports.objects.write(`${folder}${files.history}`, printJson({ events: execution.history.toHistoryEvents() }));
  const { uri } = await ports.objects.write(`${folder}${files.page}`, renderReportPage(report, files.history));
  await ports.objects.write(`${folder}${files.results}`, results);
  return { uri, repeated: false };
}

const files = { page: "report.html", results: "results.json", history: "history.json" } as const;

function printJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
