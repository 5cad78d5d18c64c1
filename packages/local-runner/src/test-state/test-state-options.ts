import type { TaskInvoker } from "../tasks/task-invoker.ts";

export interface TestStateOptions {
  /** Does the work of a Task that is not mocked. */
  readonly tasks?: TaskInvoker;
  /** For `States.UUID`, `$random`, jitter: the same seed gives the same response. */
  readonly seed?: number;
  /** What `$$.State.EnteredTime` shows when no context is given; milliseconds since 1970. */
  readonly nowEpochMs?: number;
}
