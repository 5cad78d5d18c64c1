/** What one invocation of a task leaves in the log: whose it was, how it ended, how long it took. */
import { embeddedMetrics } from "./embedded-metrics.ts";
import type { Fact, MetricGroup } from "./embedded-metrics.ts";

export interface Invocation {
  readonly task: string;
  readonly startedAtEpochMs: number;
  readonly endedAtEpochMs: number;
  readonly requestId?: string | undefined;
  readonly event: unknown;
  /** Of the answer, besides what every task measures. */
  readonly measured?: readonly MetricGroup[];
}

export type Ending = { readonly output: unknown } | { readonly error: unknown };

export function invocationLine(invocation: Invocation, ending: Ending): string {
  const { task, event, startedAtEpochMs, endedAtEpochMs, requestId, measured = [] } = invocation;
  const failed = "error" in ending;
  const answer = failed ? event : ending.output;
  const stoppedBy = textIn(answer, "outcome") === "OK" ? undefined : textIn(answer, "error");
  const facts: Record<string, Fact> = {
    level: failed ? "ERROR" : "INFO",
    message: failed ? messageOf(ending.error) : `${task} ended`,
    requestId,
    modelId: identityIn(answer, "modelId"),
    runId: identityIn(answer, "runId"),
    outcome: failed ? nameOf(ending.error) : (textIn(answer, "outcome") ?? textIn(answer, "status")),
    stoppedBy,
  };
  const own: MetricGroup = {
    dimensions: { Task: task },
    metrics: {
      Duration: { value: endedAtEpochMs - startedAtEpochMs, unit: "Milliseconds" },
      Failures: { value: failed ? 1 : 0, unit: "Count" },
      ModelsStopped: { value: stoppedBy === undefined ? 0 : 1, unit: "Count" },
    },
  };
  return embeddedMetrics(endedAtEpochMs, facts, [own, ...measured]);
}

/** The last task's event is a list of what both branches said of one model. */
function identityIn(value: unknown, name: "modelId" | "runId"): string | undefined {
  return textIn(Array.isArray(value) ? value[0] : value, name);
}

/** Events are whatever somebody sent. */
function textIn(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  const found = (value as Readonly<Record<string, unknown>>)[name];
  return typeof found === "string" ? found : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "Error";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
