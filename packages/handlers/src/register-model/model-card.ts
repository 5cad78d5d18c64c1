/** A version explained to the people who answer for it, in Markdown. */
import type { Evaluated } from "../contracts.ts";
import type { ModelSpec } from "../models/model-spec.ts";

export function modelCard(spec: ModelSpec, event: Evaluated): string {
  const { evaluation, features, training, dataset } = event;
  const { candidate, champion } = evaluation;
  const lines = [
    `# ${spec.title}`,
    "",
    `${spec.modelId} ${event.modelVersion}, decided: ${event.decision}. Owner: ${spec.owner}. Materiality: ${spec.materiality}.`,
    "",
    "## Data",
    "",
    `${dataset.rows} rows known at ${event.asOf}, of ${dataset.minEventTime} to ${dataset.maxEventTime}.`,
    `Training ${rowsOf(features.splits.train)}; validation ${rowsOf(features.splits.validation)}; test ${rowsOf(features.splits.test)}.`,
    `Labels are given ${spec.split.labelDelayDays} days to arrive. The data are simulated: easier than real payments.`,
    "",
    "## Metrics on the test rows",
    "",
    "| | AUC | PR-AUC | log-loss | ECE | recall at 1 % FPR |",
    "|---|---|---|---|---|---|",
    metricsRow("candidate", candidate),
    ...(champion === undefined ? [] : [metricsRow(champion.version, champion.metrics)]),
    "",
    "## Gate",
    "",
    ...evaluation.rules.map(
      (rule) => `- ${rule.passed ? "passed" : "FAILED"}: ${rule.rule}, found ${rule.value.toFixed(4)}`,
    ),
    "",
    "## Training",
    "",
    `Gradient-boosted trees, ${training.rounds} rounds, seed ${training.seed}, job ${training.jobName}.`,
    `Features: ${features.names.join(", ")}.`,
  ];
  return `${lines.join("\n")}\n`;
}

function rowsOf(split: Evaluated["features"]["splits"]["train"]): string {
  return `${split.rows} rows, ${split.positives} positive`;
}

function metricsRow(name: string, metrics: Evaluated["evaluation"]["candidate"]): string {
  const cells = [metrics.auc, metrics.prauc, metrics.logLoss, metrics.ece, metrics.recallAt1PercentFpr];
  return `| ${name} | ${cells.map((cell) => cell.toFixed(4)).join(" | ")} |`;
}
