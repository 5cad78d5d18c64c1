/** The simulation written out: one Parquet file a table and month, rows in the order of time. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { DuckDbSession } from "../adapters/local/duckdb-engine.ts";
import { dayMs, monthsFor, worldStartEpochMs } from "./calendar.ts";
import type { Month } from "./calendar.ts";
import { attemptsOfDay } from "./day.ts";
import type { Attempt, Underworld } from "./day.ts";
import { marketplaceOn } from "./marketplace.ts";
import { categories, customerOf, districtsOf, merchantOf, merchantsUntil } from "./population.ts";
import type { Customer, Merchant } from "./population.ts";
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
  const { seed } = options;
  const districts = districtsOf(options.customers);
  const customers: readonly Customer[] = Array.from({ length: options.customers }, (_, index) =>
    customerOf(seed, index, districts),
  );
  const merchants: Merchant[] = [];
  const underworld: Underworld = { takenOver: new Map(), compromised: new Map() };
  const months = monthsFor(options.runs);
  const fraudReports = reportQueue();
  const chargebacks = reportQueue();
  let market = marketplaceOn(0, [], districts);
  let attempted = 0;

  for (const [done, month] of months.entries()) {
    const firstMerchant = merchants.length;
    const attempts = emptyAttempts();
    for (let day = month.firstDay; day < month.endDay; day++) {
      const known = merchants.length;
      while (merchants.length < merchantsUntil(day, options.customers)) {
        merchants.push(merchantOf(seed, merchants.length, options.customers));
      }
      if (day % 7 === 0 || merchants.length > known) market = marketplaceOn(day, merchants, districts);
      for (const attempt of attemptsOfDay({ seed, day, customers, merchants, market, underworld })) {
        appendAttempt(attempts, attempted, attempt, customers, merchants);
        fraudReports.add(attempted, attempt, attempt.fraudReportedSecond);
        chargebacks.add(attempted, attempt, attempt.chargebackSecond);
        attempted++;
      }
    }
    await session.createTable("attempts", attempts);
    await session.createTable("reports", fraudReports.takeUntil(month.endDay));
    await session.createTable("disputes", chargebacks.takeUntil(month.endDay));
    await session.createTable("newcomers", merchantColumns(merchants, firstMerchant));
    await writeMonth(session, options.folder, month);
    options.onMonth?.(month.name, done + 1, months.length);
  }
  return attempted;
}

async function writeMonth(session: DuckDbSession, folder: string, month: Month): Promise<void> {
  for (const [table, sql] of Object.entries(tableQueries)) {
    const partition = path.join(folder, "raw", table, `month=${month.name}`);
    await mkdir(partition, { recursive: true });
    await session.writeParquet(sql, path.join(partition, "part-0.parquet"));
  }
}

const epochSecondOfDayZero = worldStartEpochMs / 1_000;

function emptyAttempts() {
  return {
    id: [] as number[],
    second: [] as number[],
    customer: [] as number[],
    merchant: [] as number[],
    issuer: [] as number[],
    mcc: [] as number[],
    amount_cents: [] as number[],
    card_not_present: [] as number[],
    three_ds: [] as number[],
    cross_border: [] as number[],
    approved: [] as number[],
  };
}

function appendAttempt(
  columns: ReturnType<typeof emptyAttempts>,
  id: number,
  attempt: Attempt,
  customers: readonly Customer[],
  merchants: readonly Merchant[],
): void {
  columns.id.push(id);
  columns.second.push(epochSecondOfDayZero + attempt.second);
  columns.customer.push(attempt.customer);
  columns.merchant.push(attempt.merchant);
  columns.issuer.push(customers[attempt.customer]?.issuer ?? 0);
  columns.mcc.push(codeOf(merchants[attempt.merchant]));
  columns.amount_cents.push(attempt.amountCents);
  columns.card_not_present.push(Number(attempt.cardNotPresent));
  columns.three_ds.push(Number(attempt.threeDs));
  columns.cross_border.push(Number(attempt.crossBorder));
  columns.approved.push(Number(attempt.approved));
}

function merchantColumns(merchants: readonly Merchant[], from: number) {
  const added = merchants.slice(from);
  return {
    merchant: added.map((_, index) => from + index),
    mcc: added.map((merchant) => codeOf(merchant)),
    digital: added.map((merchant) => Number(merchant.digital)),
    opened_second: added.map((merchant) => epochSecondOfDayZero + (merchant.openDay * dayMs) / 1_000),
  };
}

function codeOf(merchant: Merchant | undefined): number {
  return categories[merchant?.category ?? 0]?.code ?? 0;
}

/** Reports that arrive after the month of their payment wait for their own month. */
function reportQueue() {
  let waiting: { id: number; customer: number; merchant: number; second: number }[] = [];
  return {
    add: (id: number, attempt: Attempt, second: number | undefined) => {
      if (second !== undefined) waiting.push({ id, customer: attempt.customer, merchant: attempt.merchant, second });
    },
    takeUntil: (endDay: number) => {
      const endSecond = (endDay * dayMs) / 1_000;
      const due = waiting.filter((report) => report.second < endSecond);
      waiting = waiting.filter((report) => report.second >= endSecond);
      return {
        id: due.map((report) => report.id),
        customer: due.map((report) => report.customer),
        merchant: due.map((report) => report.merchant),
        second: due.map((report) => epochSecondOfDayZero + report.second),
      };
    },
  };
}
