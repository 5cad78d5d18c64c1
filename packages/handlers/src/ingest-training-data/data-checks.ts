/** What a source must be before a model may learn from it, each check with what was found and what was wanted. */
import type { FailureName } from "../failures.ts";
import { mapInOrder } from "../in-order.ts";
import type { SourceSpec } from "../models/model-spec.ts";
import type { DataSession, SqlRow } from "../ports.ts";
import { sqlTimestamp } from "../sql.ts";
import type { TimeSpan } from "../timeline.ts";
import { isCardNumber, maskedDigits } from "./card-number.ts";

export interface CheckResult {
  readonly table: string;
  readonly check: string;
  readonly verdict: "passed" | "warned" | "failed";
  readonly found: string;
  readonly wanted: string;
  readonly error: FailureName;
}

/** Checks one source, which the session sees as a view of the table's name, cut to the span. */
export async function checkSource(
  session: DataSession,
  source: SourceSpec,
  span: TimeSpan,
): Promise<readonly CheckResult[]> {
  const [facts = {}] = await session.query(factsSql(source, span));
  return [
    ...contentChecks(source, facts),
    ...(source.role === "dimension" ? [] : timeChecks(source, facts, span)),
    ...(await panChecks(session, source)),
  ];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const recentDays = 7;
const trailingDays = 28;

function factsSql(source: SourceSpec, span: TimeSpan): string {
  const { table, timeColumn, key, amountColumn } = source;
  const recent = sqlTimestamp(span.toEpochMs - recentDays * dayMs);
  const trailing = sqlTimestamp(span.toEpochMs - (recentDays + trailingDays) * dayMs);
  const keys = key.length === 1 ? key[0] : `(${key.join(", ")})`;
  const nulls = Object.keys(source.columns).map((column) => `count(*) - count(${column})`);
  const amounts =
    amountColumn === undefined
      ? []
      : [
          `min(${amountColumn}) AS least_amount`,
          `avg(${amountColumn}) FILTER (${timeColumn} >= ${recent}) AS recent_amount`,
          `avg(${amountColumn}) FILTER (${timeColumn} >= ${trailing} AND ${timeColumn} < ${recent}) AS trailing_amount`,
        ];
  return `
    SELECT count(*) AS n, count(*) - count(DISTINCT ${keys}) AS repeated, ${nulls.join(" + ")} AS nulls,
           max(epoch_ms(${timeColumn})) AS newest, count(DISTINCT ${timeColumn}::DATE) AS days_seen,
           count(*) FILTER (${timeColumn} >= ${recent}) AS recent_rows,
           count(*) FILTER (${timeColumn} >= ${trailing} AND ${timeColumn} < ${recent}) AS trailing_rows
           ${amounts.map((amount) => `, ${amount}`).join("")}
    FROM ${table}`;
}

function contentChecks(source: SourceSpec, facts: SqlRow): readonly CheckResult[] {
  const { table, amountColumn } = source;
  const results = [
    verdict(table, "no repeated key", count(facts, "repeated") === 0, `${count(facts, "repeated")} repeated`, "0"),
    verdict(table, "no empty cell", count(facts, "nulls") === 0, `${count(facts, "nulls")} empty`, "0"),
  ];
  if (source.role !== "labels") {
    results.push(verdict(table, "has rows", count(facts, "n") > 0, `${count(facts, "n")} rows`, "at least 1"));
  }
  if (amountColumn === undefined) return results;
  const least = count(facts, "least_amount");
  return [
    ...results,
    verdict(table, `${amountColumn} above zero`, least > 0, `least is ${least}`, "above 0"),
    ...graded(table, `${amountColumn} keeps its unit`, count(facts, "recent_amount"), count(facts, "trailing_amount"), {
      warn: 1.5,
      fail: 4,
    }),
  ];
}

function timeChecks(source: SourceSpec, facts: SqlRow, span: TimeSpan): readonly CheckResult[] {
  const { table, freshWithinHours = 48 } = source;
  const newest = typeof facts["newest"] === "number" ? facts["newest"] : Number.NEGATIVE_INFINITY;
  const ageHours = (span.toEpochMs - newest) / hourMs;
  const newestText = Number.isFinite(newest) ? new Date(newest).toISOString() : "never";
  const fresh = verdict(
    table,
    `fresh within ${freshWithinHours} h`,
    ageHours <= freshWithinHours,
    `the newest row is of ${newestText}`,
    `at most ${freshWithinHours} h before ${new Date(span.toEpochMs).toISOString()}`,
    "StaleDataError",
  );
  // Labels come when they come; only events come every day.
  if (source.role === "labels") return [fresh];
  const wantedDays = Math.round((span.toEpochMs - span.fromEpochMs) / dayMs);
  const rowsPerDay = {
    now: count(facts, "recent_rows") / recentDays,
    before: count(facts, "trailing_rows") / trailingDays,
  };
  return [
    fresh,
    verdict(
      table,
      "no missing day",
      count(facts, "days_seen") >= wantedDays,
      `${wantedDays - count(facts, "days_seen")} of ${wantedDays} days have no row`,
      "0",
      "StaleDataError",
    ),
    ...graded(table, "rows a day as before", rowsPerDay.now, rowsPerDay.before, { warn: 1.4, fail: 2.5 }),
  ];
}

/** Columns that hold text must not hold card numbers; the number itself is never repeated. */
async function panChecks(session: DataSession, source: SourceSpec): Promise<readonly CheckResult[]> {
  const columns = Object.keys(source.columns).filter((column) => source.columns[column] === "VARCHAR");
  return mapInOrder(columns, async (column) => {
    const suspects = await session.query(
      `SELECT DISTINCT ${column} AS suspect FROM ${source.table}
       WHERE regexp_matches(${column}, '[0-9]([ -]?[0-9]){12}') ORDER BY suspect LIMIT 10000`,
    );
    const found = suspects.map((row) => String(row["suspect"])).find((text) => isCardNumber(text));
    const what = found === undefined ? "none" : maskedDigits(found);
    return verdict(source.table, `no card number in ${column}`, found === undefined, what, "none", "PanDetectedError");
  });
}

function verdict(
  table: string,
  check: string,
  passed: boolean,
  found: string,
  wanted: string,
  error: FailureName = "DataValidationError",
): CheckResult {
  return { table, check, verdict: passed ? "passed" : "failed", found, wanted, error };
}

/** How far a mean has moved; no result when there is nothing to compare, which other checks tell. */
function graded(
  table: string,
  check: string,
  now: number,
  before: number,
  bounds: { readonly warn: number; readonly fail: number },
): readonly CheckResult[] {
  if (now === 0 || before === 0) return [];
  const ratio = now / before;
  const distance = Math.max(ratio, 1 / ratio);
  const grade = distance <= bounds.warn ? "passed" : distance <= bounds.fail ? "warned" : "failed";
  return [
    {
      table,
      check,
      verdict: grade,
      found: `${ratio.toFixed(2)} times the four weeks before`,
      wanted: `${(1 / bounds.fail).toFixed(2)} to ${bounds.fail}`,
      error: "DataValidationError",
    },
  ];
}

function count(facts: SqlRow, name: string): number {
  return Number(facts[name] ?? 0);
}
