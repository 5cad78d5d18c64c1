/** Which monthly runs `npm start` makes, and on which data. */
export interface MonthlyRun {
  /** Names the execution and everything it stores: `2026-09`. A damaged month has its own id, and so its own results. */
  readonly runId: string;
  /** The first moment of the month after the data, UTC. */
  readonly asOf: string;
  readonly damaged: boolean;
}

/**
 * The last of `longest` months ends with the world, so that every run has the history its features need.
 *
 * @param lastAsOf  the moment at which the world's data ends: `2026-11-01T00:00:00Z`
 * @param months  how many runs, 1 to `longest`; they start at the same month whatever their number
 */
export function monthlyRuns(
  lastAsOf: string,
  longest: number,
  { months, chaos }: { readonly months: number; readonly chaos: boolean },
): readonly MonthlyRun[] {
  return Array.from({ length: months }, (_, index) => {
    const asOf = monthsBefore(lastAsOf, longest - 1 - index);
    const damaged = chaos && index === months - 1;
    return { runId: asOf.slice(0, 7) + (damaged ? "-chaos" : ""), asOf, damaged };
  });
}

function monthsBefore(iso: string, months: number): string {
  const date = new Date(iso);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.toISOString().replace(".000Z", "Z");
}
