/** A Map Run as `DescribeMapRun` shows it. */
export interface MapRun {
  readonly mapRunArn: string;
  /** The execution whose state it is. */
  readonly executionArn: string;
  readonly stateName: string;
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  readonly startedAtEpochMs: number;
  readonly stoppedAtEpochMs: number | undefined;
  /** 0: as many as the service allows. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  /** 0 to 100. */
  readonly toleratedFailurePercentage: number;
  readonly itemCounts: MapRunCounts;
  /** Of the child executions; the same as of the items where nothing is batched. */
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  /** When it was redriven last. */
  readonly redrivenAtEpochMs: number | undefined;
}

/** `total` grows while a dataset is read. */
export interface MapRunCounts {
  readonly total: number;
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly resultsWritten: number;
  /** Of an unsuccessful run: what a redrive leaves as it is. */
  readonly failuresNotRedrivable: number;
  /** Of a redriven run: what waits to be done again. */
  readonly pendingRedrive: number;
}
