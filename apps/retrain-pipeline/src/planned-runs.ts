/** Which monthly runs `npm start` makes, and which of them on damaged data. */
import type { Chaos, WorldRun } from "@stepwright/handlers";

export interface PlannedRun {
  /** Names the execution and all that it stores. A damaged month has an id of its own, and so results of its own. */
  readonly runId: string;
  readonly asOf: string;
  /** Empty for a month of the clean world. */
  readonly chaos: readonly Chaos[];
}

export interface RunRequest {
  /** How many clean months, at least 1. */
  readonly months: number;
  /** Damage the month after them. */
  readonly chaos: boolean;
  /** Clean months that earlier calls ran: damaged data meets the newest champions, not models of its future. */
  readonly monthsBefore: number;
}

/** How many months the world must have data for. */
export function monthsNeeded({ months, chaos, monthsBefore }: RunRequest): number {
  return chaos ? Math.max(months, monthsBefore) + 1 : months;
}

/** @param runs  the months that the world has data for, oldest first; at least `monthsNeeded` */
export function planRuns(runs: readonly WorldRun[], request: RunRequest): readonly PlannedRun[] {
  const clean = runs.slice(0, request.months).map(({ runId, asOf }) => ({ runId, asOf, chaos: [] }));
  const after = runs[monthsNeeded(request) - 1];
  if (!request.chaos || after === undefined) return clean;
  return [...clean, { runId: `${after.runId}-chaos`, asOf: after.asOf, chaos: damageOf(after.runId) }];
}

function damageOf(runId: string): readonly Chaos[] {
  return [
    { kind: "poison-labels", modelId: "card-fraud", runId },
    { kind: "stale-data", modelId: "auth-decline", runId },
  ];
}
