/** A model of the payment system as data: what it learns from, how, when it is good enough, and who answers for it. */

export interface ModelSpec {
  readonly modelId: string;
  readonly title: string;
  readonly owner: string;
  /** How much depends on it, as the bank's model inventory has it (SR 11-7). */
  readonly materiality: "high" | "medium" | "low";
  /** `manual` ends a good evaluation in `NEEDS_APPROVAL` instead of a promotion. */
  readonly approval: "automatic" | "manual";
  /** Changes when the SQL or the meaning of a feature does. */
  readonly specVersion: number;
  readonly sources: readonly SourceSpec[];
  /** Days of history before `asOf` that the snapshot holds. */
  readonly windowDays: number;
  readonly split: SplitSpec;
  /** One row an event, with `row_id`, `event_time` and all that the features need, over views named as the tables. */
  readonly snapshotSql: string;
  /** From `snapshot` to `row_id, event_time, label` and the features; sees `$asOf` filled in as a literal. */
  readonly featureSql: string;
  readonly features: readonly string[];
  readonly hyperParameters: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly gate: GateSpec;
  /** Share of positives among the snapshot's labelled rows that is believable. */
  readonly labelRate: { readonly least: number; readonly most: number };
}

export interface SourceSpec {
  readonly table: string;
  /** `dimension` tables describe things and are read whole, as they stood; the others are read by month. */
  readonly role: "events" | "labels" | "dimension";
  /** The moment at which a row became known. */
  readonly timeColumn: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, "BIGINT" | "INTEGER" | "VARCHAR" | "BOOLEAN" | "TIMESTAMP">>;
  /** A column that must be above zero and must not change its unit. */
  readonly amountColumn?: string;
}

/**
 * Days, back from `asOf`: nothing for `labelDelayDays`, then the test rows, then the validation rows, then those to
 * learn from. The validation rows are also the gap between learning and test, so they span the label delay at least.
 */
export interface SplitSpec {
  readonly labelDelayDays: number;
  readonly testDays: number;
  readonly validationDays: number;
  readonly trainDays: number;
}

export interface GateSpec {
  readonly leastAuc: number;
  readonly leastPrauc: number;
  readonly mostEce: number;
  /** The lower 95 % bound of candidate minus champion in PR-AUC may be this far below zero. */
  readonly praucMargin: number;
}
