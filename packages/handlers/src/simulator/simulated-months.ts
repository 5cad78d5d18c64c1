/** The days of the payment world, gathered by month as columns of integers. Each month goes on from the one before. */
import { dayMs, worldStartEpochMs } from "./calendar.ts";
import type { Month } from "./calendar.ts";
import { attemptsOfDay } from "./day.ts";
import type { Attempt, Underworld } from "./day.ts";
import { marketplaceOn } from "./marketplace.ts";
import { categories, customerOf, districtsOf, merchantOf, merchantsUntil } from "./population.ts";
import type { Customer, Merchant } from "./population.ts";

export interface SimulatedMonth {
  readonly name: string;
  readonly attempts: AttemptColumns;
  /** Frauds reported in the month, and payments disputed in it; the payments may be older. */
  readonly reports: Columns;
  readonly disputes: Columns;
  readonly newcomers: Columns;
}

export type Columns = Readonly<Record<string, readonly number[]>>;

type AttemptColumn =
  | "id"
  | "second"
  | "customer"
  | "merchant"
  | "issuer"
  | "mcc"
  | "amount_cents"
  | "card_not_present"
  | "three_ds"
  | "cross_border"
  | "approved";

export type AttemptColumns = Readonly<Record<AttemptColumn, number[]>>;

interface Population {
  readonly customers: readonly Customer[];
  readonly merchants: readonly Merchant[];
}

export function* simulateMonths(
  months: readonly Month[],
  options: { readonly seed: number; readonly customers: number },
): Generator<SimulatedMonth> {
  const { seed } = options;
  const districts = districtsOf(options.customers);
  const customers = Array.from({ length: options.customers }, (_, index) => customerOf(seed, index, districts));
  const merchants: Merchant[] = [];
  const underworld: Underworld = { takenOver: new Map(), compromised: new Map() };
  const fraudReports = reportQueue();
  const chargebacks = reportQueue();
  let market = marketplaceOn(0, [], districts);
  let nextId = 0;

  for (const month of months) {
    const firstNewcomer = merchants.length;
    const attempts = emptyAttempts();
    for (let day = month.firstDay; day < month.endDay; day++) {
      const known = merchants.length;
      while (merchants.length < merchantsUntil(day, options.customers)) {
        merchants.push(merchantOf(seed, merchants.length, options.customers));
      }
      if (day % 7 === 0 || merchants.length > known) market = marketplaceOn(day, merchants, districts);
      for (const attempt of attemptsOfDay({ seed, day, customers, merchants, market, underworld })) {
        appendAttempt(attempts, nextId, attempt, { customers, merchants });
        fraudReports.add(nextId, attempt, attempt.fraudReportedSecond);
        chargebacks.add(nextId, attempt, attempt.chargebackSecond);
        nextId++;
      }
    }
    yield {
      name: month.name,
      attempts,
      reports: fraudReports.takeUntil(month.endDay),
      disputes: chargebacks.takeUntil(month.endDay),
      newcomers: merchantColumns(merchants, firstNewcomer),
    };
  }
}

const epochSecondOfDayZero = worldStartEpochMs / 1_000;

function emptyAttempts(): AttemptColumns {
  return {
    id: [],
    second: [],
    customer: [],
    merchant: [],
    issuer: [],
    mcc: [],
    amount_cents: [],
    card_not_present: [],
    three_ds: [],
    cross_border: [],
    approved: [],
  };
}

function appendAttempt(
  columns: AttemptColumns,
  id: number,
  attempt: Attempt,
  { customers, merchants }: Population,
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

function merchantColumns(merchants: readonly Merchant[], from: number): Columns {
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

interface ReportQueue {
  readonly add: (id: number, attempt: Attempt, second: number | undefined) => void;
  readonly takeUntil: (endDay: number) => Columns;
}

/** Reports that arrive after the month of their payment wait for their own month. */
function reportQueue(): ReportQueue {
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
