/** A model of the payment system as data: what it learns from, how, when it is good enough, and who answers for it. */

export interface ModelSpec {
  readonly modelId: string;
  readonly title: string;
  readonly owner: string;
  /** How much depends on it, as the model inventory of a bank has it (SR 11-7). */
  readonly materiality: "high" | "medium" | "low";
  /** `manual` ends a good evaluation in `NEEDS_APPROVAL` instead of a promotion. */
  readonly approval: "automatic" | "manual";
  /** Changes when the SQL or the meaning of a feature does. */
  readonly specVersion: number;
  readonly sources: readonly SourceSpec[];
  /** Days of history before `asOf` that the snapshot holds. */
  readonly windowDays: number;
  readonly split: SplitSpec;
  /**
   * One row an event, with `row_id`, `event_time` and all that the features need. It sees the sources as views of
   * their tables' names, cut off at `asOf`.
   */
  readonly snapshotSql: string;
  /**
   * From `snapshot` to `row_id`, `event_time`, `label` (0 or 1) and the features. Features of a row use only what was
   * known before its `event_time`; sums are over integers, so that no order of addition shows.
   */
  readonly featureSql: string;
  readonly features: readonly string[];
  readonly hyperParameters: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly gate: GateSpec;
  /** Fewer labelled positives than this in any split say nothing. */
  readonly leastPositives: number;
  /** A feature that tells more than this by itself is suspected to know the label. */
  readonly mostSingleFeatureAuc: number;
  /** The share of positives in the training rows that is believable. */
  readonly labelRate: { readonly least: number; readonly most: number };
}

export interface SourceSpec {
  readonly table: string;
  /** `dimension` tables describe things and are read from their beginning; the others are read by month. */
  readonly role: "events" | "labels" | "dimension";
  /** The moment at which a row became known. */
  readonly timeColumn: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** A column that must be above zero and must not change its unit. */
  readonly amountColumn?: string;
  /** Hours before `asOf` in which something must have arrived; absent for dimensions. */
  readonly freshWithinHours?: number;
}

/** DuckDB's names. */
export type ColumnType = "BIGINT" | "INTEGER" | "VARCHAR" | "BOOLEAN" | "TIMESTAMP";

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
