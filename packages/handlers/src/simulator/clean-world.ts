/** The simulation written out: one Parquet file a table and month, rows in the order of time. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { DuckDbSession } from "../adapters/duckdb-engine.ts";
import { mapInOrder } from "../in-order.ts";
import { monthsFor } from "./calendar.ts";
import { simulateMonths } from "./simulated-months.ts";
import type { SimulatedMonth } from "./simulated-months.ts";
import { tableQueries } from "./tables.ts";

export interface CleanWorldOptions {
  readonly folder: string;
  readonly seed: number;
  readonly customers: number;
  readonly runs: number;
  readonly onMonth: ((month: string, done: number, total: number) => void) | undefined;
}

/** @returns the number of authorization attempts */
export async function writeCleanWorld(session: DuckDbSession, options: CleanWorldOptions): Promise<number> {
  const months = monthsFor(options.runs);
  const attempts = await mapInOrder(simulateMonths(months, options), async (month, index) => {
    await writeMonth(session, options.folder, month);
    options.onMonth?.(month.name, index + 1, months.length);
    return month.attempts.id.length;
  });
  return attempts.reduce((total, count) => total + count, 0);
}

async function writeMonth(session: DuckDbSession, folder: string, month: SimulatedMonth): Promise<void> {
  const { name, attempts, reports, disputes, newcomers } = month;
  await mapInOrder(Object.entries({ attempts, reports, disputes, newcomers }), ([table, columns]) =>
    session.createTable(table, columns),
  );
  await mapInOrder(Object.entries(tableQueries), async ([table, sql]) => {
    const partition = path.join(folder, "raw", table, `month=${name}`);
    await mkdir(partition, { recursive: true });
    await session.writeParquet(sql, path.join(partition, "part-0.parquet"));
  });
}
