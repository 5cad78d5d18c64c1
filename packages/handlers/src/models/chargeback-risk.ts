import type { ModelSpec } from "./model-spec.ts";
import { chargebacks, merchants, payments } from "./sources.ts";
import { daysBefore } from "./window.ts";

/** Will this payment be charged back? Nineteen in twenty that will be are within 45 days. */
export const chargebackRisk: ModelSpec = {
  modelId: "chargeback-risk",
  title: "Chargeback of an approved payment",
  owner: "disputes",
  materiality: "medium",
  approval: "automatic",
  specVersion: 1,
  sources: [payments, chargebacks, merchants],
  windowDays: 180,
  split: { labelDelayDays: 45, testDays: 21, validationDays: 45, trainDays: 45 },
  snapshotSql: `
    SELECT payment_id AS row_id, event_time, customer_id, merchant_id, payments.mcc, amount_cents,
           card_not_present, three_ds, cross_border, digital, known.received_at AS label_known_at
    FROM payments
    JOIN merchants USING (merchant_id)
    LEFT JOIN (SELECT payment_id, min(received_at) AS received_at FROM chargebacks GROUP BY payment_id) AS known
    USING (payment_id)`,
  featureSql: `
    WITH moments AS (
      SELECT row_id, event_time AS moment, customer_id, merchant_id, amount_cents, 0 AS disputed FROM snapshot
      UNION ALL
      SELECT NULL, label_known_at, customer_id, merchant_id, NULL, 1 FROM snapshot WHERE label_known_at IS NOT NULL
    ),
    history AS (
      SELECT row_id,
             count(amount_cents) OVER customer_month AS customer_n30,
             sum(amount_cents) OVER customer_month AS customer_sum30,
             count(amount_cents) OVER customer_quarter AS customer_n90,
             sum(disputed) OVER customer_quarter AS customer_disputes90,
             count(amount_cents) OVER merchant_week AS merchant_n7,
             count(amount_cents) OVER merchant_month AS merchant_n30,
             sum(amount_cents) OVER merchant_month AS merchant_sum30,
             count(amount_cents) OVER merchant_quarter AS merchant_n90,
             sum(disputed) OVER merchant_month AS merchant_disputes30,
             sum(disputed) OVER merchant_quarter AS merchant_disputes90
      FROM moments
      WINDOW
        customer_month AS ${daysBefore("customer_id", "moment", 30)},
        customer_quarter AS ${daysBefore("customer_id", "moment", 90)},
        merchant_week AS ${daysBefore("merchant_id", "moment", 7)},
        merchant_month AS ${daysBefore("merchant_id", "moment", 30)},
        merchant_quarter AS ${daysBefore("merchant_id", "moment", 90)}
    )
    SELECT row_id, event_time, (label_known_at IS NOT NULL)::INTEGER AS label,
           amount_cents AS amount,
           card_not_present,
           three_ds,
           cross_border,
           digital,
           amount_cents * customer_n30 / nullif(customer_sum30, 0) AS amount_to_mean30,
           customer_n30,
           coalesce(customer_disputes90, 0) / (customer_n90 + 10) AS customer_dispute_rate90,
           amount_cents * merchant_n30 / nullif(merchant_sum30, 0) AS amount_to_merchant_mean30,
           merchant_n30,
           merchant_n7 / (merchant_n30 + 1) AS merchant_trend,
           coalesce(merchant_disputes30, 0) / (merchant_n30 + 10) AS merchant_dispute_rate30,
           coalesce(merchant_disputes90, 0) / (merchant_n90 + 10) AS merchant_dispute_rate90,
           mcc
    FROM snapshot JOIN history USING (row_id)`,
  features: [
    "amount",
    "card_not_present",
    "three_ds",
    "cross_border",
    "digital",
    "amount_to_mean30",
    "customer_n30",
    "customer_dispute_rate90",
    "amount_to_merchant_mean30",
    "merchant_n30",
    "merchant_trend",
    "merchant_dispute_rate30",
    "merchant_dispute_rate90",
    "mcc",
  ],
  hyperParameters: {
    max_depth: 4,
    eta: 0.1,
    num_round: 150,
    subsample: 0.8,
    colsample_bytree: 0.8,
    min_child_weight: 8,
    early_stopping_rounds: 15,
  },
  seed: 43,
  gate: { leastAuc: 0.68, leastPrauc: 0.05, mostEce: 0.02, praucMargin: 0.02 },
  leastPositives: 30,
  mostSingleFeatureAuc: 0.98,
  labelRate: { least: 0.002, most: 0.08 },
};
