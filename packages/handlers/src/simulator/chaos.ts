/** What can go wrong in a payment system's data, to see that a bad month does no harm. */

/** Each is about the data as it stands at the run `runId`. A chaotic world is a copy; the clean one stays as it is. */
export type Chaos =
  /** The labels that arrived in the 60 days before the run are those of random rows. */
  | { readonly kind: "poison-labels"; readonly modelId: string; readonly runId: string }
  /** The model's own feed ends `days` (7 when absent) before the run. */
  | { readonly kind: "stale-data"; readonly modelId: string; readonly runId: string; readonly days?: number }
  /** One day in the middle of the month before the run is absent. */
  | { readonly kind: "drop-day"; readonly table: string; readonly runId: string }
  /** The last ten days give amounts in another unit. */
  | { readonly kind: "shift-units"; readonly table: string; readonly runId: string }
  | { readonly kind: "duplicate-keys"; readonly table: string; readonly runId: string }
  /** A card number stands in a text column. */
  | { readonly kind: "leak-pan"; readonly table: string; readonly runId: string }
  /** The month before the run is absent. */
  | { readonly kind: "drop-month"; readonly table: string; readonly runId: string };
