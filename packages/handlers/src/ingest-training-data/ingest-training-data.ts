/** The first step: reads the sources as they were known at `asOf`, checks them, and keeps one ordered snapshot. */
import { hashOfJson } from "../canonical-json.ts";
import type { RetrainItem } from "../contracts.ts";
import { PipelineError } from "../failures.ts";
import type { FailureName } from "../failures.ts";
import { mapInOrder } from "../in-order.ts";
import type { ModelSpec, SourceSpec } from "../models/model-spec.ts";
import type { DataSession, ListedObject, Ports } from "../ports.ts";
import { runStep } from "../run-step.ts";
import { sqlParquet, sqlTimestamp } from "../sql.ts";
import { monthsOf, windowBefore } from "../timeline.ts";
import type { TimeSpan } from "../timeline.ts";
import type { IngestTrainingDataInput, IngestTrainingDataOutput } from "./contract.generated.ts";
import { checkSource } from "./data-checks.ts";
import type { CheckResult } from "./data-checks.ts";

export const ingestTrainingData =
  (ports: Ports) =>
  async (item: IngestTrainingDataInput): Promise<IngestTrainingDataOutput> => {
    const spec = specOf(ports, item.modelId);
    const span = windowBefore(item.asOf, spec.windowDays);
    const sources = await Promise.all(spec.sources.map((source) => listSource(ports, source, span)));
    const revisions = sources.map(({ partitions }) => partitions.map(({ key, revision }) => [key, revision]));
    return runStep<IngestTrainingDataOutput>(
      ports,
      { item, step: "ingest", inputs: { spec: hashOfJson(spec), revisions }, onStopped: (stopped) => stopped },
      () => ingest(ports, item, spec, span, sources),
    );
  };

/** @throws `UnknownModelError`: the run was asked for wrongly */
export function specOf(ports: Pick<Ports, "catalog">, modelId: string): ModelSpec {
  const spec = ports.catalog.find(modelId);
  if (spec === undefined) {
    const known = ports.catalog.modelIds.join(", ");
    throw new PipelineError("UnknownModelError", `There is no model "${modelId}"; wanted one of ${known}.`);
  }
  return spec;
}

interface ListedSource {
  readonly source: SourceSpec;
  readonly partitions: readonly ListedObject[];
  readonly missingMonths: readonly string[];
}

