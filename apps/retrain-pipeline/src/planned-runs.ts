/** Which monthly runs `npm start` makes, and which of them on damaged data. */
import type { Chaos, WorldRun } from "@stepwright/handlers";

export interface PlannedRun {
  /** Names the execution and all that it stores. A damaged month has an id of its own, and so results of its own. */
  readonly runId: string;
  readonly asOf: string;
  /** Empty for a month of the clean world. */
  readonly chaos: readonly Chaos[];
}

/** @param runs  the months that the world has data for, oldest first; the first `months` of them are run */
export function planRuns(
  runs: readonly WorldRun[],
  { months, chaos }: { readonly months: number; readonly chaos: boolean },
): readonly PlannedRun[] {
  return runs
    .slice(0, months)
    .map(({ runId, asOf }, index) =>
      chaos && index === months - 1
        ? { runId: `${runId}-chaos`, asOf, chaos: damageOf(runId) }
        : { runId, asOf, chaos: [] },
    );
}

function damageOf(runId: string): readonly Chaos[] {
  return [
    { kind: "poison-labels", modelId: "card-fraud", runId },
    { kind: "stale-data", modelId: "auth-decline", runId },
  ];
}
