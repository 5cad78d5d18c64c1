import type { ModelSpec } from "./model-spec.ts";
import { fraudReports, payments } from "./sources.ts";
import { daysBefore } from "./window.ts";

/** Is this payment made by somebody else than the card's holder? Known when the fraud is reported, within 21 days. */
export const cardFraud: ModelSpec = {
  modelId: "card-fraud",
  title: "Card fraud at payment time",
  owner: "payments-risk",
  materiality: "high",
  approval: "automatic",
  specVersion: 1,
  sources: [payments, fraudReports],
  windowDays: 180,
  split: { labelDelayDays: 21, testDays: 21, validationDays: 21, trainDays: 85 },
  snapshotSql: `
    SELECT payment_id AS row_id, event_time, customer_id, merchant_id, mcc, amount_cents,
           card_not_present, three_ds, cross_border, known.reported_at AS label_known_at
    FROM payments
    LEFT JOIN (SELECT payment_id, min(reported_at) AS reported_at FROM fraud_reports GROUP BY payment_id) AS known
    USING (payment_id)`,
  featureSql: `
    WITH moments AS (
      SELECT row_id, event_time AS moment, customer_id, merchant_id, amount_cents, 0 AS reported FROM snapshot
      UNION ALL
      SELECT NULL, label_known_at, customer_id, merchant_id, NULL, 1 FROM snapshot WHERE label_known_at IS NOT NULL
    ),
    history AS (
      SELECT row_id,
             count(amount_cents) OVER customer_day AS customer_n1,
             count(amount_cents) OVER customer_week AS customer_n7,
             count(amount_cents) OVER customer_month AS customer_n30,
             sum(amount_cents) OVER customer_day AS customer_sum1,
             sum(amount_cents) OVER customer_month AS customer_sum30,
             max(amount_cents) OVER customer_month AS customer_max30,
             sum(reported) OVER customer_month AS customer_fraud30,
             max(CASE WHEN reported = 0 THEN moment END) OVER customer_month AS customer_last,
             count(amount_cents) OVER merchant_week AS merchant_n7,
             count(amount_cents) OVER merchant_month AS merchant_n30,
             sum(amount_cents) OVER merchant_month AS merchant_sum30,
             sum(reported) OVER merchant_week AS merchant_fraud7,
             sum(reported) OVER merchant_month AS merchant_fraud30
      FROM moments
      WINDOW
        customer_day AS ${daysBefore("customer_id", "moment", 1)},
        customer_week AS ${daysBefore("customer_id", "moment", 7)},
        customer_month AS ${daysBefore("customer_id", "moment", 30)},
        merchant_week AS ${daysBefore("merchant_id", "moment", 7)},
        merchant_month AS ${daysBefore("merchant_id", "moment", 30)}
    )
    SELECT row_id, event_time, (label_known_at IS NOT NULL)::INTEGER AS label,
           amount_cents AS amount,
           hour(event_time) AS hour_of_day,
           dayofweek(event_time) IN (0, 6) AS weekend,
           card_not_present,
           three_ds,
           cross_border,
           customer_n1,
           customer_n7,
           customer_n30,
           customer_sum1,
           customer_sum30 / nullif(customer_n30, 0) AS customer_mean30,
           amount_cents * customer_n30 / nullif(customer_sum30, 0) AS amount_to_mean30,
           amount_cents / nullif(customer_max30, 0) AS amount_to_max30,
           epoch(event_time - customer_last) AS seconds_since_last,
           coalesce(customer_fraud30, 0) AS customer_fraud30,
           merchant_n7,
           merchant_n30,
           amount_cents * merchant_n30 / nullif(merchant_sum30, 0) AS amount_to_merchant_mean30,
           coalesce(merchant_fraud7, 0) / (merchant_n7 + 5) AS merchant_fraud_rate7,
           coalesce(merchant_fraud30, 0) / (merchant_n30 + 10) AS merchant_fraud_rate30,
           mcc
    FROM snapshot JOIN history USING (row_id)`,
  features: [
    "amount",
    "hour_of_day",
    "weekend",
    "card_not_present",
    "three_ds",
    "cross_border",
    "customer_n1",
    "customer_n7",
    "customer_n30",
    "customer_sum1",
    "customer_mean30",
    "amount_to_mean30",
    "amount_to_max30",
    "seconds_since_last",
    "customer_fraud30",
    "merchant_n7",
    "merchant_n30",
    "amount_to_merchant_mean30",
    "merchant_fraud_rate7",
    "merchant_fraud_rate30",
    "mcc",
  ],
  hyperParameters: {
    max_depth: 5,
    eta: 0.12,
    num_round: 160,
    subsample: 0.8,
    colsample_bytree: 0.8,
    min_child_weight: 4,
    early_stopping_rounds: 15,
  },
  seed: 42,
  gate: { leastAuc: 0.8, leastPrauc: 0.3, mostEce: 0.02, praucMargin: 0.05 },
  leastPositives: 30,
  mostSingleFeatureAuc: 0.98,
  labelRate: { least: 0.001, most: 0.05 },
};
