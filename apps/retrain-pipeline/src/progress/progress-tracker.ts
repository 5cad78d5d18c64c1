import type { ProgressDisplay } from "./display.ts";
import { advance, beginProgress } from "./run-progress.ts";
import type { ProgressEvent } from "./run-progress.ts";
import { shownStates } from "./step-labels.ts";

/** Keeps the progress of one run and hands it on to where it is shown. */
export interface ProgressTracker {
  note(event: ProgressEvent): void;
  close(): void;
}

export function trackProgress(modelIds: readonly string[], display: ProgressDisplay): ProgressTracker {
  let progress = beginProgress(modelIds, shownStates);
  return {
    note(event) {
      progress = advance(progress, event);
      display.show(progress, event);
    },
    close: () => display.close(),
  };
}
