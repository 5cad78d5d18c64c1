/**
 * Drives one execution: gives the interpreter its events, does what it asks for. All waiting happens here.
 *
 * In virtual time replies are handed over only when every task on its way has answered, in the order the tasks
 * were invoked, so that a run is the same however long its handlers really take.
 */
import type { JsonValue } from "@stepwright/asl";
import type { Command, InterpreterEvent, TaskCommand } from "../interpreter/event.ts";
import type { Execution } from "../interpreter/execution.ts";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { FinishedRun } from "../interpreter/finished-run.ts";
import type { Datasets } from "../map-run/datasets.ts";
import type { ObjectStore } from "../map-run/object-store.ts";
import { Queue } from "../queue.ts";
import type { TaskInvoker, TaskReply } from "../tasks/task-invoker.ts";
import type { Clock } from "./clock.ts";
import { DrivenRequest } from "./driven-request.ts";
import { RealClock } from "./real-clock.ts";
import { StalledExecutionError } from "./stalled-execution-error.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface DriveOptions {
  readonly execution: Execution;
  readonly invoker: TaskInvoker;
  readonly time: "real" | "virtual";
  readonly onEvent: ((event: ExecutionEvent) => void) | undefined;
  /** Told of each child execution of a Distributed Map. */
  readonly onChildEnded: ((child: FinishedRun) => void) | undefined;
  /** Stands for S3. */
  readonly objects: ObjectStore | undefined;
  /** Nobody outside can answer a token: an execution that waits for one will never end. */
  readonly closed: boolean;
}

/** A promised answer that came while others are still awaited. */
interface Settled {
  readonly order: number;
  readonly event: InterpreterEvent;
}

export class Drive {
  readonly #execution: Execution;
  readonly #invoker: TaskInvoker;
  readonly #clock: Clock;
  readonly #isVirtual: boolean;
  readonly #isClosed: boolean;
  readonly #onEvent: ((event: ExecutionEvent) => void) | undefined;
  readonly #onChildEnded: ((child: FinishedRun) => void) | undefined;
  readonly #objects: ObjectStore | undefined;
  #datasets: Promise<Datasets> | undefined;
  readonly #inbox = new Queue<InterpreterEvent>();
  #settled: Settled[] | undefined;
  /** Virtual time only: settled ones that are handed over now, one by one. */
  #answers: Queue<InterpreterEvent> | undefined;
  /** Ids of the tasks and evaluations whose promises somebody waits for. */
  #awaited: Set<number> | undefined;
  #announced: number;
  #isStarted = false;
  #isPumping = false;
  #isPaused = false;
  /** What was asked for before the pause and not done yet. */
  #held: Command[] | undefined = undefined;
  /** Of the tasks under way, by task id. */
  #requests: Map<number, DrivenRequest> | undefined;
  /** Replies that wait for their `delayMs`, by timer id. The interpreter's own timer ids are positive. */
  #delayed: Map<number, InterpreterEvent> | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #end: PromiseWithResolvers<void> | undefined;

