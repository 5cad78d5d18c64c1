import type { ServiceStatistics } from "../api/service.ts";

/** The service's figures in the OpenMetrics text format, 1.0.0. */
export function openMetrics(statistics: ServiceStatistics): string {
  const { endedExecutions, runningExecutions, startedExecutions, stateMachines } = statistics;
  const ended = Object.entries(endedExecutions).map(
    ([status, count]) => `stepwright_executions_ended_total{status="${status}"} ${count}`,
  );
  return [
    "# TYPE stepwright_state_machines gauge",
    `stepwright_state_machines ${stateMachines}`,
    "# TYPE stepwright_executions_running gauge",
    `stepwright_executions_running ${runningExecutions}`,
    "# TYPE stepwright_executions_started counter",
    `stepwright_executions_started_total ${startedExecutions}`,
    "# TYPE stepwright_executions_ended counter",
    ...ended,
    "# EOF",
    "",
  ].join("\n");
}
