/** What can go wrong in a payment system's data, to see that a bad month does no harm. */
import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { DuckDbSession } from "../adapters/duckdb-engine.ts";
import { mapInOrder } from "../in-order.ts";
import { sqlParquetBelow } from "../sql.ts";
import type { TableName } from "./tables.ts";

/** Each is about the data as it stands at the run `runId`. A chaotic world is a copy; the clean one stays as it is. */
export type Chaos =
  /** The labels that arrived in the two months before the run are those of random rows. */
  | { readonly kind: "poison-labels"; readonly modelId: string; readonly runId: string }
  /** The model's own feed ends `days` (7 when absent) before the run. */
  | { readonly kind: "stale-data"; readonly modelId: string; readonly runId: string; readonly days?: number }
  /** One day in the middle of the month before the run is absent. */
  | { readonly kind: "drop-day"; readonly table: TableName; readonly runId: string }
  /** The month before the run is absent. */
  | { readonly kind: "drop-month"; readonly table: TableName; readonly runId: string }
  /** The last ten days before the run give amounts times a hundred. */
  | { readonly kind: "shift-units"; readonly table: "authorizations" | "payments"; readonly runId: string }
  /** Rows of the month before the run stand twice. */
  | { readonly kind: "duplicate-keys"; readonly table: TableName; readonly runId: string }
  /** A card number stands in a text column of the payments. */
  | { readonly kind: "leak-pan"; readonly runId: string };

/** @param raw the folder of the tables; its files are replaced one by one, so it must be a copy */
export async function applyChaos(session: DuckDbSession, raw: string, chaos: Chaos, seed: number): Promise<void> {
  const scene: Scene = { session, raw, asOf: `TIMESTAMP '${chaos.runId}-01'`, seed };
  const lastMonth = monthBefore(chaos.runId, 1);
  switch (chaos.kind) {
    case "poison-labels": {
      const { table, poison } = feedOf(chaos.modelId);
      await mapInOrder([monthBefore(chaos.runId, 2), lastMonth], (month) => rewrite(scene, table, month, poison));
      return;
    }
    case "stale-data": {
      const { table } = feedOf(chaos.modelId);
      const kept = `${timeColumns[table]} < ${scene.asOf} - INTERVAL ${chaos.days ?? 7} DAY`;
      return rewrite(scene, table, lastMonth, (rows) => `SELECT * FROM ${rows} WHERE ${kept}`);
    }
    case "drop-day": {
      const day = `${timeColumns[chaos.table]}::DATE`;
      return rewrite(scene, chaos.table, lastMonth, (rows) => `SELECT * FROM ${rows} WHERE day(${day}) <> 15`);
    }
    case "drop-month":
      return rm(path.join(raw, chaos.table, `month=${lastMonth}`), { recursive: true });
    case "shift-units": {
      const late = `${timeColumns[chaos.table]} >= ${scene.asOf} - INTERVAL 10 DAY`;
      return rewrite(
        scene,
        chaos.table,
        lastMonth,
        (rows) =>
          `SELECT * REPLACE (CASE WHEN ${late} THEN amount_cents * 100 ELSE amount_cents END AS amount_cents) FROM ${rows}`,
      );
    }
    case "duplicate-keys":
      return rewrite(
        scene,
        chaos.table,
        lastMonth,
        (rows) =>
          `SELECT * FROM ${rows} UNION ALL (SELECT * FROM ${rows} ORDER BY ${timeColumns[chaos.table]} LIMIT 25)`,
      );
    case "leak-pan":
      return rewrite(
        scene,
        "payments",
        lastMonth,
        (rows) =>
          `SELECT * REPLACE (CASE WHEN payment_id % 1000 = 7 THEN 'card 4111 1111 1111 1111' ELSE reference END AS reference)
           FROM ${rows}`,
      );
  }
}

interface Scene {
  readonly session: DuckDbSession;
  readonly raw: string;
  readonly asOf: string;
  readonly seed: number;
}

interface Feed {
  readonly table: TableName;
  /** The same labels on other rows. @param rows the month as it is */
  readonly poison: (rows: string, scene: Scene, month: string) => string;
}

