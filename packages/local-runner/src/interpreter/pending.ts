/** What an execution waits for beside its tasks, each knowing what its answer sets going. */
import { EvaluationFailure } from "@stepwright/asl";
import type { ItemsRead, ResultsWritten } from "../map-run/item-source.ts";
import type { AnswerEvent } from "./event.ts";
import type { Continuation, ExecutionOps, PendingAnswer, Thread } from "./thread.ts";

export class PendingTimer implements PendingAnswer {
  readonly kind = "timer";
  readonly thread = undefined;
  readonly #fire: (execution: ExecutionOps) => void;

  constructor(fire: (execution: ExecutionOps) => void) {
    this.#fire = fire;
  }

  told(execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type !== "timerFired") return;
    execution.forget(event.timerId);
    this.#fire(execution);
  }

  release(execution: ExecutionOps, id: number): void {
    execution.cancelTimer(id);
  }
}

/** A thread that does nothing until a moment. */
export class PendingSleep implements PendingAnswer {
  readonly kind = "timer";
  readonly thread: Thread;
  readonly #then: (execution: ExecutionOps, thread: Thread) => void;

  constructor(thread: Thread, then: (execution: ExecutionOps, thread: Thread) => void) {
    this.thread = thread;
    this.#then = then;
  }

  told(execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type !== "timerFired") return;
    execution.forget(event.timerId);
    this.thread.timerId = 0;
    this.#then(execution, this.thread);
  }

  release(execution: ExecutionOps, id: number): void {
    execution.cancelTimer(id);
  }
}

export class PendingEvaluation implements PendingAnswer {
  readonly kind = "evaluation";
  readonly thread: Thread;
  readonly #goOn: Continuation;
  readonly #onFailure: ((failure: EvaluationFailure) => void) | undefined;

  /** @param onFailure otherwise it is the failure of the thread's state */
  constructor(thread: Thread, goOn: Continuation, onFailure: ((failure: EvaluationFailure) => void) | undefined) {
    this.thread = thread;
    this.#goOn = goOn;
    this.#onFailure = onFailure;
  }

  told(execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type !== "evaluated") return;
    const { evaluationId, value } = event;
    execution.forget(evaluationId);
    this.thread.evaluationId = 0;
    if (!(value instanceof EvaluationFailure)) this.#goOn(value);
    else if (this.#onFailure !== undefined) this.#onFailure(value);
    else execution.failEvaluation(this.thread, value);
  }

  release(execution: ExecutionOps, id: number): void {
    execution.forget(id);
  }
}

/** A dataset being read: one answer for each chunk. */
export class PendingReading implements PendingAnswer {
  readonly kind = "reading";
  readonly thread = undefined;
  readonly #then: (reading: ItemsRead) => void;

  constructor(then: (reading: ItemsRead) => void) {
    this.#then = then;
  }

  told(_execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type === "itemsRead") this.#then(event.reading);
  }

  release(execution: ExecutionOps, id: number): void {
    execution.endReading(id);
  }
}

/** The last part of an export. */
export class PendingWriting implements PendingAnswer {
  readonly kind = "writing";
  readonly thread = undefined;
  readonly #then: (writing: ResultsWritten) => void;

  constructor(then: (writing: ResultsWritten) => void) {
    this.#then = then;
  }

  told(execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type !== "resultsWritten") return;
    execution.forget(event.writeId);
    this.#then(event.writing);
  }

  release(execution: ExecutionOps, id: number): void {
    execution.forget(id);
  }
}
