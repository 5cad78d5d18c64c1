/** The tables of the payment system, made from a month of the simulation. Each query states a total order. */

const moment = (column: string) => `epoch_ms(${column}::BIGINT * 1000)`;

export const tableQueries = {
  /** Every attempt to pay, with the issuer's answer. */
  authorizations: `
    SELECT id::BIGINT AS auth_id, ${moment("second")} AS event_time, customer AS customer_id, merchant AS merchant_id,
           issuer AS issuer_id, mcc, amount_cents, card_not_present = 1 AS card_not_present, three_ds = 1 AS three_ds,
           cross_border = 1 AS cross_border, approved = 1 AS approved
    FROM attempts ORDER BY id`,
  /** The approved ones, under the same number. */
  payments: `
    SELECT id::BIGINT AS payment_id, ${moment("second")} AS event_time, customer AS customer_id,
           merchant AS merchant_id, mcc, amount_cents, card_not_present = 1 AS card_not_present,
           three_ds = 1 AS three_ds, cross_border = 1 AS cross_border, 'order ' || to_base(id + 46656, 36) AS reference
    FROM attempts WHERE approved = 1 ORDER BY id`,
  fraud_reports: `
    SELECT id::BIGINT AS payment_id, customer AS customer_id, merchant AS merchant_id, ${moment("second")} AS reported_at
    FROM reports ORDER BY second, id`,
  chargebacks: `
    SELECT id::BIGINT AS payment_id, customer AS customer_id, merchant AS merchant_id, ${moment("second")} AS received_at
    FROM disputes ORDER BY second, id`,
  /** What each merchant did in a day, settled five minutes before midnight. */
  settlements: `
    SELECT merchant AS merchant_id, date_trunc('day', ${moment("second")}) + INTERVAL '23 hours 55 minutes' AS settled_at,
           count(*)::INTEGER AS attempts, (count(*) FILTER (approved = 0))::INTEGER AS declined,
           (count(*) FILTER (approved = 1))::INTEGER AS payments,
           coalesce(sum(amount_cents) FILTER (approved = 1), 0)::BIGINT AS volume_cents,
           count(DISTINCT customer)::INTEGER AS customers
    FROM attempts GROUP BY ALL ORDER BY settled_at, merchant_id`,
  /** Merchants that opened in the month; the first month has all that were there before. */
  merchants: `
    SELECT merchant AS merchant_id, mcc, digital = 1 AS digital, ${moment("opened_second")} AS opened_at
    FROM newcomers ORDER BY merchant`,
} as const;

export type TableName = keyof typeof tableQueries;