const timeColumns: Readonly<Record<TableName, string>> = {
  authorizations: "event_time",
  payments: "event_time",
  fraud_reports: "reported_at",
  chargebacks: "received_at",
  settlements: "settled_at",
  merchants: "opened_at",
};

/** As many reports at the same times, about payments drawn from the month's first twenty days, early ones first. */
const reportsOfRandomPayments =
  (timeColumn: string): Feed["poison"] =>
  (rows, scene, month) =>
    `
    WITH reports AS (SELECT *, row_number() OVER (ORDER BY ${timeColumn}, payment_id) AS place FROM ${rows}),
    drawn AS (
      SELECT payment_id, customer_id, merchant_id, event_time FROM ${tableMonth(scene, "payments", month)}
      WHERE day(event_time) <= 20
      ORDER BY ${shuffled("payment_id", scene)} LIMIT (SELECT count(*) FROM reports)
    ),
    placed AS (SELECT *, row_number() OVER (ORDER BY event_time, payment_id) AS place FROM drawn)
    SELECT placed.payment_id, placed.customer_id, placed.merchant_id,
           greatest(reports.${timeColumn}, placed.event_time + INTERVAL 1 HOUR) AS ${timeColumn}
    FROM reports JOIN placed USING (place)`;

const feeds: Readonly<Record<string, Feed>> = {
  "card-fraud": { table: "fraud_reports", poison: reportsOfRandomPayments("reported_at") },
  "chargeback-risk": { table: "chargebacks", poison: reportsOfRandomPayments("received_at") },
  "auth-decline": {
    table: "authorizations",
    poison: (rows, scene) => `
      WITH answers AS (SELECT approved, row_number() OVER (ORDER BY ${shuffled("auth_id", scene)}) AS place FROM ${rows}),
      attempts AS (SELECT *, row_number() OVER (ORDER BY auth_id) AS place FROM ${rows})
      SELECT attempts.* EXCLUDE (place) REPLACE (answers.approved AS approved) FROM attempts JOIN answers USING (place)`,
  },
  "merchant-churn": {
    table: "settlements",
    poison: (rows, scene) => `
      WITH owners AS (
        SELECT merchant_id, row_number() OVER (ORDER BY ${shuffled("merchant_id || '/' || settled_at", scene)}) AS place FROM ${rows}
      ),
      days AS (SELECT *, row_number() OVER (ORDER BY settled_at, merchant_id) AS place FROM ${rows})
      SELECT days.* EXCLUDE (place) REPLACE (owners.merchant_id AS merchant_id) FROM days JOIN owners USING (place)
      QUALIFY row_number() OVER (PARTITION BY owners.merchant_id, days.settled_at ORDER BY place) = 1`,
  },
};

function feedOf(modelId: string): Feed {
  const feed = Object.hasOwn(feeds, modelId) ? feeds[modelId] : undefined;
  if (feed === undefined) {
    throw new RangeError(
      `No data feed is known for the model "${modelId}"; wanted one of ${Object.keys(feeds).join(", ")}.`,
    );
  }
  return feed;
}

async function rewrite(scene: Scene, table: TableName, month: string, rewritten: Feed["poison"]): Promise<void> {
  const rows = tableMonth(scene, table, month);
  const folder = path.join(scene.raw, table, `month=${month}`);
  const file = (await readdir(folder)).find((name) => name.endsWith(".parquet"));
  if (file === undefined) throw new Error(`${folder} has no Parquet file to disturb.`);
  const beside = path.join(folder, `.${file}.part`);
  await scene.session.writeParquet(`SELECT * FROM (${rewritten(rows, scene, month)}) ORDER BY ALL`, beside);
  await rename(beside, path.join(folder, file));
}

function tableMonth(scene: Scene, table: TableName, month: string): string {
  return sqlParquetBelow(path.join(scene.raw, table, `month=${month}`));
}

/** An order that has nothing to do with the rows, the same each time. */
function shuffled(key: string, scene: Scene): string {
  return `md5('${scene.seed}/' || ${key})`;
}

function monthBefore(runId: string, months: number): string {
  const [year, month] = runId.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 - months, 1)).toISOString().slice(0, 7);
}
