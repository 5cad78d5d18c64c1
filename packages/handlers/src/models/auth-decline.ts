import type { ModelSpec } from "./model-spec.ts";
import { authorizations } from "./sources.ts";
import { daysBefore } from "./window.ts";

/** Will the issuer decline this attempt? Known at once. */
export const authDecline: ModelSpec = {
  modelId: "auth-decline",
  title: "Decline of an authorization",
  owner: "acceptance",
  materiality: "medium",
  approval: "automatic",
  specVersion: 1,
  sources: [authorizations],
  windowDays: 120,
  split: { labelDelayDays: 0, testDays: 14, validationDays: 14, trainDays: 60 },
  snapshotSql: `
    SELECT auth_id AS row_id, event_time, customer_id, merchant_id, issuer_id, mcc, amount_cents,
           card_not_present, three_ds, cross_border, approved
    FROM authorizations`,
  featureSql: `
    WITH answers AS (SELECT *, (NOT approved)::INTEGER AS declined FROM snapshot),
    history AS (
      SELECT *,
             count(*) OVER customer_month AS customer_n30,
             sum(amount_cents) OVER customer_month AS customer_sum30,
             sum(declined) OVER customer_month AS customer_declined30,
             count(*) OVER merchant_month AS merchant_n30,
             sum(declined) OVER merchant_month AS merchant_declined30,
             count(*) OVER issuer_day AS issuer_n1,
             sum(declined) OVER issuer_day AS issuer_declined1,
             count(*) OVER issuer_week AS issuer_n7,
             sum(declined) OVER issuer_week AS issuer_declined7
      FROM answers
      WINDOW
        customer_month AS ${daysBefore("customer_id", "event_time", 30)},
        merchant_month AS ${daysBefore("merchant_id", "event_time", 30)},
        issuer_day AS ${daysBefore("issuer_id", "event_time", 1)},
        issuer_week AS ${daysBefore("issuer_id", "event_time", 7)}
    )
    SELECT row_id, event_time, declined AS label,
           amount_cents AS amount,
           hour(event_time) AS hour_of_day,
           card_not_present,
           three_ds,
           cross_border,
           issuer_id AS issuer,
           amount_cents * customer_n30 / nullif(customer_sum30, 0) AS amount_to_mean30,
           customer_n30,
           coalesce(customer_declined30, 0) / (customer_n30 + 5) AS customer_decline_rate30,
           coalesce(merchant_declined30, 0) / (merchant_n30 + 10) AS merchant_decline_rate30,
           coalesce(issuer_declined1, 0) / (issuer_n1 + 20) AS issuer_decline_rate1,
           coalesce(issuer_declined7, 0) / (issuer_n7 + 20) AS issuer_decline_rate7,
           mcc
    FROM history`,
  features: [
    "amount",
    "hour_of_day",
    "card_not_present",
    "three_ds",
    "cross_border",
    "issuer",
    "amount_to_mean30",
    "customer_n30",
    "customer_decline_rate30",
    "merchant_decline_rate30",
    "issuer_decline_rate1",
    "issuer_decline_rate7",
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
  seed: 44,
  gate: { leastAuc: 0.68, leastPrauc: 0.07, mostEce: 0.02, praucMargin: 0.02 },
  leastPositives: 30,
  mostSingleFeatureAuc: 0.98,
  labelRate: { least: 0.005, most: 0.15 },
};