async function listSource(ports: Ports, source: SourceSpec, span: TimeSpan): Promise<ListedSource> {
  if (source.role === "dimension") {
    const lastMonth = monthsOf(span).at(-1) ?? "";
    const all = await ports.raw.list(`${source.table}/`);
    const partitions = all.filter(({ key }) => (/month=(\d{4}-\d{2})\//.exec(key)?.[1] ?? "") <= lastMonth);
    return { source, partitions, missingMonths: partitions.length === 0 ? ["any"] : [] };
  }
  const months = monthsOf(span);
  const listed = await Promise.all(months.map((month) => ports.raw.list(`${source.table}/month=${month}/`)));
  return { source, partitions: listed.flat(), missingMonths: months.filter((_, index) => listed[index]?.length === 0) };
}

async function ingest(
  ports: Ports,
  item: RetrainItem,
  spec: ModelSpec,
  span: TimeSpan,
  sources: readonly ListedSource[],
): Promise<IngestTrainingDataOutput> {
  assertNoMissingMonth(sources, span);
  const runFolder = `runs/${item.runId}/${item.modelId}`;
  return ports.engine.session(async (session) => {
    const checks = await checkSources(ports, session, sources, span);
    const report = `${JSON.stringify({ modelId: item.modelId, asOf: item.asOf, checks }, null, 2)}\n`;
    const { uri: reportUri } = await ports.objects.write(
      `${runFolder}/data-checks-${hashOfJson(checks).slice(0, 8)}.json`,
      report,
    );
    assertChecksPassed(checks, reportUri);

    const dataset = await ports.objects.writeFile(
      (sha256) => `${runFolder}/snapshot-${sha256.slice(0, 8)}.parquet`,
      (path) => session.writeParquet(`SELECT * FROM (${spec.snapshotSql}) ORDER BY event_time, row_id`, path),
    );
    const snapshot = sqlParquet([await ports.objects.localPath(dataset.uri)]);
    const [facts = {}] = await session.query(
      `SELECT count(*) AS n, min(event_time) AS earliest, max(event_time) AS latest FROM ${snapshot}`,
    );
    return {
      ...item,
      outcome: "OK",
      dataset: {
        ...dataset,
        rows: Number(facts["n"]),
        minEventTime: String(facts["earliest"]),
        maxEventTime: String(facts["latest"]),
        sourcePartitions: sources.reduce((total, { partitions }) => total + partitions.length, 0),
      },
      dataChecks: {
        passed: checks.filter((check) => check.verdict === "passed").length,
        warned: checks.filter((check) => check.verdict === "warned").map((check) => `${check.table}: ${check.check}`),
        reportUri,
      },
    };
  });
}

async function checkSources(
  ports: Ports,
  session: DataSession,
  sources: readonly ListedSource[],
  span: TimeSpan,
): Promise<readonly CheckResult[]> {
  const checks = await mapInOrder(sources, async ({ source, partitions }) => {
    await openSource(ports, session, source, partitions, span);
    return checkSource(session, source, span);
  });
  return checks.flat();
}

function assertNoMissingMonth(sources: readonly ListedSource[], span: TimeSpan): void {
  const missing = sources.flatMap(({ source, missingMonths }) =>
    missingMonths.map((month) => `${source.table} month=${month}`),
  );
  if (missing.length === 0) return;
  const months = monthsOf(span);
  throw new PipelineError(
    "SourceNotReadyError",
    `There is no data for ${missing.join(", ")}; wanted ${months[0]} to ${months.at(-1)}.`,
  );
}

/** The source as a view of its table's name: its files checked for their columns, its rows cut at both ends. */
async function openSource(
  ports: Ports,
  session: DataSession,
  source: SourceSpec,
  partitions: readonly ListedObject[],
  span: TimeSpan,
): Promise<void> {
  const paths = await Promise.all(partitions.map(({ uri }) => ports.raw.localPath(uri)));
  await mapInOrder(paths, (path, index) => assertColumns(session, source, path, partitions[index]?.uri ?? path));
  const columns = Object.keys(source.columns).join(", ");
  const from = source.role === "dimension" ? "" : `AND ${source.timeColumn} >= ${sqlTimestamp(span.fromEpochMs)}`;
  await session.run(`
    CREATE TEMP VIEW ${source.table} AS SELECT ${columns} FROM ${sqlParquet(paths)}
    WHERE ${source.timeColumn} < ${sqlTimestamp(span.toEpochMs)} ${from}`);
}

async function assertColumns(session: DataSession, source: SourceSpec, path: string, uri: string): Promise<void> {
  let described;
  try {
    described = await session.query(`DESCRIBE SELECT * FROM ${sqlParquet([path])}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PipelineError("SourceUnreadableError", `${uri} cannot be read as Parquet: ${why}`, { cause: error });
  }
  const found = new Map(described.map((row) => [row["column_name"], row["column_type"]]));
  const wrong = Object.entries(source.columns).filter(([column, type]) => found.get(column) !== type);
  if (wrong.length === 0) return;
  const differences = wrong.map(([column, type]) => `${column} is ${found.get(column) ?? "absent"}, wanted ${type}`);
  throw new PipelineError("SchemaMismatchError", `${uri}: ${differences.join("; ")}.`);
}

/** What weighs most comes first: card numbers, then what is stale, then what is wrong. */
const gravity: readonly FailureName[] = ["PanDetectedError", "StaleDataError", "DataValidationError"];

function assertChecksPassed(checks: readonly CheckResult[], reportUri: string): void {
  const failed = checks.filter((check) => check.verdict === "failed");
  const gravest = gravity.find((name) => failed.some((check) => check.error === name));
  if (gravest === undefined) return;
  const sentences = failed.map(({ table, check, found, wanted }) => `${table}: ${check} (${found}; wanted ${wanted})`);
  throw new PipelineError(gravest, `${sentences.join("; ")}.`, { reportUri });
}