  constructor({ execution, invoker, time, onEvent, onChildEnded, objects, closed }: DriveOptions) {
    this.#execution = execution;
    this.#invoker = invoker;
    this.#isVirtual = time === "virtual";
    this.#isClosed = closed;
    this.#onEvent = onEvent;
    this.#onChildEnded = onChildEnded;
    this.#objects = objects;
    this.#announced = execution.events.length;
    this.#clock = this.#isVirtual
      ? new VirtualClock(execution.nowEpochMs)
      : new RealClock((timerId) => this.#wake(timerId));
  }

  /**
   * @param first `redriven` for an execution that has ended
   * @returns a promise only if the execution has not ended yet
   */
  start(first: InterpreterEvent = started): Promise<void> | undefined {
    this.#isStarted = true;
    this.#pump(first);
    if (this.#failure !== undefined) throw this.#failure.reason;
    if (this.#isOver) return undefined;
    this.#end = Promise.withResolvers();
    return this.#end.promise;
  }

  /** Tells the interpreter something from outside: stop, a token's answer. */
  send(event: InterpreterEvent): void {
    this.#inbox.push(event);
    this.#pump();
  }

  /** From within `onEvent`: nothing more is done, no task invoked, no time passed, until `resume`. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    const held = this.#held;
    this.#held = undefined;
    try {
      for (const command of held ?? []) this.#perform(command);
    } catch (reason) {
      this.#failure = { reason };
      return this.#close();
    }
    this.#pump();
  }

  get #isOver(): boolean {
    return this.#failure !== undefined || this.#execution.outcome !== undefined;
  }

  get #isAwaiting(): boolean {
    return this.#awaited !== undefined && this.#awaited.size > 0;
  }

  #wake(timerId: number): void {
    this.#inbox.push(this.#timerEvent(timerId));
    this.#pump();
  }

  #timerEvent(timerId: number): InterpreterEvent {
    const delayed = this.#delayed?.get(timerId);
    if (delayed === undefined) return { type: "timerFired", timerId };
    this.#delayed!.delete(timerId);
    return delayed;
  }

  /** @param first ahead of everything that waits */
  #pump(first?: InterpreterEvent): void {
    if (!this.#isStarted || this.#isPumping || this.#isPaused || (first === undefined && this.#isOver)) return;
    this.#isPumping = true;
    try {
      let event = first ?? this.#nextEvent();
      while (event !== undefined) {
        this.#apply(event);
        event = this.#isPaused || this.#isOver ? undefined : this.#nextEvent();
      }
    } catch (reason) {
      this.#failure = { reason };
    }
    this.#isPumping = false;
    if (this.#isOver) this.#close();
  }

  /** @returns `undefined` when there is nothing to do but wait */
  #nextEvent(): InterpreterEvent | undefined {
    // What an answer sets going comes before the next answer, as in real time.
    const next = this.#inbox.shift() ?? this.#answers?.shift();
    if (next !== undefined || this.#isAwaiting) return next;
    if (this.#settled !== undefined) {
      const settled = this.#settled.toSorted((left, right) => left.order - right.order);
      this.#settled = undefined;
      this.#answers ??= new Queue();
      for (const { event } of settled) this.#answers.push(event);
      return this.#answers.shift();
    }
    const timerId = this.#clock.advance();
    if (timerId !== undefined) return this.#timerEvent(timerId);
    if (this.#isClosed && !this.#clock.hasTimers) throw new StalledExecutionError(this.#execution);
    return undefined;
  }

  #apply(event: InterpreterEvent): void {
    const commands = this.#execution.apply(event, this.#clock.nowEpochMs());
    if (this.#onEvent !== undefined) this.#announce(this.#onEvent);
    if (this.#isPaused) this.#held = [...(this.#held ?? []), ...commands];
    else for (const command of commands) this.#perform(command);
  }

  #announce(onEvent: (event: ExecutionEvent) => void): void {
    const { events } = this.#execution;
    while (this.#announced < events.length) {
      const event = events[this.#announced]!;
      this.#announced += 1;
      onEvent(event);
    }
  }

  #perform(command: Command): void {
    switch (command.type) {
      case "invokeTask":
        return this.#invoke(command.taskId, command.task);
      case "cancelTask":
        this.#awaited?.delete(command.taskId);
        this.#requests?.get(command.taskId)?.abort();
        this.#requests?.delete(command.taskId);
        return;
      case "wakeAt":
        return this.#clock.wakeAt(command.timerId, command.atEpochMs);
      case "cancelTimer":
        return this.#clock.cancel(command.timerId);
      case "evaluate": {
        const { evaluationId, expression, scope } = command;
        this.#await(evaluationId, expression.evaluateLater(scope), (value) => {
          return { type: "evaluated", evaluationId, value };
        });
        return;
      }
      case "readItems": {
        const { readId, request } = command;
        const read = this.#useDatasets().then((datasets) => datasets.read(readId, request));
        this.#await(readId, read, (reading) => {
          return { type: "itemsRead", readId, reading };
        });
        return;
      }
      case "closeItems":
        this.#awaited?.delete(command.readId);
        return void this.#datasets?.then((datasets) => datasets.close(command.readId));
      case "writeResults":
        return this.#write(command);
      case "childEnded":
        return this.#onChildEnded?.(command.child);
    }
  }

  #write({ isLast, records, request, writeId }: Extract<Command, { type: "writeResults" }>): void {
    const datasets = this.#useDatasets();
    if (!isLast) {
      // The last write tells of a failure of any.
      datasets.then((opened) => opened.write(writeId, request, records)).catch(() => undefined);
      return;
    }
    const finished = datasets.then((opened) => opened.finish(writeId, request, records));
    this.#await(writeId, finished, (writing) => {
      return { type: "resultsWritten", writeId, writing };
    });
  }

  /** Loaded when the first dataset is read: few machines have one. */
  #useDatasets(): Promise<Datasets> {
    this.#datasets ??= import("../map-run/datasets.ts").then(({ Datasets: Opened }) => new Opened(this.#objects));
    return this.#datasets;
  }

  #invoke(taskId: number, task: TaskCommand): void {
    const waits = task.target.kind === "integration" && task.target.pattern === "sync";
    const onSubmitted = waits ? (output: JsonValue) => this.#submitted(taskId, output) : undefined;
    const request = new DrivenRequest(task, this.#clock.nowEpochMs(), onSubmitted);
    this.#requests ??= new Map();
    this.#requests.set(taskId, request);
    const reply = this.#invoker.invoke(request);
    if (!(reply instanceof Promise)) return this.#take(taskId, reply);
    this.#inbox.push({ type: "taskStarted", taskId });
    this.#await(taskId, reply, (settled) => this.#replied(taskId, settled));
  }

  /** In virtual time nothing happens before every task on its way has answered. */
  #submitted(taskId: number, output: JsonValue): void {
    if (this.#isVirtual || this.#requests?.has(taskId) !== true) return;
    this.#inbox.push({ type: "taskSubmitted", taskId, output });
    this.#pump();
  }

  #take(taskId: number, reply: TaskReply): void {
    const event = this.#replied(taskId, reply);
    if (event !== undefined) this.#inbox.push(event);
    else this.#inbox.push({ type: "taskStarted", taskId });
  }

  /** @returns `undefined` when the reply has to wait for its time */
  #replied(taskId: number, reply: TaskReply): InterpreterEvent | undefined {
    if (reply.status !== "unanswered") this.#requests?.delete(taskId);
    const event = { type: "taskReplied", taskId, reply } as const;
    if (!("delayMs" in reply) || reply.delayMs === undefined) return event;
    this.#delayed ??= new Map();
    this.#delayed.set(-taskId, event);
    this.#clock.wakeAt(-taskId, this.#clock.nowEpochMs() + reply.delayMs);
    return undefined;
  }

  #await<Value>(id: number, promise: Promise<Value>, toEvent: (value: Value) => InterpreterEvent | undefined): void {
    this.#awaited ??= new Set();
    this.#awaited.add(id);
    promise.then(
      (value) => this.#settle(id, toEvent, value),
      (reason: unknown) => {
        // One that nobody waits for any more may end as it likes: many reject when their signal is aborted.
        if (this.#awaited?.delete(id) !== true || this.#isOver) return;
        this.#failure = { reason };
        this.#close();
      },
    );
  }

  #settle<Value>(id: number, toEvent: (value: Value) => InterpreterEvent | undefined, value: Value): void {
    if (this.#awaited?.delete(id) !== true || this.#isOver) return;
    const event = toEvent(value);
    if (event !== undefined && this.#isVirtual) {
      this.#settled ??= [];
      this.#settled.push({ order: id, event });
    } else if (event !== undefined) {
      this.#inbox.push(event);
    }
    this.#pump();
  }

  #close(): void {
    this.#clock.stop();
    for (const request of this.#requests?.values() ?? []) request.abort();
    this.#requests = undefined;
    void this.#datasets?.then((datasets) => datasets.closeAll());
    if (this.#failure === undefined) this.#end?.resolve();
    else this.#end?.reject(this.#failure.reason);
  }
}

const started: InterpreterEvent = { type: "started" };
