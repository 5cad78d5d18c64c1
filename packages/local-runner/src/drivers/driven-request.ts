import type { JsonValue } from "@stepwright/asl";
import type { ExecutionPath } from "../history/execution-path.ts";
import type { TaskCommand } from "../interpreter/event.ts";
import type { TaskRequest, TaskTarget } from "../tasks/task-invoker.ts";

/** What an invoker is asked, as long as somebody waits for the answer. */
export class DrivenRequest implements TaskRequest {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly stateName: string;
  readonly input: TaskRequest["input"];
  readonly attempt: number;
  readonly executionArn: string;
  readonly scheduledAtEpochMs: number;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly taskToken: string | undefined;
  readonly #task: TaskCommand;
  readonly #onSubmitted: ((output: JsonValue) => void) | undefined;
  #controller: AbortController | undefined;
  #isAborted = false;

  constructor(task: TaskCommand, scheduledAtEpochMs: number, onSubmitted: ((output: JsonValue) => void) | undefined) {
    this.resource = task.resource;
    this.target = task.target;
    this.stateName = task.stateName;
    this.input = task.input;
    this.attempt = task.attempt;
    this.executionArn = task.executionArn;
    this.scheduledAtEpochMs = scheduledAtEpochMs;
    this.timeoutSeconds = task.timeoutSeconds;
    this.heartbeatSeconds = task.heartbeatSeconds;
    this.taskToken = task.taskToken;
    this.#task = task;
    this.#onSubmitted = onSubmitted;
  }

  submitted(output: JsonValue): void {
    this.#onSubmitted?.(output);
  }

  get path(): ExecutionPath {
    return this.#task.place.path;
  }

  /** Made on demand: most tasks never look at it. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort();
  }
}
