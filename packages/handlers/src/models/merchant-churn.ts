import type { ModelSpec } from "./model-spec.ts";
import { merchants, settlements } from "./sources.ts";

const daysBeforeMonday = (days: number) => `event_time >= monday - INTERVAL ${days} DAY AND event_time < monday`;

/** Will this merchant, seen on a Monday, take no payment in the next 30 days? Known when these are over. */
export const merchantChurn: ModelSpec = {
  modelId: "merchant-churn",
  title: "Merchant about to leave",
  owner: "merchant-success",
  materiality: "low",
  approval: "automatic",
  specVersion: 1,
  sources: [settlements, merchants],
  windowDays: 180,
  split: { labelDelayDays: 31, testDays: 28, validationDays: 31, trainDays: 34 },
  snapshotSql: `
    SELECT merchant_id::BIGINT * 100000 + (epoch(settled_at) // 86400)::BIGINT AS row_id, settled_at AS event_time,
           merchant_id, attempts, declined, payments, volume_cents, customers, mcc, digital, opened_at
    FROM settlements JOIN merchants USING (merchant_id)`,
  featureSql: `
    WITH mondays AS (
      SELECT unnest(generate_series(date_trunc('week', min(event_time)) + INTERVAL 56 DAY, max(event_time), INTERVAL 7 DAY)) AS monday
      FROM snapshot
    ),
    seen AS (
      SELECT merchant_id, monday, any_value(mcc) AS mcc, any_value(digital) AS digital, any_value(opened_at) AS opened_at,
             coalesce(sum(payments) FILTER (${daysBeforeMonday(7)}), 0) AS n7,
             coalesce(sum(payments) FILTER (${daysBeforeMonday(14)}), 0) AS n14,
             coalesce(sum(payments) FILTER (${daysBeforeMonday(28)}), 0) AS n28,
             coalesce(sum(payments) FILTER (event_time < monday - INTERVAL 28 DAY), 0) AS earlier28,
             coalesce(sum(volume_cents) FILTER (${daysBeforeMonday(28)}), 0) AS volume28,
             coalesce(sum(attempts) FILTER (${daysBeforeMonday(28)}), 0) AS attempts28,
             coalesce(sum(declined) FILTER (${daysBeforeMonday(28)}), 0) AS declined28,
             coalesce(sum(customers) FILTER (${daysBeforeMonday(28)}), 0) AS visits28,
             count(*) FILTER (payments > 0 AND ${daysBeforeMonday(28)}) AS days28,
             max(event_time) FILTER (payments > 0 AND event_time < monday) AS last_seen,
             coalesce(sum(payments) FILTER (event_time >= monday), 0) AS coming30
      FROM snapshot JOIN mondays
        ON event_time >= monday - INTERVAL 56 DAY AND event_time < monday + INTERVAL 30 DAY
      GROUP BY merchant_id, monday
    )
    SELECT merchant_id::BIGINT * 100000 + (epoch(monday) // 86400)::BIGINT AS row_id, monday AS event_time,
           (coming30 = 0)::INTEGER AS label,
           n7,
           n28,
           days28,
           volume28,
           earlier28,
           n7 * 4 / nullif(n28, 0) AS trend7,
           n14 * 2 / nullif(n28, 0) AS trend14,
           n28 / (earlier28 + 1) AS trend28,
           epoch(monday - last_seen) / 86400 AS days_since_last,
           epoch(monday - last_seen) / 86400 * days28 / 28 AS silence,
           declined28 / (attempts28 + 5) AS decline_rate28,
           visits28,
           epoch(monday - opened_at) / 86400 AS age_days,
           digital,
           mcc
    FROM seen WHERE n28 > 0`,
  features: [
    "n7",
    "n28",
    "days28",
    "volume28",
    "earlier28",
    "trend7",
    "trend14",
    "trend28",
    "days_since_last",
    "silence",
    "decline_rate28",
    "visits28",
    "age_days",
    "digital",
    "mcc",
  ],
  hyperParameters: {
    max_depth: 3,
    eta: 0.08,
    num_round: 150,
    subsample: 0.8,
    colsample_bytree: 0.8,
    min_child_weight: 3,
    early_stopping_rounds: 20,
  },
  seed: 45,
  gate: { leastAuc: 0.75, leastPrauc: 0.15, mostEce: 0.02, praucMargin: 0.05 },
  leastPositives: 30,
  mostSingleFeatureAuc: 0.98,
  labelRate: { least: 0.002, most: 0.2 },
};
