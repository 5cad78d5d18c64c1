import type { MapRunCounts } from "../map-run/map-run.ts";
import type { Outcome } from "./outcome.ts";

type Count = keyof MapRunCounts;

type Counts = { -readonly [Name in Count]: number };

/** Where the items and the child executions of a Map Run are. */
export class MapRunTally {
  readonly items = noCounts();
  readonly executions = noCounts();

  /** How many executions batches will make is not known before: 0 then. */
  add(count: Count, executions: number, items: number): void {
    this.executions[count] += executions;
    this.items[count] += items;
  }

  /** One execution with its items. */
  move(from: Count, to: Count, items: number): void {
    this.add(from, -1, -items);
    this.add(to, 1, items);
  }

  resultsWritten(): void {
    this.items.resultsWritten = this.items.succeeded;
    this.executions.resultsWritten = this.executions.succeeded;
  }

  /** What only the redrive before could say is not known of the next. */
  redriven(): void {
    for (const counts of [this.items, this.executions]) {
      counts.resultsWritten = 0;
      counts.failuresNotRedrivable = 0;
    }
  }
}

/** Where an execution is counted that has ended. */
export const countOfStatus = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
} as const satisfies Readonly<Record<Outcome["status"], Count>>;

function noCounts(): Counts {
  return {
    total: 0,
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}
