/** The world's days, months and runs. */

/** 1 March 2026: six months before the first monthly run. */
export const worldStartEpochMs = Date.UTC(2026, 2, 1);
const monthsBeforeFirstRun = 6;
export const dayMs = 86_400_000;

export interface Month {
  /** `2026-03` */
  readonly name: string;
  readonly firstDay: number;
  /** Not of the month any more. */
  readonly endDay: number;
}

/** The months that runs consecutive monthly runs need. */
export function monthsFor(runs: number): readonly Month[] {
  return Array.from({ length: monthsBeforeFirstRun + runs - 1 }, (_, index) => ({
    name: new Date(monthStart(index)).toISOString().slice(0, 7),
    firstDay: (monthStart(index) - worldStartEpochMs) / dayMs,
    endDay: (monthStart(index + 1) - worldStartEpochMs) / dayMs,
  }));
}

/** Each run stands on the first of a month and is named after it. */
export function runsOf(count: number): readonly { readonly runId: string; readonly asOf: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const asOf = new Date(monthStart(monthsBeforeFirstRun + index)).toISOString();
    return { runId: asOf.slice(0, 7), asOf };
  });
}

function monthStart(index: number): number {
  return Date.UTC(2026, 2 + index, 1);
}
