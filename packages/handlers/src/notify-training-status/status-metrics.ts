import type { MetricGroup } from "../telemetry/embedded-metrics.ts";
import type { NotifyTrainingStatusOutput } from "./contract.generated.ts";

/** How a model fares from month to month, and how many ended how. */
export function statusMetrics(output: NotifyTrainingStatusOutput): readonly MetricGroup[] {
  const { modelId, status, metrics, trainingSeconds } = output;
  return [
    { dimensions: { Status: status }, metrics: { Models: { value: 1, unit: "Count" } } },
    ...(metrics === undefined
      ? []
      : [
          {
            dimensions: { ModelId: modelId },
            metrics: {
              Auc: { value: metrics.auc, unit: "None" },
              PrAuc: { value: metrics.prauc, unit: "None" },
              Ece: { value: metrics.ece, unit: "None" },
              ...(trainingSeconds === undefined
                ? {}
                : { TrainingTime: { value: trainingSeconds, unit: "Seconds" as const } }),
            },
          } as const,
        ]),
  ];
}
