/**
 * A log line that CloudWatch reads as metrics, too: no call, and nothing lost when a function ends.
 *
 * @see Amazon CloudWatch User Guide, "Specification: Embedded metric format" (2026-11-23)
 */

export type MetricUnit = "Milliseconds" | "Seconds" | "Count" | "None";

/** Metrics that are looked at by the same dimensions. */
export interface MetricGroup {
  /** Few values each: every combination is a metric that costs. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, { readonly value: number; readonly unit: MetricUnit }>>;
}

export type Fact = string | number | boolean | undefined;

const namespace = "Stepwright/Retraining";

/** @param facts  what the line says besides; never a metric */
export function embeddedMetrics(
  timestampEpochMs: number,
  facts: Readonly<Record<string, Fact>>,
  groups: readonly MetricGroup[],
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestampEpochMs,
      CloudWatchMetrics: groups.map(({ dimensions, metrics }) => ({
        Namespace: namespace,
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.entries(metrics).map(([Name, { unit }]) => ({ Name, Unit: unit })),
      })),
    },
    ...facts,
    ...Object.assign({}, ...groups.map(({ dimensions }) => dimensions)),
    ...Object.assign(
      {},
      ...groups.map(({ metrics }) =>
        Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value])),
      ),
    ),
  });
}
