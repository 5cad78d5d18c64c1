/** One execution of the definition on this machine: handlers over local ports; the report kept. */
import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import type { Ports } from "@stepwright/handlers";
import { handlers } from "@stepwright/handlers";
import { runDefinition } from "@stepwright/local-runner";
import type { ExecutionResult } from "@stepwright/local-runner";
import type { Batch, RunIdentity } from "./batch-input.ts";
import { TrainingStatus } from "./contracts.ts";
import { progressFromHistory } from "./progress/from-history.ts";
import type { ProgressTracker } from "./progress/progress-tracker.ts";
import { keepReport } from "./report/keep-report.ts";
import type { KeptReport } from "./report/keep-report.ts";
import { runReport } from "./report/run-report.ts";
import type { RunReport } from "./report/run-report.ts";
import { executionNameOf } from "./starter/monthly-start.ts";

export interface RetrainOptions {
  readonly definition: StateMachineDefinition;
  readonly batch: Batch;
  readonly run: RunIdentity;
  readonly ports: Ports;
  readonly progress: ProgressTracker;
  /** Stops the execution: it ends `ABORTED`. */
  readonly signal: AbortSignal;
}

export interface Retrained {
  readonly execution: ExecutionResult;
  /** `undefined` when the execution did not succeed. */
  readonly report: (RunReport & KeptReport) | undefined;
}

export async function retrain(options: RetrainOptions): Promise<Retrained> {
  const { batch, definition, ports, progress, run, signal } = options;
  const execution = await runDefinition(definition, {
    input: batch as unknown as JsonValue,
    tasks: { ...handlers(ports) },
    name: executionNameOf(run.runId),
    stateMachineName: "BatchRetrainModels",
    signal,
    onEvent: (event) => {
      const moved = progressFromHistory(event);
      if (moved !== undefined) progress.note(moved);
    },
  }).finally(() => progress.close());
  if (execution.status !== "SUCCEEDED") return { execution, report: undefined };
  const report = runReport(run, execution, TrainingStatus.array().parse(execution.output));
  return { execution, report: { ...report, ...(await keepReport(ports, report, execution)) } };
}
