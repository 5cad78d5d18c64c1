/** The tables of the payment system as the models expect them. */
import type { SourceSpec } from "./model-spec.ts";

export const payments: SourceSpec = {
  table: "payments",
  role: "events",
  timeColumn: "event_time",
  key: ["payment_id"],
  columns: {
    payment_id: "BIGINT",
    event_time: "TIMESTAMP",
    customer_id: "INTEGER",
    merchant_id: "INTEGER",
    mcc: "INTEGER",
    amount_cents: "INTEGER",
    card_not_present: "BOOLEAN",
    three_ds: "BOOLEAN",
    cross_border: "BOOLEAN",
    reference: "VARCHAR",
  },
  amountColumn: "amount_cents",
  freshWithinHours: 48,
};

export const authorizations: SourceSpec = {
  table: "authorizations",
  role: "events",
  timeColumn: "event_time",
  key: ["auth_id"],
  columns: {
    auth_id: "BIGINT",
    event_time: "TIMESTAMP",
    customer_id: "INTEGER",
    merchant_id: "INTEGER",
    issuer_id: "INTEGER",
    mcc: "INTEGER",
    amount_cents: "INTEGER",
    card_not_present: "BOOLEAN",
    three_ds: "BOOLEAN",
    cross_border: "BOOLEAN",
    approved: "BOOLEAN",
  },
  amountColumn: "amount_cents",
  freshWithinHours: 48,
};

export const fraudReports: SourceSpec = {
  table: "fraud_reports",
  role: "labels",
  timeColumn: "reported_at",
  key: ["payment_id"],
  columns: { payment_id: "BIGINT", customer_id: "INTEGER", merchant_id: "INTEGER", reported_at: "TIMESTAMP" },
  freshWithinHours: 72,
};

export const chargebacks: SourceSpec = {
  table: "chargebacks",
  role: "labels",
  timeColumn: "received_at",
  key: ["payment_id"],
  columns: { payment_id: "BIGINT", customer_id: "INTEGER", merchant_id: "INTEGER", received_at: "TIMESTAMP" },
  freshWithinHours: 72,
};

export const settlements: SourceSpec = {
  table: "settlements",
  role: "events",
  timeColumn: "settled_at",
  key: ["merchant_id", "settled_at"],
  columns: {
    merchant_id: "INTEGER",
    settled_at: "TIMESTAMP",
    attempts: "INTEGER",
    declined: "INTEGER",
    payments: "INTEGER",
    volume_cents: "BIGINT",
    customers: "INTEGER",
  },
  freshWithinHours: 48,
};

export const merchants: SourceSpec = {
  table: "merchants",
  role: "dimension",
  timeColumn: "opened_at",
  key: ["merchant_id"],
  columns: { merchant_id: "INTEGER", mcc: "INTEGER", digital: "BOOLEAN", opened_at: "TIMESTAMP" },
};
