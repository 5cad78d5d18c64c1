/** What a run's report shows, taken from the execution's history; nothing here reads a file or a clock. */
import type { JsonValue } from "@stepwright/asl";
import { isJsonObject } from "@stepwright/asl";
import type { ExecutionResult } from "@stepwright/local-runner";
import type { z } from "zod";
import type { RunIdentity } from "../batch-input.ts";
import type { Evaluated } from "../contracts.ts";
import { progressFromHistory } from "../progress/from-history.ts";
import { advance, beginProgress } from "../progress/run-progress.ts";
import type { ModelProgress } from "../progress/run-progress.ts";
import { shownStates } from "../progress/step-labels.ts";
import type { ModelResult, ResultRow } from "../results-table.ts";

export interface RunReport {
  readonly runId: string;
  readonly asOf: string;
  readonly executionArn: string;
  readonly startedAtEpochMs: number;
  readonly stoppedAtEpochMs: number;
  readonly models: readonly ModelReport[];
  readonly historyEvents: number;
  readonly largestPayloadBytes: number;
  readonly largestPayloadState: string | undefined;
}

export interface ModelReport extends ResultRow {
  readonly timeline: ModelProgress;
  readonly evaluation: Evaluation | undefined;
}

export type Evaluation = Extract<z.infer<typeof Evaluated>, { outcome: "OK" }>["evaluation"];

export function runReport(run: RunIdentity, execution: ExecutionResult, results: readonly ModelResult[]): RunReport {
  const events = execution.history.events;
  const timeline = events
    .map(progressFromHistory)
    .filter((event) => event !== undefined)
    .reduce(
      advance,
      beginProgress(
        results.map((result) => result.modelId),
        shownStates,
      ),
    );
  const evaluations = new Map(events.flatMap((event) => evaluationIn(event.value)));
  return {
    runId: run.runId,
    asOf: run.asOf,
    executionArn: execution.executionArn,
    startedAtEpochMs: execution.startedAtEpochMs,
    stoppedAtEpochMs: execution.stoppedAtEpochMs,
    models: results.map((result, index) => {
      const model = timeline.rows[index] ?? { modelId: result.modelId, steps: [] };
      return { result, durationMs: durationOf(model), timeline: model, evaluation: evaluations.get(result.modelId) };
    }),
    historyEvents: events.length,
    largestPayloadBytes: execution.statistics.largestPayloadBytes,
    largestPayloadState: execution.statistics.largestPayloadState,
  };
}

function durationOf({ startedAtMs, endedAtMs }: ModelProgress): number | undefined {
  return startedAtMs === undefined || endedAtMs === undefined ? undefined : endedAtMs - startedAtMs;
}

/** EvaluateModel's output is the only value of the run that has both a decision and an evaluation. */
function evaluationIn(value: JsonValue | undefined): readonly (readonly [string, Evaluation])[] {
  if (!isJsonObject(value) || typeof value["modelId"] !== "string" || value["decision"] === undefined) return [];
  return isJsonObject(value["evaluation"]) ? [[value["modelId"], value["evaluation"] as unknown as Evaluation]] : [];
}
