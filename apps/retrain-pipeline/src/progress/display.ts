import type { ProgressEvent, RunProgress } from "./run-progress.ts";

/** Where progress is shown: a terminal that redraws, or plain lines where nothing can be redrawn. */
export interface ProgressDisplay {
  show(progress: RunProgress, event: ProgressEvent): void;
  close(): void;
}
